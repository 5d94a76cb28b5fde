/// The memory of this program.
enum Memory {
  /// Lets freed memory stay with the program.
  ///
  /// glibc hands blocks of 128 KiB and more back to the kernel as they are freed, and clears them anew for the
  /// next pass over a batch, which takes as many: one second in fifteen of a run. It raises that limit to the
  /// largest block that was ever freed, here one that nothing is written to.
  static func keepForReuse() {
    UnsafeMutableRawPointer.allocate(byteCount: 24 << 20, alignment: 16).deallocate()
  }
}
