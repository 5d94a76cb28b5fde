// The parameters and signals bear the document's letters, capitals and underscores included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import RecurrentCells

/// The RNN of the Padhai notes.
///
///     s_t = σ(U x_t + W s_{t−1} + b)
///     ŷ_t = O(V s_t + c)              classification: ŷ = O(V s_T + c)
///
/// σ is the logistic function; the document leaves O open. U is [H,I], W [H,H], V [O,H], b [H], c [O].
/// The output of a classification is [1,B,O]: each sequence's own last state gives it, and of a
/// sequence without steps the initial state. The document writes i for t.
public struct PadhaiRNNCell<
  Scalar: CellScalar, Reading: PadhaiRNNReadingType, O: OutputFunction
>: StepwiseCell {
  /// The parameters by the document's name.
  public static var parameterShapes: [String: ParameterShape] {
    ["U": .input, "W": .recurrent, "b": .bias, "V": .output, "c": .outputBias]
  }
  /// Every signal, in the order of the equations.
  public static var signals: [String] { ["s", "y_hat"] }
  /// The signals used at t−1.
  public static var states: [String] { ["s"] }
  /// What a layer above reads.
  public static var hiddenOutputs: [String] { ["s"] }
  /// The signals of O units.
  public static var outputs: [String: OutputSteps] {
    switch Reading.reading {
    case .labelling: ["y_hat": .every]
    case .classification: ["y_hat": .last]
    }
  }

  /// The parameters, checked.
  public let parameters: CellParameters<Scalar>
  let U, W, V: Weight<Scalar>
  let b, c: Bias<Scalar>

  /// A cell with the given parameters.
  ///
  /// - Throws: `CellError` when a parameter is missing, unknown or of the wrong shape, or a change lies
  ///   outside its parameter.
  public init(_ set: ParameterSet<Scalar>) throws(CellError) {
    parameters = try CellParameters(set, shapes: Self.parameterShapes)
    (U, W, b) = (try parameters.weight("U"), try parameters.weight("W"), try parameters.bias("b"))
    (V, c) = (try parameters.weight("V"), try parameters.bias("c"))
  }

  /// One step forward: the equations as printed.
  public func step(_ x: Batch<Scalar>, after previous: Signals<Scalar>) -> Signals<Scalar> {
    let s = sigmoid(U * x + W * previous.s + b)
    return switch Reading.reading {
    case .labelling: ["s": s, "y_hat": y_hat(s)]
    case .classification: ["s": s]
    }
  }

  /// The output of the whole sequence: the equation as printed, with T for t.
  public func output(of final: Signals<Scalar>) -> Signals<Scalar> {
    switch Reading.reading {
    case .labelling: [:]
    case .classification: ["y_hat": y_hat(final.s)]
    }
  }

  private func y_hat(_ s: Batch<Scalar>) -> Batch<Scalar> { O.apply(V * s + c) }
}
