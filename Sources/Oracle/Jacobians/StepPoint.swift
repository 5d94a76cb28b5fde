import BallArithmetic
import Equations
import Tensors

/// Everything that one step of a formulation reads.
public struct StepPoint: Sendable {
  /// The parameters by name.
  public var parameters: [String: Tensor<Double>]
  /// The input at t, I numbers.
  public var input: BallVector
  /// The states by symbol: what each was at t−1, t−2, … as far as it is read.
  public var past: [Symbol: [BallVector]]
  /// Signals that are given instead of computed, such as a gate held open; they depend on no state.
  public var fixed: [Symbol: BallVector]

  /// A point.
  public init(
    parameters: [String: Tensor<Double>], input: BallVector, past: [Symbol: [BallVector]],
    fixed: [Symbol: BallVector] = [:]
  ) {
    self.parameters = parameters
    self.input = input
    self.past = past
    self.fixed = fixed
  }
}

extension StepPoint {
  /// The sizes, checked against a formulation.
  func sizes(for formulation: Formulation) throws(OracleError) -> Sizes {
    func fail(_ place: String, _ message: String) -> OracleError {
      OracleError(code: .shape, message: message, formulation: formulation.id, place: place)
    }
    var sizes = Sizes(input: input.count, hidden: 0)
    for state in formulation.states {
      switch formulation.axis(of: state) {
      case .input: break
      case .hidden: sizes.hidden = past[state]?.first?.count ?? 0
      case .output: sizes.output = past[state]?.first?.count ?? 0
      }
    }
    for parameter in formulation.parameters where parameter.shape.rows == .output {
      sizes.output =
        (parameters[parameter.name]?.shape.first ?? 0) / max(parameter.shape.rowBlocks, 1)
    }
    if formulation.tiesInputToHidden, sizes.input != max(sizes.hidden, input.count) {
      throw fail("inputs", "\(sizes.input) numbers, expected \(sizes.hidden) as in the state")
    }
    for parameter in formulation.parameters {
      let expected = parameter.shape.extents(sizes)
      guard let tensor = parameters[parameter.name], tensor.shape == expected else {
        throw fail(
          "parameters/\(parameter.name)",
          "the shape is \(parameters[parameter.name]?.shape ?? []), expected \(expected)")
      }
      guard tensor.scalars.allSatisfy(\.isFinite) else {
        throw OracleError(
          code: .notFinite, message: "a number is infinite or not a number",
          formulation: formulation.id, place: "parameters/\(parameter.name)")
      }
    }
    for state in formulation.states {
      let (lags, width) = (
        formulation.longestLag(of: state), sizes[formulation.axis(of: state)]
      )
      guard let values = past[state], values.count >= lags,
        values.allSatisfy({ $0.count == width })
      else {
        throw fail("initial/\(state.name)", "\(lags) vectors of \(width) numbers are expected")
      }
    }
    for (signal, value) in fixed where value.count != sizes[formulation.axis(of: signal)] {
      throw fail(signal.name, "\(value.count) numbers are given for it")
    }
    return sizes
  }
}
