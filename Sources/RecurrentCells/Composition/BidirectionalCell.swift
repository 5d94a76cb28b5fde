import Tensors

/// Two cells of one kind over the same sequence, one from its first step to its last and one back.
///
///     h_t^→ = cell^→(x_t, h_{t−1}^→)
///     h_t^← = cell^←(x_t, h_{t+1}^←)
///
/// Every signal, state and parameter of both is one of the whole, with `_forward` or `_backward` after
/// its own name. The backward cell starts at each sequence's own last step, from its initial state there,
/// so that padding reaches neither direction; its signals are reported at the steps of x that they are
/// computed from, and its final state is that of the sequence's first step. What a layer above reads is
/// [h^→; h^←], [T,B,2H].
public struct BidirectionalCell<Cell: ComposableCell>: ComposableCell {
  /// Float or Double.
  public typealias Scalar = Cell.Scalar

  /// Those of the forward cell, then those of the backward one.
  public static var signals: [String] { names(Cell.signals) }
  /// Those of both cells.
  public static var states: [String] { names(Cell.states) }
  /// Those of both cells.
  public static var outputs: [String: OutputSteps] { named(Cell.outputs) }
  /// Those of both cells.
  public static var constants: Set<String> { Set(names(Array(Cell.constants))) }
  /// Those of the forward cell, then those of the backward one.
  public static var hiddenOutputs: [String] { names(Cell.hiddenOutputs) }

  /// Those of both cells, which have the same sizes.
  public static func parameterExtents(of sizes: CellSizes) -> [String: [Int]] {
    named(Cell.parameterExtents(of: sizes))
  }

  /// The layer before the direction: `W_xi_2_backward`.
  public static func name(_ own: String, inLayer layer: Int) -> String {
    for direction in [Place.forward, .backward] where own.hasSuffix(direction.suffix) {
      return Cell.name(String(own.dropLast(direction.suffix.count)), inLayer: layer)
        + direction.suffix
    }
    return "\(own)_\(layer)"
  }

  /// The sizes of each of the cells.
  public var sizes: CellSizes { ahead.cell.sizes }
  /// The last element of the batch that sees a change in either cell.
  public let lastChangedElement: Int?

  private let ahead: Part<Cell>
  private let back: Part<Cell>

  /// A cell with the parameters of both directions.
  ///
  /// - Throws: `CellError` when a parameter is missing, unknown or of the wrong shape, when the two cells
  ///   are of different sizes, or a change lies outside its parameter.
  public init(_ set: ParameterSet<Scalar>) throws(CellError) {
    try Self.check(namesOf: set)
    ahead = try Part(set, at: .forward)
    back = try Part(set, at: .backward)
    lastChangedElement = [ahead, back].compactMap { $0.cell.lastChangedElement }.max()
    try Self.check(extentsOf: set, in: ahead.cell.sizes)
  }

  /// Runs one cell over the sequences and the other over their reversal.
  public func forward(
    _ batch: SequenceBatch<Scalar>
  ) throws(CellError) -> ComposedTrace<Cell.Trace> {
    try check(batch)
    let reversed = TimeReversal(of: batch)
    let first = try ahead.cell.forward(
      SequenceBatch(x: batch.x, lengths: batch.lengths, initial: ahead.initial(of: batch)))
    let second = try back.cell.forward(
      SequenceBatch(x: reversed(batch.x), lengths: batch.lengths, initial: back.initial(of: batch)))
    return ComposedTrace(
      batch: batch,
      signals: both(first.signals, Self.aligned(second.signals, by: reversed)),
      final: both(first.final, second.final), parts: [first, second])
  }

  /// Walks both ways back: the forward cell's from the last step, the backward cell's from the first.
  ///
  /// ∂E/∂x is the sum of both.
  public func backward(
    _ trace: ComposedTrace<Cell.Trace>, upstream: Upstream<Scalar>, truncation: Truncation?
  ) throws(CellError) -> Gradients<Scalar> {
    try check(trace, upstream)
    let reversed = TimeReversal(of: trace.batch)
    let first = try ahead.cell.backward(
      trace.parts[0], upstream: ahead.own(upstream), truncation: truncation)
    var backUpstream = back.own(upstream)
    backUpstream.sequence = Self.aligned(backUpstream.sequence, by: reversed)
    let second = try back.cell.backward(
      trace.parts[1], upstream: backUpstream,
      truncation: truncation?.reversed(lengths: reversed.lengths))
    return Gradients(
      parameters: both(first.parameters, second.parameters), x: first.x + reversed(second.x),
      initial: both(first.initial, second.initial),
      signals: both(first.signals, Self.aligned(second.signals, by: reversed)))
  }
}

extension BidirectionalCell {
  /// A sequence for each signal of the backward cell, in the other order of steps.
  ///
  /// An output of the last state alone has but one step.
  private static func aligned(
    _ signals: [String: Tensor<Scalar>], by reversed: TimeReversal
  ) -> [String: Tensor<Scalar>] {
    let outputs = Cell.declaration.outputs
    return Dictionary(
      uniqueKeysWithValues: signals.map { name, signal in
        (name, outputs[name] == .last ? signal : reversed(signal))
      })
  }

  private func both<Value>(
    _ first: [String: Value], _ second: [String: Value]
  ) -> [String: Value] {
    var all: [String: Value] = [:]
    ahead.add(first, to: &all)
    back.add(second, to: &all)
    return all
  }

  private static func names(_ own: [String]) -> [String] {
    Part<Cell>.names(own, at: .forward) + Part<Cell>.names(own, at: .backward)
  }

  private static func named<Value>(_ values: [String: Value]) -> [String: Value] {
    Part<Cell>.named(values, at: .forward)
      .merging(Part<Cell>.named(values, at: .backward)) { $1 }
  }
}
