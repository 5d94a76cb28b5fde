// The parameters bear the documents' letters, capitals included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

/// The equation of an output layer: o = O(V h + c), or O(V h) where there is no c.
struct OutputLayer<Scalar: CellScalar, O: OutputFunction>: Sendable {
  let V: Weight<Scalar>
  let c: Bias<Scalar>?

  /// o of every h: [B,O] of [B,N].
  func apply(_ h: Batch<Scalar>) -> Batch<Scalar> {
    guard let c else { return O.apply(V * h) }
    return O.apply(V * h + c)
  }

  /// The way back through o = O(V h + c).
  ///
  /// With δo the gradient with respect to the argument of O: dh = Vᵀ δo.
  ///
  /// - Parameters:
  ///   - upstream: the gradient with respect to o, [B,O].
  ///   - o: the output, [B,O].
  ///   - h: what it was computed from, [B,N].
  ///   - gradients: the sums of the parameters' gradients, to which this adds its part.
  /// - Returns: what `Gradients.signals` says of o, and dh, [B,N].
  func back(
    _ upstream: Batch<Scalar>, o: Batch<Scalar>, h: Batch<Scalar>,
    adding gradients: inout ParameterGradients<Scalar>
  ) -> (o: Batch<Scalar>, dh: Batch<Scalar>) {
    let found = O.back(upstream, o)
    gradients.add(found.argument, h, to: V)
    if let c { gradients.add(found.argument, to: c) }
    return (found.signal, V.transposed * found.argument)
  }
}
