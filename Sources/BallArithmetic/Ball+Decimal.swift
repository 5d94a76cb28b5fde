internal import CFLINT

#if canImport(CArb)
  internal import CArb
#endif

extension Ball: CustomStringConvertible {
  /// The midpoint rounded to a number of significant decimal digits, whatever the radius.
  ///
  /// With an exponent where the point would lie outside the digits, as in `1.5e+20`; "nan", "inf"
  /// or "-inf" where the midpoint is none. From 1 to 1 000 000 digits.
  public func decimal(digits: Int) -> String {
    storage.read { ball in
      var midpoint = ball.pointee.mid
      return adopting(arf_get_str(&midpoint, min(max(digits, 1), 1_000_000)))
    }
  }

  /// The digits that are certain, at most 20 of them, and a bound on the error of what is printed:
  /// `[0.3333333333333333333 +/- 4.24e-20]`; the number alone where that is exact.
  public var description: String { storage.read { adopting(arb_get_str($0, 20, 0)) } }

  /// A string that FLINT allocated, given back to it.
  private func adopting(_ characters: UnsafeMutablePointer<CChar>) -> String {
    defer { flint_free(characters) }
    return String(cString: characters)
  }
}
