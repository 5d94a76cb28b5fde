import Equations
import Foundation
import HDF5

/// A folder of fixtures to read: a manifest and a file for each formulation.
///
/// A writer that was stopped after its commit point leaves the new files in `.pending`; each file is taken
/// from there where it is, so that a reader always sees one whole set.
public struct FixtureFolder: Sendable {
  /// The folder.
  public let path: String

  /// A folder, which need not exist yet.
  public init(_ path: String) { self.path = path }

  var pending: String { path + "/.pending" }

  /// Where a file is now.
  func location(of name: String) -> String {
    let committed = pending + "/" + name
    return FileManager.default.fileExists(atPath: committed) ? committed : path + "/" + name
  }

  /// The identifiers of the formulations that have a file.
  ///
  /// - Throws: `FixtureError` where there is no folder or no manifest in it.
  public func formulations() throws(FixtureError) -> [String] {
    try manifest().files.map(\.formulation)
  }

  /// The manifest.
  ///
  /// - Throws: `FixtureError` where there is no folder or no manifest in it.
  package func manifest() throws(FixtureError) -> Manifest {
    guard DiskFile.isFolder(path) else {
      throw FixtureError(
        code: .missing, file: path,
        message: "there is no such folder of fixtures; 'rnncheck regenerate' makes one, and"
          + " --fixtures names another")
    }
    return try whileUnmoved([Manifest.name]) { () throws(FixtureError) in
      try Manifest.read(location(of: Manifest.name))
    }
  }

  /// Reads a formulation's cases; its bytes are checked against the manifest before libhdf5 sees them.
  ///
  /// - Throws: `FixtureError` where the file is missing, changed, damaged or of another form; `HDF5Error`
  ///   where libhdf5 cannot read it.
  public func fixture(of formulation: Formulation) throws -> FormulationFixture {
    let (file, bytes) = try checkedBytes(of: formulation.id)
    return try FixtureReader.read(bytes, named: file, of: formulation)
  }

  /// The place and the bytes of a formulation's file, which are those that the manifest names.
  private func checkedBytes(
    of id: String
  ) throws(FixtureError) -> (file: String, bytes: [UInt8]) {
    try whileUnmoved([Manifest.name, FixtureSchema.fileName(of: id)]) { () throws(FixtureError) in
      guard let entry = try manifest()[id] else {
        throw FixtureError(
          code: .missing, file: path,
          message: "the manifest has no file for '\(id)'; 'rnncheck regenerate \(id)' makes it")
      }
      let remedy = "'rnncheck regenerate \(id)' makes it anew"
      let file = location(of: entry.file)
      let bytes: [UInt8]
      do throws(DiskError) {
        bytes = try DiskFile.bytes(file)
      } catch {
        let reason =
          error.code == ENOENT ? "the file is missing" : "the file is unreadable: \(error)"
        throw FixtureError(code: .missing, file: file, message: "\(reason); \(remedy)")
      }
      let digest = Digest.sha256(bytes)
      guard digest == entry.sha256 else {
        throw FixtureError(
          code: .damaged, file: file,
          message: "its SHA-256 is \(digest), and the manifest says \(entry.sha256): the file was"
            + " changed or damaged; \(remedy)")
      }
      return (file, bytes)
    }
  }

  /// How often a reader tries again because a writer has moved what it was reading.
  private static let attempts = 100

  /// Reads, and reads again where that failed while a writer was moving the files that are read: between
  /// looking where a file is and reading it, or between the manifest and the file.
  private func whileUnmoved<Result>(
    _ names: [String], _ read: () throws(FixtureError) -> Result
  ) throws(FixtureError) -> Result {
    func look() -> [DiskFile.Identity?] { names.map { DiskFile.identity(location(of: $0)) } }
    var seen = look()
    for _ in 1..<Self.attempts {
      do {
        return try read()
      } catch {
        let now = look()
        guard now != seen else { throw error }
        seen = now
      }
    }
    return try read()
  }
}
