import Tensors

/// One vector of N units for every element of a batch: a matrix [B,N].
public struct Batch<Scalar: CellScalar>: Hashable, Sendable {
  /// B, the number of vectors.
  public let rows: Int
  /// N, the number of units of each.
  public let columns: Int
  /// The elements, row-major.
  public internal(set) var scalars: [Scalar]

  /// Zero vectors.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public init(zeros rows: Int, _ columns: Int) {
    self.rows = rows
    self.columns = columns
    scalars = Array(repeating: 0, count: rows * columns)
  }

  /// The vectors of a matrix [B,N].
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public init(_ matrix: Tensor<Scalar>) {
    precondition(matrix.shape.count == 2, "a batch is a matrix [B,N]")
    rows = matrix.shape[0]
    columns = matrix.shape[1]
    scalars = matrix.scalars
  }

  /// The vectors of one step of a sequence [T,B,N].
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public init(_ sequence: Tensor<Scalar>, step: Int) {
    precondition(sequence.shape.count == 3, "a sequence is a tensor [T,B,N]")
    rows = sequence.shape[1]
    columns = sequence.shape[2]
    let size = rows * columns
    scalars = Array(sequence.scalars[step * size..<(step + 1) * size])
  }

  /// The same as a tensor [B,N].
  public var tensor: Tensor<Scalar> {
    var tensor = Tensor<Scalar>(zeros: [rows, columns])
    tensor.withUnsafeMutableScalars { _ = $0.update(fromContentsOf: scalars) }
    return tensor
  }

  /// Writes the vectors into one step of a sequence [T,B,N].
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  func store(in sequence: inout Tensor<Scalar>, step: Int) {
    precondition(
      sequence.shape.count == 3 && sequence.shape[1] == rows && sequence.shape[2] == columns,
      "the step has another shape")
    let size = rows * columns
    sequence.withUnsafeMutableScalars {
      _ = UnsafeMutableBufferPointer(rebasing: $0[step * size..<(step + 1) * size])
        .update(fromContentsOf: scalars)
    }
  }
}
