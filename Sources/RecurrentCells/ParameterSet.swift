import Tensors

/// The parameters of a cell by name, and optionally a change of one scalar for each batch column.
///
/// The changes exist for finite differences: every column of a batch runs with its own slightly
/// different parameters while all share one copy of the weights.
public struct ParameterSet<Scalar: CellScalar>: Sendable {
  /// One scalar of one parameter, changed for one batch column only.
  public struct Change: Hashable, Sendable {
    /// The batch column that sees the change.
    public let column: Int
    /// The position of the scalar in the parameter, row-major.
    public let position: Int
    /// What is added to the scalar.
    public let delta: Scalar

    /// A change of one scalar for one column.
    public init(column: Int, position: Int, delta: Scalar) {
      self.column = column
      self.position = position
      self.delta = delta
    }
  }

  /// The parameters by the document's name without punctuation (`W_xi`, `b_i`), of the
  /// shapes that the cell declares: [H,I], [H,H], [H] and others.
  public var tensors: [String: Tensor<Scalar>]
  /// The changes by parameter name.
  public var changes: [String: [Change]]

  /// A set of parameters.
  public init(
    _ tensors: [String: Tensor<Scalar>], changes: [String: [Change]] = [:]
  ) {
    self.tensors = tensors
    self.changes = changes
  }
}
