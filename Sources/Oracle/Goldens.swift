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

extension Reference {
  /// The highest precision that is tried.
  static let highestPrecision = 4096

  /// Computes the goldens of a case in balls, doubling the precision until every ball decides.
  ///
  /// - Throws: `OracleError` when the case does not fit the formulation, or names the element whose
  ///   ball does not decide its rounding at 4096 bits.
  public func goldens(for problem: Case<Double>) throws(OracleError) -> Goldens {
    let graph = try exactGraph(of: problem)
    var bits = 256
    while true {
      let values = graph.values(
        of: problem, in: BallEvaluation(precision: Ball.Precision(bits: bits)))
      do {
        let rounded = try graph.roundedOutputs(values, formulation: formulation.id)
        let doubles = values.map { vector in (0..<vector.count).map { vector[$0].midpoint } }
        return Goldens(
          answers: graph.answers { rounded[$0] ?? [] },
          scales: graph.scales(of: problem, values: doubles), precision: bits)
      } catch {
        guard bits < Self.highestPrecision else { throw error }
        bits *= 2
      }
    }
  }
}

extension Graph {
  /// The outputs to the nearest doubles.
  fileprivate func roundedOutputs(
    _ values: [BallVector], formulation: String
  ) throws(OracleError) -> [NodeID: [Double]] {
    var rounded: [NodeID: [Double]] = [:]
    for output in outputs {
      func undecided(_ index: Int) -> OracleError {
        OracleError(
          code: .undecided,
          message: "the ball \(values[output.node][index]) does not decide its rounding to float64;"
            + " change the case, or simplify the equations so that an exact zero is seen",
          formulation: formulation, place: "\(output.quantity.path)[\(output.offset + index)]")
      }
      let doubles: [Double]
      do {
        doubles = try values[output.node].nearestDoubles()
      } catch {
        throw undecided(error.index)
      }
      for (index, double) in doubles.enumerated()
      where double == 0 && !values[output.node][index].decidesZero {
        throw undecided(index)
      }
      rounded[output.node] = doubles
    }
    return rounded
  }

  /// The errors of the outputs per unit of each kind of rounding.
  func scales(of problem: Case<Double>, values: [[Double]]) -> Answers<Float> {
    let linearized = LinearizedGraph(self, case: problem, values: values)
    var sums = ErrorSums(linearized)
    let kinds = RoundingKind.allCases.count
    var scales = shapes.mapValues { Tensor<Float>(zeros: [kinds] + $0) }
    for output in outputs {
      let count = nodes[output.node].width
      let plane = shapes[output.quantity]?.reduce(1, *) ?? 0
      for start in stride(from: 0, to: count, by: ErrorSums.lanes) {
        let end = min(count, start + ErrorSums.lanes)
        let elements = (start..<end).map { linearized.offsets[output.node] + $0 }
        for (kind, lanes) in sums.sums(of: elements[...]).enumerated() {
          for lane in 0..<(end - start) {
            scales[output.quantity]?[kind * plane + output.offset + start + lane] =
              Float(roundingUp: lanes[lane])
          }
        }
      }
    }
    return scales
  }
}

extension Ball {
  /// Whether a zero is one: exactly, or what is left of a number of a known sign below the least double.
  ///
  /// A ball around zero that is narrow enough rounds to zero from both ends, and still does not say
  /// whether anything is there.
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
