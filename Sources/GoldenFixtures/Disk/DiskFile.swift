import Foundation

/// Files read and written whole.
enum DiskFile {
  /// The largest file that is read: far more than a set of fixtures takes.
  private static let mostBytes = 1 << 26

  /// Which file is at a path at a moment: another one has another identity, also under the same name.
  struct Identity: Hashable {
    let path: String
    let device: UInt64
    let inode: UInt64
    let size: Int64
  }

  /// Which file is at a path now; nil where none is.
  static func identity(_ path: String) -> Identity? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return Identity(
      path: path, device: UInt64(truncatingIfNeeded: status.st_dev),
      inode: UInt64(status.st_ino), size: Int64(status.st_size))
  }

  /// Whether a folder is at a path.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The bytes of a regular file.
  ///
  /// Anything else, which might never end, is refused.
  static func bytes(_ path: String) throws(DiskError) -> [UInt8] {
    let action = "reading the file"
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw DiskError(action: action, code: errno) }
    defer { close(descriptor) }
    var status = stat()
    try DiskError.check(fstat(descriptor, &status), action)
    guard status.st_mode & S_IFMT != S_IFDIR else { throw DiskError(action: action, code: EISDIR) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw DiskError(action: action, code: EINVAL) }
    guard status.st_size <= mostBytes else { throw DiskError(action: action, code: EFBIG) }

    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        read(descriptor, $0.baseAddress?.advanced(by: filled), $0.count - filled)
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw DiskError(action: action, code: errno) }
      // The file has become shorter since it was opened.
      if count == 0 { break }
      filled += count
    }
    return Array(bytes.prefix(filled))
  }

  /// Writes a new file and waits until it is on the disk.
  static func write(_ bytes: [UInt8], to path: String) throws(DiskError) {
    let action = "writing \(path.split(separator: "/").last ?? "")"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw DiskError(action: action, code: errno) }
    defer { close(descriptor) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Foundation.write(
          descriptor, $0.baseAddress?.advanced(by: written), $0.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw DiskError(action: action, code: errno) }
      written += count
    }
    try DiskError.check(fsync(descriptor), action)
  }
}
