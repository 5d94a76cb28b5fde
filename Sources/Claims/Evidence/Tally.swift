import BallArithmetic

/// Counts what was decided in balls, and keeps the first thing that contradicts a claim.
struct Tally {
  private(set) var count = 0
  private(set) var departure: String?

  /// An equality is decided where the ball of the difference contains 0 and is narrower than this.
  static let equalityBits = 150
  static let precision: Ball.Precision = 256

  /// Two numbers that the claim says are equal.
  ///
  /// - Throws: `ClaimError` where the balls neither exclude it nor are narrow enough to say so.
  mutating func equal(
    _ a: Ball, _ b: Ball, _ place: @autoclosure () -> String
  ) throws(ClaimError) {
    let difference = a.subtracting(b, precision: Self.precision)
    guard difference.containsZero else {
      return depart("\(place()): \(a.short) and \(b.short)")
    }
    // A radius below 2^−1000 reads as that.
    let scale = max(1, a.magnitude.midpoint.magnitude)
    guard difference.isFinite, difference.radius <= scale * 0x1p-150 else {
      throw ClaimError(
        code: .undecided, message: "\(place()): \(difference) is too wide for an equality")
    }
    count += 1
  }

  /// Two matrices that the claim says are equal, element by element.
  mutating func equal(
    _ a: BallMatrix, _ b: BallMatrix, _ place: @autoclosure () -> String
  ) throws(ClaimError) {
    guard a.rows == b.rows, a.columns == b.columns else {
      return depart(
        "\(place()): [\(a.rows),\(a.columns)] and [\(b.rows),\(b.columns)] differ in shape")
    }
    for row in 0..<a.rows {
      for column in 0..<a.columns {
        try equal(a[row, column], b[row, column], "\(place()), row \(row), column \(column)")
      }
    }
  }

  /// Two vectors that the claim says are equal, unit by unit.
  mutating func equal(
    _ a: BallVector, _ b: BallVector, _ place: @autoclosure () -> String
  ) throws(ClaimError) {
    guard a.count == b.count else {
      return depart("\(place()): \(a.count) and \(b.count) units")
    }
    for unit in 0..<a.count { try equal(a[unit], b[unit], "\(place()), unit \(unit)") }
  }

  /// A number that the claim says is below another.
  ///
  /// - Throws: `ClaimError` where the balls overlap.
  mutating func below(
    _ a: Ball, _ b: Ball, _ place: @autoclosure () -> String
  ) throws(ClaimError) {
    let difference = b.subtracting(a, precision: Self.precision)
    if difference.isPositive {
      count += 1
    } else if difference.isNegative || difference.isZero {
      depart("\(place()): \(a.short) is not below \(b.short)")
    } else {
      throw ClaimError(
        code: .undecided, message: "\(place()): \(a) and \(b) do not say which is smaller")
    }
  }

  /// Something that holds or does not.
  mutating func require(_ condition: Bool, _ place: @autoclosure () -> String) {
    if condition { count += 1 } else { depart(place()) }
  }

  private mutating func depart(_ place: String) { departure = departure ?? place }

  /// What was found; `what` are the things that were counted.
  func finding(_ what: String) -> ClaimFinding {
    if let departure { return .isFalse(departure) }
    return .holds("\(count) \(what)")
  }

  /// The finding of equalities.
  var equalities: ClaimFinding { finding("equalities to 2^-\(Self.equalityBits)") }
}

extension Double {
  /// Without a fraction that is zero.
  var plain: String { self == rounded() && magnitude < 1e15 ? "\(Int(self))" : "\(self)" }
}

extension Ball {
  /// A few digits to read; a whole number as it is.
  var short: String {
    let value = midpoint
    if isExact, value == value.rounded(), value.magnitude < 1e6 { return "\(Int(value))" }
    return decimal(digits: 6)
  }
}
