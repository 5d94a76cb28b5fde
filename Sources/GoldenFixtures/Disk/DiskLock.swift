import Foundation

/// The right to write a folder, which one holder in one process has at a time.
///
/// It is a lock on a file of the folder, which the operating system frees when the process ends, however it ends.
struct DiskLock: ~Copyable, Sendable {
  private let descriptor: Int32

  /// Takes the lock, or says that somebody else holds it: `EWOULDBLOCK`.
  init(_ path: String) throws(DiskError) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw DiskError(action: "opening .lock", code: errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      close(descriptor)
      throw DiskError(action: "locking the folder", code: code)
    }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }
}
