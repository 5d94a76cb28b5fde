import Tensors

extension StepwiseCell {
  /// Backpropagation through time, step by step.
  ///
  /// - Throws: `CellError` when an upstream gradient names no signal or state or has the wrong shape,
  ///   when the trace does not fit, or when the cell's parameters have changes.
  public func backward(
    _ trace: SequenceTrace<Scalar>, upstream: Upstream<Scalar>, truncation: Truncation?
  ) throws(CellError) -> Gradients<Scalar> {
    try stepwiseBackward(trace, upstream: upstream, truncation: truncation)
  }

  /// Walks the steps back from the last one, adding up the gradients of the parameters.
  ///
  /// - Throws: `CellError` when an upstream gradient names no signal or state or has the wrong shape,
  ///   when the trace does not fit, or when the cell's parameters have changes.
  public func stepwiseBackward(
    _ trace: SequenceTrace<Scalar>, upstream: Upstream<Scalar>, truncation: Truncation?
  ) throws(CellError) -> Gradients<Scalar> {
    try check(trace, upstream)
    let declaration = Self.declaration
    return BackwardWalk(
      stepBack: { stepBack($0, adding: &$1) }, outputBack: { outputBack($0, adding: &$1) },
      lags: Self.lags, stepSignals: declaration.stepSignals, lastOutputs: declaration.lastOutputs
    ).gradients(
      of: trace, upstream: upstream, truncation: truncation,
      sums: ParameterGradients(zerosOf: parameters, except: Self.constants))
  }
}
