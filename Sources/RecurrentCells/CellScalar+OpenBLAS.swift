import COpenBLAS
import RealModule

extension Double: CellScalar {
  /// C ← A·B, or C ← C + A·B.
  public static func multiply(
    _ product: MatrixProduct<Double>, into result: UnsafeMutableBufferPointer<Double>,
    accumulate: Bool
  ) {
    guard !product.isTiny else { return product.compute(into: result, accumulate: accumulate) }
    OpenBLAS.useOneThread
    let (a, b) = (product.a, product.b)
    cblas_dgemm(
      CblasRowMajor, a.order, b.order,
      blasint(a.rows), blasint(b.columns), blasint(a.columns), 1,
      a.scalars.baseAddress, blasint(a.leadingDimension), b.scalars.baseAddress,
      blasint(b.leadingDimension),
      accumulate ? 1 : 0, result.baseAddress, blasint(b.columns))
  }
}

extension Float: CellScalar {
  /// C ← A·B, or C ← C + A·B.
  public static func multiply(
    _ product: MatrixProduct<Float>, into result: UnsafeMutableBufferPointer<Float>,
    accumulate: Bool
  ) {
    guard !product.isTiny else { return product.compute(into: result, accumulate: accumulate) }
    OpenBLAS.useOneThread
    let (a, b) = (product.a, product.b)
    cblas_sgemm(
      CblasRowMajor, a.order, b.order,
      blasint(a.rows), blasint(b.columns), blasint(a.columns), 1,
      a.scalars.baseAddress, blasint(a.leadingDimension), b.scalars.baseAddress,
      blasint(b.leadingDimension),
      accumulate ? 1 : 0, result.baseAddress, blasint(b.columns))
  }
}

/// What the cells ask of OpenBLAS beyond the products.
enum OpenBLAS {
  /// One thread per product, set once: a product split over threads sums in another order.
  static let useOneThread: Void = openblas_set_num_threads(1)

  /// The largest extent that a product can have.
  static let largestExtent = Int(blasint.max)
}

extension MatrixProduct.Operand {
  fileprivate var order: CBLAS_TRANSPOSE { transposed ? CblasTrans : CblasNoTrans }
}
