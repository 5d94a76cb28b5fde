// The parameters bear the documents' letters, capitals included.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Tensors

/// A cell, composed or not, with an output at every step.
///
///     o_t = O(V h_t)        with a bias: O(V h_t + c)
///
/// h_t is what the cell passes up, its `hiddenOutputs` one below the other: V is [O,H], over a
/// bidirectional cell [O,2H] with the columns of the forward direction first; c is [O]. `o`, `V` and `c`
/// are names of the whole, beside those that the cell has.
public struct OutputCell<
  Inner: ComposableCell, O: OutputFunction, Bias: OutputBiasType
>: ComposableCell {
  /// Float or Double.
  public typealias Scalar = Inner.Scalar

  /// Those of the cell, then `o`.
  public static var signals: [String] { Inner.signals + ["o"] }
  /// Those of the cell.
  public static var states: [String] { Inner.states }
  /// Those of the cell and `o`.
  public static var outputs: [String: OutputSteps] {
    Inner.outputs.merging(["o": .every]) { $1 }
  }
  /// Those of the cell.
  public static var constants: Set<String> { Inner.constants }
  /// Those of the cell.
  public static var hiddenOutputs: [String] { Inner.hiddenOutputs }

  /// Those of the cell, V and c.
  public static func parameterExtents(of sizes: CellSizes) -> [String: [Int]] {
    let width = Inner.declaration.hiddenOutputs.count * sizes.hiddenSize
    return Inner.parameterExtents(of: sizes).merging(
      ownShapes.mapValues {
        $0.extents(inputSize: 0, hiddenSize: width, outputSize: sizes.outputSize)
      }
    ) { $1 }
  }

  /// The cell's names as the cell has them in a layer, and `o_2`, `V_2`.
  public static func name(_ own: String, inLayer layer: Int) -> String {
    ownNames.contains(own) ? "\(own)_\(layer)" : Inner.name(own, inLayer: layer)
  }

  /// I and H of the cell, and O.
  public let sizes: CellSizes
  /// The last element of the batch that sees a change.
  public let lastChangedElement: Int?

  private let inner: Part<Inner>
  private let parameters: CellParameters<Scalar>
  private let layer: OutputLayer<Scalar, O>

  /// A cell with the given parameters.
  ///
  /// - Throws: `CellError` when the cell has an `o`, a `V` or a `c` of its own, when a parameter is
  ///   missing, unknown or of the wrong shape, or a change lies outside its parameter.
  public init(_ set: ParameterSet<Scalar>) throws(CellError) {
    try Self.checkOwnNames()
    try Self.check(namesOf: set)
    inner = try Part(set, at: .alone)
    let below = inner.cell.sizes
    let outputs = below.outputSize > 0 ? below.outputSize : set.tensors["V"]?.shape.first ?? 0
    sizes = CellSizes(
      inputSize: below.inputSize, hiddenSize: below.hiddenSize, outputSize: max(outputs, 1))
    try Self.check(extentsOf: set, in: sizes)
    parameters = try CellParameters(
      ParameterSet(
        set.tensors.filter { Self.ownShapes.keys.contains($0.key) },
        changes: set.changes.filter { Self.ownShapes.keys.contains($0.key) }),
      shapes: Self.ownShapes)
    lastChangedElement = [inner.cell.lastChangedElement, parameters.lastChangedElement]
      .compactMap { $0 }.max()
    let V = try parameters.weight("V")
    layer = OutputLayer(V: V, c: Bias.bias == .added ? try parameters.bias("c") : nil)
  }

  /// Runs the cell over the sequences, then the output over what it passed up.
  public func forward(
    _ batch: SequenceBatch<Scalar>
  ) throws(CellError) -> ComposedTrace<Inner.Trace> {
    try check(batch)
    let trace = try inner.cell.forward(batch)
    let padding = Padding(lengths: batch.lengths, steps: batch.steps, batch: batch.batch)
    let h = trace.hiddenOutput(of: Inner.self)
    var o = Tensor<Scalar>(zeros: [batch.steps, batch.batch, sizes.outputSize])
    for t in padding.steps {
      layer.apply(Batch(h, step: t)).clearing(padding.elements(at: t)).store(in: &o, step: t)
    }
    return ComposedTrace(
      batch: batch, signals: trace.signals.merging(["o": o]) { $1 }, final: trace.final,
      parts: [trace])
  }

  /// Walks the output back, then the cell with what arrives at what it passed up.
  public func backward(
    _ trace: ComposedTrace<Inner.Trace>, upstream: Upstream<Scalar>, truncation: Truncation?
  ) throws(CellError) -> Gradients<Scalar> {
    try check(trace, upstream)
    var gradients = ParameterGradients(zerosOf: parameters)
    let (δo, dh) = outputBack(trace, upstream.sequence["o"], adding: &gradients)
    var own = inner.own(upstream)
    own.add(hiddenOutput: dh, of: Inner.self)
    var found = try inner.cell.backward(trace.parts[0], upstream: own, truncation: truncation)
    found.parameters.merge(gradients.tensors) { $1 }
    found.signals["o"] = δo
    return found
  }
}

extension OutputCell {
  /// The way back through the output of every step, the last step first.
  private func outputBack(
    _ trace: ComposedTrace<Inner.Trace>, _ upstream: Tensor<Scalar>?,
    adding gradients: inout ParameterGradients<Scalar>
  ) -> (δo: Tensor<Scalar>, dh: Tensor<Scalar>) {
    let batch = trace.batch
    let padding = Padding(lengths: batch.lengths, steps: batch.steps, batch: batch.batch)
    let h = trace.parts[0].hiddenOutput(of: Inner.self)
    var dh = Tensor<Scalar>(zeros: h.shape)
    var δo = Tensor<Scalar>(zeros: [batch.steps, batch.batch, sizes.outputSize])
    guard let upstream, let o = trace.signals["o"] else { return (δo, dh) }
    for t in padding.steps.reversed() {
      let ended = padding.elements(at: t)
      let found = layer.back(
        Batch(upstream, step: t).clearing(ended), o: Batch(o, step: t), h: Batch(h, step: t),
        adding: &gradients)
      found.o.clearing(ended).store(in: &δo, step: t)
      found.dh.store(in: &dh, step: t)
    }
    return (δo, dh)
  }

  private static var ownShapes: [String: ParameterShape] {
    switch Bias.bias {
    case .none: ["V": .output]
    case .added: ["V": .output, "c": .outputBias]
    }
  }

  private static var ownNames: Set<String> { Set(ownShapes.keys).union(["o"]) }

  private static func checkOwnNames() throws(CellError) {
    let taken = Set(Inner.signals + Inner.parameterNames)
    for name in ownNames.sorted() where taken.contains(name) {
      throw CellError(
        code: .duplicate, name: name,
        message: "the cell under the output has one of its own, so that the name would mean two")
    }
  }
}
