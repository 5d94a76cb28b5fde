/// Numbers that live as long as a pass needs them, at addresses that stay.
struct Scratch<Scalar: CellScalar>: ~Copyable {
  /// The first number.
  let base: UnsafeMutablePointer<Scalar>

  /// So many numbers of no particular value.
  init(count: Int) {
    base = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Scalar>.stride, alignment: 64
    ).bindMemory(to: Scalar.self, capacity: max(count, 1))
  }

  /// So many zeros.
  init(zeros count: Int) {
    self.init(count: count)
    base.update(repeating: 0, count: count)
  }

  deinit { UnsafeMutableRawPointer(base).deallocate() }
}
