import Tensors

/// A cell that says what it has, so that it can be checked and be a part of another cell.
///
/// Every cell that is written step by step is one, and so is every cell composed of others.
public protocol ComposableCell<Scalar>: RecurrentCell where Trace: SequencedTrace {
  /// Every signal, in the order of the equations.
  static var signals: [String] { get }
  /// The signals that some equation uses at an earlier step of its own direction.
  static var states: [String] { get }
  /// The signals of O units, by the steps that have one; all others have H units at every step.
  static var outputs: [String: OutputSteps] { get }
  /// The parameters that are given once and for all, and so have no gradient.
  static var constants: Set<String> { get }
  /// What a layer above this cell reads as its x: signals of H units, one below the other.
  ///
  /// The document's first output of H units; where its outputs have O units the state that they are
  /// computed from.
  static var hiddenOutputs: [String] { get }

  /// The extents of every parameter in a cell of the given sizes.
  static func parameterExtents(of sizes: CellSizes) -> [String: [Int]]

  /// What a signal, state or parameter of this cell is called where the cell is a layer of a deep one.
  ///
  /// - Parameters:
  ///   - own: its name in this cell by itself.
  ///   - layer: the layer, from 1 on.
  static func name(_ own: String, inLayer layer: Int) -> String

  /// I, H and O.
  var sizes: CellSizes { get }
  /// The last element of the batch that sees a change of a parameter; nil where nothing is changed.
  var lastChangedElement: Int? { get }

  /// Backpropagation through time, over the whole sequence or cut into chunks.
  ///
  /// - Parameters:
  ///   - trace: what `forward` returned.
  ///   - upstream: the gradients of the loss on every step's outputs and on the final states.
  ///   - truncation: where it is cut; nil for the whole sequence.
  /// - Throws: `CellError` when an upstream gradient names no signal or state or has the wrong shape,
  ///   when the trace does not fit, or when the cell's parameters have changes.
  func backward(
    _ trace: Trace, upstream: Upstream<Scalar>, truncation: Truncation?
  ) throws(CellError) -> Gradients<Scalar>
}

extension ComposableCell {
  /// None: every signal has H units.
  public static var outputs: [String: OutputSteps] { [:] }
  /// None: every parameter is learned.
  public static var constants: Set<String> { [] }

  /// The name and the layer: `W_xi_2`.
  public static func name(_ own: String, inLayer layer: Int) -> String { "\(own)_\(layer)" }

  /// Every parameter, in alphabetical order.
  public static var parameterNames: [String] { declaration.parameters }

  /// All of this, put together once.
  static var declaration: CellDeclaration { CellDeclaration.of(Self.self) }

  /// Backpropagation through time over the whole sequence.
  ///
  /// Upstream gradients are accepted on every signal, gates and candidates too, and on every final
  /// state. The trace must be this cell's own: one of another cell of the same signals and sizes
  /// cannot be told apart. A cell with changed parameters has no way back: its columns differ in their
  /// parameters, and so no gradient of the one set exists.
  ///
  /// - Throws: `CellError` when an upstream gradient names no signal or state or has the wrong shape,
  ///   when the trace does not fit, or when the cell's parameters have changes.
  public func backward(
    _ trace: Trace, upstream: Upstream<Scalar>
  ) throws(CellError) -> Gradients<Scalar> {
    try backward(trace, upstream: upstream, truncation: nil)
  }
}

/// A forward pass that still has what it started from.
public protocol SequencedTrace<Scalar>: ForwardTrace {
  /// The inputs, their lengths and the initial states.
  var batch: SequenceBatch<Scalar> { get }
}

/// The steps of a sequence that have an output.
public enum OutputSteps: Sendable {
  /// Every step: [T,B,O].
  case every
  /// Each element's own last one: [1,B,O], computed from the initial state where there is no step.
  case last
}
