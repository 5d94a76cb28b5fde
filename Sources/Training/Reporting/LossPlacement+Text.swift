import Equations

extension LossPlacement {
  /// What the loss is taken of, in words.
  public func text(in formulation: Formulation) -> String {
    let equation = formulation.equations.first { $0.signal == signal }?.text ?? signal.name
    let letter = Expression.signal(signal, .step(0)).text
    let steps =
      switch steps {
      case .every: "at every step"
      case .last: "at the last step"
      case .single: "once for the sequence"
      }
    return switch kind {
    case .softmax: "cross-entropy of its own softmax \(equation), \(steps)"
    case .logits: "cross-entropy of the softmax of its own output \(equation), \(steps)"
    case .yesNo: "squared error of its own yes \(equation), \(steps)"
    case .readout:
      "cross-entropy of softmax(V \(letter) + c), a readout put on its hidden output, \(steps)"
    }
  }
}
