import COpenBLAS
import RealModule

extension Double: CellScalar {
  /// C ← C + A·B.
  public static func add(
    _ product: MatrixProduct<Double>, to result: UnsafeMutableBufferPointer<Double>
  ) {
    guard !product.isTiny else { return product.add(to: result) }
    OpenBLAS.useOneThread
    let (a, b) = (product.a, product.b)
    cblas_dgemm(
      CblasRowMajor, a.order, b.order,
      blasint(a.rows), blasint(b.columns), blasint(a.columns), 1,
      a.scalars.baseAddress, blasint(a.leadingDimension), b.scalars.baseAddress,
      blasint(b.leadingDimension),
      1, result.baseAddress, blasint(b.columns))
  }
}

extension Float: CellScalar {
  /// C ← C + A·B.
  public static func add(
    _ product: MatrixProduct<Float>, to result: UnsafeMutableBufferPointer<Float>
  ) {
    guard !product.isTiny else { return product.add(to: result) }
    OpenBLAS.useOneThread
    let (a, b) = (product.a, product.b)
    cblas_sgemm(
      CblasRowMajor, a.order, b.order,
      blasint(a.rows), blasint(b.columns), blasint(a.columns), 1,
      a.scalars.baseAddress, blasint(a.leadingDimension), b.scalars.baseAddress,
      blasint(b.leadingDimension),
      1, result.baseAddress, blasint(b.columns))
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
