import BallArithmetic
import Equations
import Tensors

/// The exact answers to a case, each rounded once to the nearest double, and their rounding scales.
public struct Goldens: Sendable {
  /// The answers.
  public let answers: Answers<Double>
  /// The error of each answer per unit of each kind of rounding, with a leading axis of
  /// `RoundingKind`; rounded up.
  public let scales: Answers<Float>
  /// The precision in bits at which every ball decided its rounding.
  public let precision: Int
}

/// The exact answers to a case, each rounded once to the nearest double.
public struct RoundedAnswers: Sendable {
  /// The answers.
  public let answers: Answers<Double>
  /// The precision in bits at which every ball decided its rounding.
  public let precision: Int
}

extension Reference {
  /// The precision that is tried first: two words, which Arb keeps in the ball itself.
  static let lowestPrecision = 128
  /// The highest precision that is tried.
  static let highestPrecision = 4096

  /// Computes the goldens of a case in balls, doubling the precision until every ball decides.
  ///
  /// The scales are those of the numbers that the same balls enclose.
  ///
  /// - Throws: `OracleError` when the case does not fit the formulation, or names the element whose
  ///   ball does not decide its rounding at 4096 bits.
  public func goldens(for problem: Case<Double>) throws(OracleError) -> Goldens {
    let decided = try decided(problem)
    return Goldens(
      answers: decided.rounded.answers,
      scales: decided.graph.scales(of: problem, values: decided.values.midpoints),
      precision: decided.rounded.precision)
  }

  /// Computes the answers of the goldens of a case alone.
  ///
  /// - Throws: as `goldens(for:)`.
  public func roundedAnswers(
    to problem: Case<Double>
  ) throws(OracleError) -> RoundedAnswers {
    try decided(problem).rounded
  }

  /// The first evaluation in which every ball decides.
  private func decided(
    _ problem: Case<Double>
  ) throws(OracleError) -> (graph: Graph, values: BallVector, rounded: RoundedAnswers) {
    let graph = try exactGraph(of: problem)
    var bits = Self.lowestPrecision
    while true {
      let values = BallEvaluation(precision: Ball.Precision(bits: bits))
        .values(of: graph, case: problem)
      do {
        let rounded = try graph.roundedOutputs(values, formulation: formulation.id)
        let answers = graph.answers(rounded)
        return (graph, values, RoundedAnswers(answers: answers, precision: bits))
      } catch {
        guard bits < Self.highestPrecision else { throw error }
        bits *= 2
      }
    }
  }
}

extension Graph {
  /// The elements of the outputs to the nearest doubles; zero for those of other nodes.
  fileprivate func roundedOutputs(
    _ values: BallVector, formulation: String
  ) throws(OracleError) -> [Double] {
    var rounded = Array(repeating: 0.0, count: offsets[nodes.count])
    for output in outputs {
      for (unit, element) in elements(of: output.node).enumerated() {
        // A ball around zero that is narrow enough rounds to zero from both ends, and still does not say whether
        // anything is there.
        guard let nearest = values.nearestDouble(at: element),
          nearest != 0 || values[element].decidesZero
        else {
          throw OracleError(
            code: .undecided,
            message: "the ball \(values[element]) does not decide its rounding to float64;"
              + " change the case, or simplify the equations so that an exact zero is seen",
            formulation: formulation, place: "\(output.quantity.path)[\(output.offset + unit)]")
        }
        rounded[element] = nearest
      }
    }
    return rounded
  }

  /// The errors of the outputs per unit of each kind of rounding.
  ///
  /// - Parameter values: the value of every element, to the nearest double.
  func scales(of problem: Case<Double>, values: [Double]) -> Answers<Float> {
    let linearized = LinearizedGraph(self, case: problem, values: values)
    var sums = ErrorSums(linearized)
    let kinds = RoundingKind.allCases.count
    var scales = shapes.mapValues { Tensor<Float>(zeros: [kinds] + $0) }
    for output in outputs {
      let width = nodes[output.node].width
      let plane = shapes[output.quantity]?.reduce(1, *) ?? 0
      let first = offsets[output.node]
      scales[output.quantity]?.withUnsafeMutableScalars { scales in
        for start in stride(from: 0, to: width, by: ErrorSums.lanes) {
          let units = start..<min(width, start + ErrorSums.lanes)
          for (kind, sums) in sums.sums(of: units.map { first + $0 }[...]).enumerated() {
            for unit in units {
              scales[kind * plane + output.offset + unit] =
                Float(roundingUp: sums[unit - start])
            }
          }
        }
      }
    }
    return scales
  }
}

extension Ball {
  /// Whether a zero is one: exactly, or what is left of a number of a known sign below the least double.
  fileprivate var decidesZero: Bool { isZero || !containsZero }
}

extension Float {
  /// The least float that is not below a sum of doubles, whose own rounding it covers too.
  init(roundingUp sum: Double) {
    let raised = sum * (1 + 0x1p-32)
    let nearest = Float(raised)
    self = Double(nearest) < raised ? nearest.nextUp : nearest
  }
}
