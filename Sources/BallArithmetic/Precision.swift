extension Ball {
  /// How many bits of a midpoint an operation keeps.
  ///
  /// An operation rounds its midpoint to this many bits and adds what it cut to the radius, so a
  /// result is always a true enclosure; more bits make it a narrower one.
  public struct Precision: Hashable, Comparable, Sendable, ExpressibleByIntegerLiteral {
    /// The least that Arb works at.
    public static let least = Precision(bits: 2)

    /// The greatest that is taken: past it one function of one number costs seconds.
    public static let greatest = Precision(bits: 1 << 20)

    /// The number of bits, from `least` to `greatest`.
    public let bits: Int

    /// A precision; a number of bits outside `least…greatest` is taken to the nearer end.
    public init(bits: Int) {
      self.bits = min(max(bits, 2), 1 << 20)
    }

    /// A precision written as its number of bits.
    public init(integerLiteral bits: Int) {
      self.init(bits: bits)
    }

    /// Twice as many bits.
    public var doubled: Precision { Precision(bits: 2 * bits) }

    /// Whether a precision has fewer bits than another.
    public static func < (one: Precision, other: Precision) -> Bool { one.bits < other.bits }
  }
}
