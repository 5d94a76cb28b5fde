import Foundation

/// Replaces files of a folder all at once: a stop at any moment leaves the old set or the new one.
///
/// The new files are written to `.staging-PID` and synced; renaming that folder to `.pending` is the commit
/// point; then each file is renamed into place, files that the new manifest lacks are removed, and the
/// manifest is renamed last. Whoever writes next first finishes a `.pending` that it finds. One writer at a
/// time holds `.lock`.
package final class FixtureTransaction: Sendable {
  /// One change of the folder that readers can see.
  package enum Step: Hashable, Sendable {
    /// The staged files become the set.
    case commit
    /// A file is moved into place.
    case move(String)
    /// A file that the set no longer has is removed.
    case remove(String)
    /// The empty `.pending` is removed.
    case finish
  }

  private let folder: FixtureFolder
  private let beforeStep: @Sendable (Step) throws -> Void
  private let staging: String
  private let lock: DiskLock

  /// Begins to write, making the folder if needed and finishing what an earlier writer committed.
  ///
  /// - Parameter beforeStep: called before each change that readers can see; where it throws, the writer
  ///   stops as one that was killed there.
  /// - Throws: `FixtureError` where the folder cannot be written or another process is writing.
  package init(
    _ folder: FixtureFolder, beforeStep: @escaping @Sendable (Step) throws -> Void = { _ in }
  ) throws {
    self.folder = folder
    self.beforeStep = beforeStep
    staging = folder.path + "/.staging-\(getpid())"
    lock = try folder.writing { () throws(DiskError) in
      try DiskFolder.make(folder.path)
      return try DiskLock(folder.path + "/.lock")
    }
    try finishPending()
    try folder.writing { [staging] () throws(DiskError) in
      // What writers that were stopped before their commit point left.
      for name in try DiskFolder.names(in: folder.path) where name.hasPrefix(".staging-") {
        try DiskFolder.remove(folder.path + "/" + name)
      }
      try DiskFolder.make(staging)
    }
  }

  deinit {
    // After a commit there is none.
    try? DiskFolder.remove(staging)
  }

  /// Writes a file that is to be in the set.
  ///
  /// - Throws: `FixtureError` where it cannot be written, as on a full disk.
  package func stage(_ bytes: [UInt8], as name: String) throws {
    try folder.writing { [staging] () throws(DiskError) in
      guard !DiskFile.isFolder(folder.path + "/" + name) else {
        throw DiskError(action: "replacing \(name)", code: EISDIR)
      }
      try DiskFile.write(bytes, to: staging + "/" + name)
    }
  }

  /// Takes the staged files into the folder.
  ///
  /// - Throws: `FixtureError` where that fails; its message says which set is in force.
  package func commit() throws {
    try folder.writing { [staging] () throws(DiskError) in try DiskFolder.sync(staging) }
    try beforeStep(.commit)
    try folder.writing { [staging] () throws(DiskError) in
      try DiskError.check(rename(staging, folder.pending), "committing the new files")
    }
    try finishPending()
  }

  /// Moves what is committed into place.
  private func finishPending() throws {
    guard DiskFile.isFolder(folder.pending) else { return }
    let names = try folder.finishing { () throws(DiskError) in
      try DiskFolder.sync(folder.path)
      return try DiskFolder.names(in: folder.pending)
    }
    for name in names where name != Manifest.name { try move(name) }
    if names.contains(Manifest.name) {
      for name in obsoleteFiles() { try remove(name) }
      try move(Manifest.name)
    }
    try beforeStep(.finish)
    try folder.finishing { () throws(DiskError) in
      try DiskFolder.sync(folder.path)
      try DiskError.check(rmdir(folder.pending), "removing .pending")
    }
  }

  private func move(_ name: String) throws {
    try beforeStep(.move(name))
    try folder.finishing { () throws(DiskError) in
      try DiskError.check(
        rename(folder.pending + "/" + name, folder.path + "/" + name), "moving \(name) into place")
    }
  }

  private func remove(_ name: String) throws {
    try beforeStep(.remove(name))
    try folder.finishing { () throws(DiskError) in
      // One that is not there was removed by the writer that this one finishes for.
      guard unlink(folder.path + "/" + name) != 0, errno != ENOENT else { return }
      throw DiskError(action: "removing \(name)", code: errno)
    }
  }

  /// The files of the manifest still in place that the committed one lacks.
  private func obsoleteFiles() -> [String] {
    guard let old = try? Manifest.read(folder.path + "/" + Manifest.name),
      let new = try? Manifest.read(folder.pending + "/" + Manifest.name)
    else { return [] }
    let kept = Set(new.files.map(\.file))
    return old.files.map(\.file).filter { !kept.contains($0) }
  }
}

extension FixtureFolder {
  /// Does a part of writing before the commit point.
  fileprivate func writing<Result: ~Copyable>(
    _ body: () throws(DiskError) -> Result
  ) throws(FixtureError) -> Result {
    do {
      return try body()
    } catch {
      guard error.code != EWOULDBLOCK else {
        throw FixtureError(
          code: .locked, file: path,
          message: "another process is writing these fixtures; try again when it has ended")
      }
      throw FixtureError(
        code: .unwritable, file: path, message: "\(error); the fixtures are as they were")
    }
  }

  /// Does a part of writing after the commit point.
  fileprivate func finishing<Result>(
    _ body: () throws(DiskError) -> Result
  ) throws(FixtureError) -> Result {
    do {
      return try body()
    } catch {
      throw FixtureError(
        code: .unwritable, file: path,
        message: "\(error); the new fixtures are whole and in force, some of them in .pending, and"
          + " the next 'rnncheck regenerate' moves them into place")
    }
  }
}
