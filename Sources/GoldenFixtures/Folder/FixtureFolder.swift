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

  func manifest() throws(FixtureError) -> Manifest {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
    else {
      throw FixtureError(
        code: .missing, file: path,
        message: "there is no such folder of fixtures; 'rnncheck regenerate' makes one, and"
          + " --fixtures names another")
    }
    return try Manifest.read(location(of: Manifest.name))
  }

  /// Reads a formulation's cases; its bytes are checked against the manifest before libhdf5 sees them.
  ///
  /// - Throws: `FixtureError` where the file is missing, changed, damaged or of another form; `HDF5Error`
  ///   where libhdf5 cannot read it.
  public func fixture(of formulation: Formulation) throws -> FormulationFixture {
    guard let entry = try manifest()[formulation.id] else {
      throw FixtureError(
        code: .missing, file: path,
        message: "the manifest has no file for '\(formulation.id)';"
          + " 'rnncheck regenerate \(formulation.id)' makes it")
    }
    let file = location(of: entry.file)
    guard let digest = Digest.sha256(ofFile: file) else {
      throw FixtureError(
        code: .missing, file: file,
        message: "the file is missing or unreadable;"
          + " 'rnncheck regenerate \(formulation.id)' makes it anew")
    }
    guard digest == entry.sha256 else {
      throw FixtureError(
        code: .damaged, file: file,
        message: "its SHA-256 is \(digest), and the manifest says \(entry.sha256): the file was"
          + " changed or damaged; 'rnncheck regenerate \(formulation.id)' makes it anew")
    }
    return try FixtureReader.read(file, of: formulation)
  }
}
