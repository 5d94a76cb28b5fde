#if canImport(Glibc)
  import Glibc
#endif

/// The memory of one sequence's Jacobian, which threads write to at rows of their own.
final class JacobianRows: @unchecked Sendable {
  /// How many numbers the rows are apart.
  let stride: Int
  private let base: UnsafeMutablePointer<Double>

  /// Room for so many rows of so many numbers.
  init(count: Int, numbers: Int) {
    // An odd number of cache lines, so that columns of rows do not meet in a few sets of a cache.
    let line = 8
    stride = ((numbers + line - 1) / line | 1) * line
    let bytes = max(count * stride, 1) * MemoryLayout<Double>.stride
    let largePage = 2 << 20
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: bytes, alignment: bytes < largePage ? 64 : largePage)
    #if canImport(Glibc)
      if bytes >= largePage { madvise(memory, bytes, MADV_HUGEPAGE) }
    #endif
    base = memory.bindMemory(to: Double.self, capacity: count * stride)
  }

  deinit { UnsafeMutableRawPointer(base).deallocate() }

  /// The first number of a row.
  func row(_ index: Int) -> UnsafeMutablePointer<Double> { base + index * stride }
}
