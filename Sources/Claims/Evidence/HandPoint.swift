import BallArithmetic
import Equations
import Oracle
import Tensors

/// Few numbers that one can follow by hand: every matrix, vector and state that is not named is zero.
struct HandPoint: Sendable {
  /// H; I and O are 1, or H where the formulation needs it.
  var hidden = 1
  /// The elements of parameters, row by row.
  var parameters: [String: [Double]] = [:]
  /// The states before the first step.
  var states: [String: [Double]] = [:]
  /// The inputs, a number for each step; zero where there are no more.
  var inputs: [Double] = []

  /// A sequence of so many steps.
  ///
  /// - Throws: `ClaimError` where the formulation has no such parameter or state, or of another size.
  func problem(of formulation: Formulation, steps: Int) throws(ClaimError) -> Case<Double> {
    let sizes = Sizes(
      input: formulation.tiesInputToHidden ? hidden : 1, hidden: hidden, output: 1)
    let names = Set(formulation.parameters.map(\.name)).union(formulation.states.map(\.name))
    let asked = parameters.keys.sorted() + states.keys.sorted()
    if let missing = asked.first(where: { !names.contains($0) }) {
      throw ClaimError(code: .missing, message: "\(formulation.id) has no '\(missing)'")
    }
    func tensor(_ shape: [Int], _ values: [Double]?, _ name: String) throws(ClaimError)
      -> Tensor<Double>
    {
      guard let values else { return Tensor(zeros: shape) }
      guard values.count == shape.reduce(1, *) else {
        throw ClaimError(
          code: .missing, message: "\(formulation.id) has a '\(name)' of the shape \(shape)")
      }
      return Tensor(shape: shape) { values[$0] }
    }
    var tensors: [String: Tensor<Double>] = [:]
    for parameter in formulation.parameters {
      tensors[parameter.name] = try tensor(
        parameter.shape.extents(sizes), parameters[parameter.name], parameter.name)
    }
    var initial: [String: Tensor<Double>] = [:]
    for state in formulation.states {
      initial[state.name] = try tensor(
        [1, sizes[formulation.axis(of: state)]], states[state.name], state.name)
    }
    let width = sizes.input
    return Case(
      parameters: tensors,
      batch: SequenceBatch(
        x: Tensor(shape: [steps, 1, width]) {
          $0 % width == 0 && $0 / width < inputs.count ? inputs[$0 / width] : 0
        }, initial: initial),
      upstream: Upstream(sequence: [:], final: [:]))
  }

  /// The steps of such a sequence.
  func trajectory(of formulation: Formulation, steps: Int) throws -> StateTrajectory {
    try StateDynamics(formulation).trajectory(
      of: try problem(of: formulation, steps: steps), precision: Tally.precision)
  }
}
