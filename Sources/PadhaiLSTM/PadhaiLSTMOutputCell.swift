// The parameters and signals bear the document's letters, capitals and underscores included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import RecurrentCells

/// The LSTM of the Padhai notes with its output.
///
///     o_t, i_t, f_t, s̃_t, s_t, h_t        as in `PadhaiLSTMCell`
///     ŷ_t = O(V h_t + c)
///
/// The document leaves O open and writes ŷ without t. V is [O,H], c [O]; the other parameters are those
/// of `PadhaiLSTMCell`.
public struct PadhaiLSTMOutputCell<
  Scalar: CellScalar, Reading: PadhaiLSTMReadingType, O: OutputFunction
>: StepwiseCell {
  /// The cell without its output.
  public typealias Inner = PadhaiLSTMCell<Scalar, Reading>

  /// The parameters by the document's name.
  public static var parameterShapes: [String: ParameterShape] {
    Inner.parameterShapes.merging(["V": .output, "c": .outputBias]) { $1 }
  }
  /// Every signal, in the order of the equations.
  public static var signals: [String] { Inner.signals + ["y_hat"] }
  /// The signals used at t−1.
  public static var states: [String] { Inner.states }
  /// The signals of O units.
  public static var outputs: [String: OutputSteps] { ["y_hat": .every] }
  /// What a layer above reads.
  public static var hiddenOutputs: [String] { Inner.hiddenOutputs }

  /// The parameters, checked.
  public let parameters: CellParameters<Scalar>
  let inner: Inner
  let V: Weight<Scalar>
  let c: Bias<Scalar>

  /// A cell with the given parameters.
  ///
  /// - Throws: `CellError` when a parameter is missing, unknown or of the wrong shape, or a change lies
  ///   outside its parameter.
  public init(_ set: ParameterSet<Scalar>) throws(CellError) {
    parameters = try CellParameters(set, shapes: Self.parameterShapes)
    (V, c) = (try parameters.weight("V"), try parameters.bias("c"))
    let names = Inner.parameterShapes.keys
    inner = try Inner(
      ParameterSet(
        set.tensors.filter { names.contains($0.key) },
        changes: set.changes.filter { names.contains($0.key) }))
  }

  /// One step forward: the equations as printed.
  public func step(_ x: Batch<Scalar>, after previous: Signals<Scalar>) -> Signals<Scalar> {
    let now = inner.step(x, after: previous)
    let y_hat = O.apply(V * now.h + c)
    return now.merging(["y_hat": y_hat])
  }

  /// One step back.
  ///
  /// With δŷ_t the gradient with respect to the argument of O, h_t has Vᵀ δŷ_t beside what
  /// `PadhaiLSTMCell` says.
  public func stepBack(
    _ step: BackwardStep<Scalar>, adding gradients: inout ParameterGradients<Scalar>
  ) -> StepGradients<Scalar> {
    let (upstream, now) = (step.upstream, step.now)
    let y_hat = O.back(upstream.y_hat, now.y_hat)
    gradients.add(y_hat.argument, now.h, to: V)
    gradients.add(y_hat.argument, to: c)

    let dh = upstream.h + V.transposed * y_hat.argument
    var found = inner.stepBack(
      BackwardStep(
        x: step.x, previous: step.previous, now: now, upstream: upstream.merging(["h": dh])),
      adding: &gradients)
    found.signals = found.signals.merging(["y_hat": y_hat.signal])
    return found
  }
}
