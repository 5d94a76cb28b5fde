/// The memory of this program.
enum Memory {
  /// Lets freed memory stay with the program.
  ///
  /// glibc hands blocks of 128 KiB and more back to the kernel as they are freed, and the kernel clears the
  /// pages of the next pass over a batch anew: half a second of a run. glibc raises that limit to the largest
  /// block that was ever freed, here one that nothing is written to.
  static func keepForReuse() {
    UnsafeMutableRawPointer.allocate(byteCount: 24 << 20, alignment: 16).deallocate()
  }
}
