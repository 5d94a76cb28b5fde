import Tensors

/// Layers of cells of one kind, each above the first reading what the one below passes up.
///
///     h_t^1 = cell^1(x_t, h_{t−1}^1)
///     h_t^n = cell^n(h_t^{n−1}, h_{t−1}^n)
///
/// Every signal, state and parameter of every layer is one of the whole, with the layer after its own
/// name and before a direction: `h_1`, `W_xi_2`, `s_2_backward`. What is passed up are the layer's
/// `hiddenOutputs`, one below the other: H features, and 2H between bidirectional layers. All layers
/// have H units.
public struct DeepCell<Cell: ComposableCell, Layers: LayerCount>: ComposableCell {
  /// Float or Double.
  public typealias Scalar = Cell.Scalar

  /// Those of every layer, the lowest first.
  public static var signals: [String] { names(Cell.signals) }
  /// Those of every layer.
  public static var states: [String] { names(Cell.states) }
  /// Those of every layer.
  public static var outputs: [String: OutputSteps] { named { _ in Cell.outputs } }
  /// Those of every layer.
  public static var constants: Set<String> { Set(names(Array(Cell.constants))) }
  /// Those of the highest layer.
  public static var hiddenOutputs: [String] {
    Part<Cell>.names(Cell.hiddenOutputs, at: .layer(Layers.layers))
  }

  /// Those of every layer: the input of those above the first is what the one below passes up.
  public static func parameterExtents(of sizes: CellSizes) -> [String: [Int]] {
    let hiddenOutputs = Cell.declaration.hiddenOutputs.count
    return named { layer in
      Cell.parameterExtents(
        of: CellSizes(
          inputSize: layer == 1 ? sizes.inputSize : hiddenOutputs * sizes.hiddenSize,
          hiddenSize: sizes.hiddenSize, outputSize: sizes.outputSize))
    }
  }

  /// I of the lowest layer, H and O of every one.
  public let sizes: CellSizes
  /// The last element of the batch that sees a change in any layer.
  public let lastChangedElement: Int?

  private let layers: [Part<Cell>]

  /// A cell with the parameters of all layers.
  ///
  /// - Throws: `CellError` when there is no layer, when a parameter is missing, unknown or of the wrong
  ///   shape, when a layer does not fit the one below, or a change lies outside its parameter.
  public init(_ set: ParameterSet<Scalar>) throws(CellError) {
    try Layers.check()
    try Self.check(namesOf: set)
    let lowest = try Part<Cell>(set, at: .layer(1))
    var layers = [lowest]
    for layer in Self.numbers.dropFirst() { layers.append(try Part(set, at: .layer(layer))) }
    self.layers = layers
    lastChangedElement = layers.compactMap { $0.cell.lastChangedElement }.max()
    sizes = lowest.cell.sizes
    try Self.check(extentsOf: set, in: sizes)
  }

  /// Runs the layers over the sequences, the lowest first.
  public func forward(
    _ batch: SequenceBatch<Scalar>
  ) throws(CellError) -> ComposedTrace<Cell.Trace> {
    try check(batch)
    var traces: [Cell.Trace] = []
    var x = batch.x
    for layer in layers {
      let trace = try layer.cell.forward(
        SequenceBatch(x: x, lengths: batch.lengths, initial: layer.initial(of: batch)))
      x = trace.hiddenOutput(of: Cell.self)
      traces.append(trace)
    }
    return ComposedTrace(
      batch: batch, signals: merged(traces.map(\.signals)), final: merged(traces.map(\.final)),
      parts: traces)
  }

  /// Walks each layer back, the highest first.
  ///
  /// What a layer's x has as gradient is added to the upstream gradient of what was passed up to it.
  public func backward(
    _ trace: ComposedTrace<Cell.Trace>, upstream: Upstream<Scalar>, truncation: Truncation?
  ) throws(CellError) -> Gradients<Scalar> {
    try check(trace, upstream)
    var found: [Gradients<Scalar>] = []
    var x: Tensor<Scalar>?
    for (layer, trace) in zip(layers, trace.parts).reversed() {
      var own = layer.own(upstream)
      if let x { own.add(hiddenOutput: x, of: Cell.self) }
      let gradients = try layer.cell.backward(trace, upstream: own, truncation: truncation)
      x = gradients.x
      found.insert(gradients, at: 0)
    }
    return Gradients(
      parameters: merged(found.map(\.parameters)), x: x ?? Tensor(zeros: trace.batch.x.shape),
      initial: merged(found.map(\.initial)), signals: merged(found.map(\.signals)))
  }
}

extension DeepCell {
  /// The layers, from 1 on.
  private static var numbers: ClosedRange<Int> { 1...max(Layers.layers, 1) }

  private func merged<Value>(_ values: [[String: Value]]) -> [String: Value] {
    var all: [String: Value] = [:]
    for (layer, values) in zip(layers, values) { layer.add(values, to: &all) }
    return all
  }

  private static func names(_ own: [String]) -> [String] {
    numbers.flatMap { Part<Cell>.names(own, at: .layer($0)) }
  }

  private static func named<Value>(_ values: (_ layer: Int) -> [String: Value]) -> [String: Value] {
    numbers.reduce(into: [:]) { all, layer in
      all.merge(Part<Cell>.named(values(layer), at: .layer(layer))) { $1 }
    }
  }
}
