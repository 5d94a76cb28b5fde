import Equations
import GoldenFixtures
import Tensors

/// A number that is not finite, put into one place of a case.
struct Poison {
  /// Where and what, in words.
  let name: String
  /// The case with it.
  let problem: Case<Double>

  /// The poisons that a case of ragged lengths is given, one at a time.
  ///
  /// The padding first, where nothing may show; then one input, one initial state and one upstream gradient
  /// of the longest sequence, in the middle of it, so that earlier steps, later steps and other sequences
  /// are all there to be left alone.
  static func all(in problem: Case<Double>, of formulation: Formulation) -> [Poison] {
    let batch = problem.batch
    let lengths = (0..<batch.batch).map { batch.length(of: $0) }
    guard let longest = lengths.indices.max(by: { lengths[$0] < lengths[$1] }),
      lengths[longest] > 0
    else { return [] }
    let step = lengths[longest] / 2
    var poisons = [padding(of: problem, formulation)]
    let place = ", step \(step), batch \(longest)"
    for (number, word) in [(Double.nan, "NaN"), (.infinity, "∞"), (-.infinity, "−∞")] {
      var poisoned = problem
      poisoned.batch.x[step, longest, 0] = number
      poisons.append(Poison(name: "\(word) in inputs/x\(place)", problem: poisoned))
    }
    for state in formulation.states {
      var poisoned = problem
      guard var tensor = problem.batch.initial[state.name] else { continue }
      tensor[longest, 0] = .nan
      poisoned.batch.initial[state.name] = tensor
      poisons.append(
        Poison(name: "NaN in initial/\(state.name), batch \(longest)", problem: poisoned))
    }
    for output in formulation.outputs where !formulation.isAtLastStepAlone(output) {
      var poisoned = problem
      guard var tensor = problem.upstream.sequence[output.name] else { continue }
      tensor[step, longest, 0] = .nan
      poisoned.upstream.sequence[output.name] = tensor
      poisons.append(
        Poison(name: "NaN in upstream/sequence/\(output.name)\(place)", problem: poisoned))
    }
    return poisons
  }

  /// NaN in every input and upstream gradient beyond a sequence's own steps.
  private static func padding(of problem: Case<Double>, _ formulation: Formulation) -> Poison {
    var poisoned = problem
    let batch = problem.batch
    func poison(_ tensor: Tensor<Double>) -> Tensor<Double> {
      let width = tensor.shape[2]
      return Tensor(shape: tensor.shape) { index in
        let (row, element) = (index / width).quotientAndRemainder(dividingBy: batch.batch)
        return row < batch.length(of: element) ? tensor[index] : .nan
      }
    }
    poisoned.batch.x = poison(batch.x)
    for signal in formulation.signals where !formulation.isAtLastStepAlone(signal) {
      poisoned.upstream.sequence[signal.name] = problem.upstream.sequence[signal.name].map(poison)
    }
    return Poison(name: "NaN in the padding", problem: poisoned)
  }
}
