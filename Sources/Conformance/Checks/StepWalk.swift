import Equations
import Tensors

/// The way in which a fault spreads over the steps of a quantity: phase after phase, and within a phase from
/// one end of the sequences to the other.
package struct StepWalk {
  /// Phases with smaller numbers are walked first.
  let phase: Int
  /// Whether the last step is walked first.
  let isReversed: Bool

  /// The rank of a step; what has no steps comes after everything.
  func place(of step: Int?) -> (phase: Int, step: Int) {
    guard let step else { return (.max, .max) }
    return (phase, isReversed ? -step : step)
  }
}

extension Formulation {
  /// How a fault spreads over a quantity in the forward pass, or in the backward pass, which goes the other way.
  package func walk(of quantity: Quantity, backwardPass: Bool) -> StepWalk {
    let phase: Int
    switch quantity {
    case .sequence(let name), .cotangent(let name):
      let signal = signals.first { $0.name == name }
      phase = signal.flatMap { self.phase(of: $0) } ?? phases.count
    case .final, .parameter, .inputs, .initial: phase = 0
    }
    let runsBackward = phases.indices.contains(phase) && phases[phase].direction == .backward
    return StepWalk(
      phase: backwardPass ? -phase : phase, isReversed: runsBackward != backwardPass)
  }
}
