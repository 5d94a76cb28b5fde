import Tensors

/// A matrix parameter, with changes of single entries for single batch elements where there are any.
public struct Weight<Scalar: CellScalar>: Sendable {
  /// The document's name.
  public let name: String
  /// The matrix [N,M]: applied to M units it gives N.
  public let matrix: Tensor<Scalar>
  /// What single batch elements see changed.
  ///
  /// `W * x` applies them, `W.transposed * d` does not.
  public let changes: [EntryChange<Scalar>]

  /// A matrix parameter of which all changes lie within the matrix.
  init(name: String, matrix: Tensor<Scalar>, changes: [EntryChange<Scalar>]) {
    self.name = name
    self.matrix = matrix
    self.changes = changes
  }

  /// Wᵀ, for the way back.
  public var transposed: TransposedWeight<Scalar> { TransposedWeight(matrix: matrix) }

  /// W x for every x of the batch: [B,M] to [B,N].
  ///
  /// The weights are shared; the changed entry W_rc + δ of element b adds its rank-1 part δ x_c to
  /// unit r. No change may name an element beyond the batch.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func * (weight: Weight, x: Batch<Scalar>) -> Batch<Scalar> {
    var product = x.applying(weight.matrix, transposed: false)
    product.add(weight.changes, times: x)
    return product
  }
}

/// The transpose of a matrix parameter, without its changes.
public struct TransposedWeight<Scalar: CellScalar>: Sendable {
  let matrix: Tensor<Scalar>

  /// Wᵀ d for every d of the batch: [B,N] to [B,M].
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func * (weight: TransposedWeight, d: Batch<Scalar>) -> Batch<Scalar> {
    d.applying(weight.matrix, transposed: true)
  }
}

extension Batch {
  fileprivate mutating func add(_ changes: [EntryChange<Scalar>], times x: Batch) {
    guard !changes.isEmpty else { return }
    precondition(changes.allSatisfy { $0.element < rows }, "a change beyond the batch")
    scalars.withUnsafeMutableBufferPointer { own in
      x.scalars.withUnsafeBufferPointer {
        Scalar.add(changes, times: $0, columns: x.columns, to: own, rows: columns)
      }
    }
  }
}
