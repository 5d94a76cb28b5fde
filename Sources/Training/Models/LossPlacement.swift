import Equations

/// What of a formulation the loss of a task is taken of.
///
/// A formulation's own output serves where it fits the task: a softmax, a linear output (its logits),
/// and for a task of two classes a σ of one unit, each at every step or, where the task asks for one
/// answer, at the last one. Else a readout layer a_t = V h_t + c is put on the hidden output, and the
/// loss is on the softmax of its logits.
public struct LossPlacement: Hashable, Sendable {
  /// How the loss reads the signal.
  public enum Kind: String, Hashable, Sendable {
    /// A softmax: cross-entropy of probabilities.
    case softmax
    /// A linear output: cross-entropy of its softmax.
    case logits
    /// One unit σ that says yes: squared error.
    case yesNo
    /// A hidden output, with a readout layer on it: cross-entropy of its softmax.
    case readout
  }

  /// How the loss reads the signal.
  public let kind: Kind
  /// The signal.
  public let signal: Symbol
  /// Which of its values count.
  public let steps: LossSteps
  /// The number of classes.
  public let classes: Int

  /// The place for the loss of a task.
  ///
  /// - Parameters:
  ///   - formulation: says its outputs and their equations.
  ///   - classes: how many answers there are.
  ///   - steps: whether an answer is asked for at every step or at the last one.
  /// - Throws: `TrainingError` where the formulation has neither an output that fits nor a hidden one.
  public init(
    in formulation: Formulation, classes: Int, steps: LossSteps
  ) throws(TrainingError) {
    self.classes = classes
    for output in formulation.outputs where formulation.axis(of: output) == .output {
      let isSingle = formulation.isAtOneStepAlone(output)
      guard let equation = formulation.equations.first(where: { $0.signal == output }),
        !(isSingle && steps == .every),
        let kind = Kind(of: equation.expression, classes: classes)
      else { continue }
      self.kind = kind
      self.signal = output
      self.steps = isSingle ? .single : steps
      return
    }
    let hidden = (formulation.outputs + formulation.states)
      .first { formulation.axis(of: $0) == .hidden && !formulation.isAtOneStepAlone($0) }
    guard let hidden else {
      throw TrainingError(
        code: .output, name: formulation.id,
        message: "it has neither an output that fits the task nor a hidden one to read it from")
    }
    kind = .readout
    signal = hidden
    self.steps = steps
  }

  /// O of the signal: one unit where it says yes, else one a class.
  var units: Int { kind == .yesNo ? 1 : classes }

  /// The loss, its mean taken over the predictions.
  var loss: SequenceLoss {
    let function: LossFunction =
      switch kind {
      case .softmax: .crossEntropy
      case .logits, .readout: .crossEntropyOfLogits
      case .yesNo: .squaredError
      }
    return SequenceLoss(function, of: steps, reduction: .mean)
  }
}

extension LossPlacement.Kind {
  /// How the output of an equation serves as one; nil where it does not.
  fileprivate init?(of expression: Expression, classes: Int) {
    guard case .apply(let function, _) = expression else {
      self = .logits
      return
    }
    switch function.activation {
    case .softmax: self = .softmax
    case .identity: self = .logits
    case .logistic where classes == 2: self = .yesNo
    case .logistic, .tanh, .relu, .unitStep: return nil
    }
  }
}
