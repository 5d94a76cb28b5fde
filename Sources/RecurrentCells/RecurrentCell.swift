import Tensors

/// A hand-written recurrent cell: its equations over a batch of sequences, forward and backward.
///
/// A cell is written from its document alone. Nothing in it may come from the oracle that judges it.
public protocol RecurrentCell<Scalar>: Sendable {
  /// Float or Double.
  associatedtype Scalar: CellScalar
  /// What forward leaves for backward and for a report.
  associatedtype Trace: ForwardTrace where Trace.Scalar == Scalar

  /// A cell with the given parameters.
  ///
  /// - Throws: `CellError` when a parameter is missing, unknown or of the wrong shape, or when a change
  ///   lies outside its parameter.
  init(_ parameters: ParameterSet<Scalar>) throws(CellError)

  /// Runs the cell over a batch of sequences.
  ///
  /// - Throws: `CellError` when an initial state is missing or unknown, a shape does not fit, a length
  ///   lies outside 0…T, or a change of a parameter lies outside the batch.
  func forward(_ batch: SequenceBatch<Scalar>) throws(CellError) -> Trace

  /// Backpropagation through time over the whole sequence.
  ///
  /// - Parameters:
  ///   - trace: what `forward` returned.
  ///   - upstream: the gradients of the loss on every step's outputs and on the final states.
  /// - Throws: `CellError` when an upstream gradient names no signal or state or has the wrong shape,
  ///   or when the parameters have changes of single columns.
  func backward(
    _ trace: Trace, upstream: Upstream<Scalar>
  ) throws(CellError) -> Gradients<Scalar>
}

/// What a forward pass computed.
public protocol ForwardTrace<Scalar>: Sendable {
  /// Float or Double.
  associatedtype Scalar: CellScalar
  /// Every signal of the formulation by the document's letter (gates too), each [T,B,H]; zero in the
  /// padding of a ragged batch.
  ///
  /// An output has O units for H, and one of the last state alone a single step, [1,B,O].
  var signals: [String: Tensor<Scalar>] { get }
  /// Every state after its sequence's own last step, each [B,H]; the initial state where there is none.
  var final: [String: Tensor<Scalar>] { get }
}
