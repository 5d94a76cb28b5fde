import Foundation

/// Replaces files of a folder all at once: a stop at any moment leaves the old set or the new one.
///
/// The new files are written to `.staging-PID` and synced; renaming that folder to `.pending` is the commit
/// point; then each file is renamed into place, the manifest last. Whoever writes next first finishes a
/// `.pending` that it finds. One writer at a time holds `.lock`.
final class FixtureTransaction {
  private let folder: FixtureFolder
  private let lock: Int32
  /// Where the new files are written.
  let staging: String

  /// Begins to write, making the folder if needed and finishing what an earlier writer committed.
  ///
  /// - Throws: `FixtureError` where the folder cannot be written or another process is writing.
  init(_ folder: FixtureFolder) throws(FixtureError) {
    self.folder = folder
    staging = folder.path + "/.staging-\(getpid())"
    try Self.makeFolder(folder.path)
    lock = open(folder.path + "/.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard lock >= 0 else { throw Self.unwritable(folder.path, "opening its .lock") }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      close(lock)
      guard code == EWOULDBLOCK else { throw Self.unwritable(folder.path, "locking it", code) }
      throw FixtureError(
        code: .locked, file: folder.path,
        message: "another process is writing these fixtures; try again when it has ended")
    }
    do {
      try finishPending()
      try removeLeftovers()
      try Self.makeFolder(staging)
    } catch {
      close(lock)
      throw error
    }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: staging)
    close(lock)
  }

  /// Takes the staged files into the folder.
  ///
  /// - Parameter obsolete: files of the folder that the new set no longer has.
  func commit(removing obsolete: [String]) throws(FixtureError) {
    for name in try Self.names(in: staging) { try Self.sync(staging + "/" + name) }
    try Self.sync(staging)
    guard rename(staging, folder.pending) == 0 else {
      throw Self.unwritable(folder.path, "committing the new files")
    }
    try Self.sync(folder.path)
    try finishPending()
    for name in obsolete { unlink(folder.path + "/" + name) }
  }

  private func finishPending() throws(FixtureError) {
    guard FileManager.default.fileExists(atPath: folder.pending) else { return }
    let names = try Self.names(in: folder.pending)
    for name in names.filter({ $0 != Manifest.name }) + names.filter({ $0 == Manifest.name }) {
      guard rename(folder.pending + "/" + name, folder.path + "/" + name) == 0 else {
        throw Self.unwritable(folder.path, "moving \(name) into place")
      }
    }
    try Self.sync(folder.path)
    guard rmdir(folder.pending) == 0 else {
      throw Self.unwritable(folder.path, "removing .pending")
    }
  }

  /// Removes what writers that were stopped before their commit point left.
  private func removeLeftovers() throws(FixtureError) {
    for name in try Self.names(in: folder.path) where name.hasPrefix(".staging-") {
      do {
        try FileManager.default.removeItem(atPath: folder.path + "/" + name)
      } catch {
        throw Self.unwritable(folder.path, "removing \(name)")
      }
    }
  }

  // MARK: Files

  private static func makeFolder(_ path: String) throws(FixtureError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw unwritable(path, "making the folder")
    }
  }

  private static func names(in path: String) throws(FixtureError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    } catch {
      throw unwritable(path, "listing it")
    }
  }

  /// Waits until a file or folder is on the disk.
  private static func sync(_ path: String) throws(FixtureError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unwritable(path, "opening it") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw unwritable(path, "syncing it") }
  }

  private static func unwritable(
    _ path: String, _ action: String, _ code: Int32 = errno
  ) -> FixtureError {
    FixtureError(
      code: .unwritable, file: path,
      message: "\(action) failed: \(String(cString: strerror(code))); the fixtures are as they were")
  }
}
