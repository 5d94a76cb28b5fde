import Equations
import Foundation
import GoldenFixtures
import Oracle
import Tensors

/// How small a relative error the suite sees in each quantity of some formulations: twice the tolerance over the
/// magnitude of the golden.
///
/// An error of that size is seen whatever a right implementation's own rounding is; where it is 1 or more the
/// element could be anything of its size, and is *untested*.
public struct DetectionLimits: Sendable {
  /// The limits of one quantity over all cases, in one arithmetic.
  public struct Limit: Sendable {
    /// The formulation.
    public let formulation: String
    /// The arithmetic.
    public let precision: Precision
    /// The quantity.
    public let quantity: Quantity
    /// The smallest limit of an element.
    public let best: Double
    /// The median limit.
    public let median: Double
    /// The largest limit; infinite where a golden is 0 and rounding may make it something.
    public let worst: Double
    /// How many elements are untested.
    public let untested: Int
    /// How many elements there are, those left out that must be exact.
    public let elements: Int
  }

  /// The limits in the order of the formulations.
  public let limits: [Limit]

  /// The limits of some formulations.
  ///
  /// - Parameters:
  ///   - cases: the names of the cases; nil for all.
  /// - Throws: `EquationError`, `FixtureError` or `HDF5Error` where a formulation or its fixture cannot be read.
  public init(
    _ declarations: [Declaration], in fixtures: FixtureFolder,
    precisions: Set<Precision> = Set(Precision.wide), cases: Set<String>? = nil
  ) throws {
    limits = try declarations.flatMap { declaration in
      let formulation = try Formulation(declaration)
      let goldens = try fixtures.fixture(of: formulation).cases
        .filter { cases?.contains($0.name) ?? true }
      return Self.limits(of: formulation, goldens, in: precisions)
    }
  }

  /// The limits of one formulation over some of its cases.
  static func limits(
    of formulation: Formulation, _ goldens: [GoldenCase], in precisions: Set<Precision>
  ) -> [Limit] {
    Precision.wide.filter(precisions.contains).flatMap { precision in
      formulation.gradedQuantities.compactMap {
        Limit($0, of: formulation.id, in: precision, goldens)
      }
    }
  }

  /// The limits as a table for people.
  public var text: String {
    var table = TextTable([
      .left("formulation"), .left("dtype"), .left("quantity"), .right("elements"), .right("best"),
      .right("median"), .right("worst"), .right("untested"),
    ])
    for limit in limits {
      table.add([
        limit.formulation, limit.precision.rawValue, limit.quantity.path, "\(limit.elements)",
        limit.best.limitText, limit.median.limitText, limit.worst.limitText, "\(limit.untested)",
      ])
    }
    let untested = limits.reduce(0) { $0 + $1.untested }
    let elements = limits.reduce(0) { $0 + $1.elements }
    return table.text
      + """

      A limit is 2 × tolerance ÷ |golden|: a relative error of that size is always seen.
      \(untested) of \(elements) elements are untested: their limit is 1 or more.

      """
  }

  /// The limits as JSON, a line break at the end; an infinite one is null.
  ///
  /// ```
  /// {"format":"rnncheck-detection-limits","version":1,
  ///  "limits":[{"formulation","dtype","quantity","best","median","worst","untested","elements"}]}
  /// ```
  ///
  /// - Throws: an encoding error, which no limits give.
  public func json() throws -> Data {
    struct Encoded: Encodable {
      let format = "rnncheck-detection-limits"
      let version = 1
      let limits: [Row]
    }
    return try Encoded(limits: limits.map(Row.init)).reportJSON()
  }

  /// A limit as JSON.
  struct Row: Codable {
    let formulation, dtype, quantity: String
    let best, median, worst: Double?
    let untested, elements: Int

    init(_ limit: Limit) {
      func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
      formulation = limit.formulation
      dtype = limit.precision.rawValue
      quantity = limit.quantity.path
      best = finite(limit.best)
      median = finite(limit.median)
      worst = finite(limit.worst)
      untested = limit.untested
      elements = limit.elements
    }
  }
}

extension Double {
  /// A limit in a table: from 1 on anything could stand in the golden's place.
  var limitText: String { self < 1 ? shortened : "untested" }
}

extension DetectionLimits.Limit {
  /// The limit of a quantity; nil where it has no element that may be rounded.
  fileprivate init?(
    _ quantity: Quantity, of formulation: String, in precision: Precision, _ goldens: [GoldenCase]
  ) {
    let tolerance = Tolerance(precision, activations: .relative)
    var limits: [Double] = []
    for golden in goldens {
      guard let expected = golden.answers[quantity], let scale = golden.scales[quantity] else {
        continue
      }
      for index in 0..<expected.count {
        let bound = tolerance.tolerance(
          scale, at: index, of: expected.count, expected: expected[index])
        // What must be exact, as padding, is seen whatever it is.
        if bound > 0 { limits.append(2 * bound / expected[index].magnitude) }
      }
    }
    limits.sort()
    guard let best = limits.first, let worst = limits.last else { return nil }
    self.formulation = formulation
    self.precision = precision
    self.quantity = quantity
    self.best = best
    self.worst = worst
    median = limits[limits.count / 2]
    untested = limits.count { $0 >= 1 }
    elements = limits.count
  }
}

extension Formulation {
  /// What has goldens, values first.
  fileprivate var gradedQuantities: [Quantity] {
    orderedEquations.map { .sequence($0.signal.name) } + states.map { .final($0.name) }
      + [.inputs(input.name)] + states.map { .initial($0.name) }
      + learned.map { .parameter($0.name) }
  }
}
