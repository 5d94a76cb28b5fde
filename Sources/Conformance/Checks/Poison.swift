import Equations
import GoldenFixtures
import Tensors

/// A number that is not finite, put into one place of a case.
public struct Poison: Sendable {
  /// Where and what, as a word without blanks and slashes: `nan-in-x`.
  public let label: String
  /// Where and what, in words.
  let name: String
  /// The case with it.
  public let problem: Case<Double>

  /// Whether a case is given poisons: in ordinary numbers, with steps and sequences on both sides of one in
  /// the middle, and upstream gradients on every step.
  ///
  /// Where an upstream gradient is absent, right programs differ: one adds nothing, another 0 times NaN. So it is
  /// where a signal is read by nothing and is no output, as the outputs of a lower layer.
  static func isGiven(_ golden: GoldenCase, of formulation: Formulation) -> Bool {
    let problem = golden.problem
    guard golden.regime == .ordinary, problem.batch.steps > 2, problem.batch.batch > 2,
      !problem.upstream.sequence.isEmpty
    else { return false }
    let read = Set(formulation.equations.flatMap { $0.expression.reads.map(\.symbol) })
    return formulation.signals.allSatisfy {
      read.contains($0) || formulation.outputs.contains($0)
    }
  }

  /// The poisons that a case is given, one at a time; none where there would be little to leave alone.
  ///
  /// The padding first, where nothing may show; then one input, one initial state and one upstream gradient of
  /// the longest sequence, in the middle of it, so that earlier steps, later steps and other sequences are
  /// all there to be left alone.
  public static func all(in golden: GoldenCase, of formulation: Formulation) -> [Poison] {
    guard isGiven(golden, of: formulation) else { return [] }
    let problem = golden.problem
    let batch = problem.batch
    let lengths = (0..<batch.batch).map { batch.length(of: $0) }
    // Of several the second, so that one stands before it.
    guard let length = lengths.max(), length > 0,
      let longest = lengths.indices.filter({ lengths[$0] == length }).prefix(2).last
    else { return [] }
    // In the middle, or so far before the end that what reads it over the longest lag still lies in it.
    let step = max(0, min(length / 2, length - 1 - formulation.longestLag))
    let place = "step \(step), batch \(longest)"
    func changed(
      _ label: String, _ name: String, _ change: (inout Case<Double>) -> Void
    ) -> Poison {
      var poisoned = problem
      change(&poisoned)
      return Poison(label: label, name: name, problem: poisoned)
    }

    var poisons = lengths.contains { $0 < batch.steps } ? [padding(of: problem, formulation)] : []
    let states = formulation.states.map(\.name).filter { problem.batch.initial[$0] != nil }
    for (number, word, sign) in [
      (Double.nan, "nan", "NaN"), (.infinity, "infinity", "∞"),
      (-.infinity, "negative-infinity", "−∞"),
    ] {
      poisons.append(
        changed("\(word)-in-x", "\(sign) in inputs/x, \(place)") {
          $0.batch.x[step, longest, 0] = number
        })
      for name in states {
        poisons.append(
          changed("\(word)-in-initial-\(name)", "\(sign) in initial/\(name), batch \(longest)") {
            $0.batch.initial[name]?[longest, 0] = number
          })
      }
    }
    for output in formulation.outputs
    where problem.upstream.sequence[output.name] != nil && !formulation.isAtOneStepAlone(output) {
      poisons.append(
        changed(
          "nan-in-upstream-\(output.name)", "NaN in upstream/sequence/\(output.name), \(place)"
        ) {
          $0.upstream.sequence[output.name]?[step, longest, 0] = .nan
        })
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
    for signal in formulation.signals where !formulation.isAtOneStepAlone(signal) {
      poisoned.upstream.sequence[signal.name] = problem.upstream.sequence[signal.name].map(poison)
    }
    return Poison(label: "nan-in-padding", name: "NaN in the padding", problem: poisoned)
  }
}
