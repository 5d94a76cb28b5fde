import Equations
import Foundation
import HDF5
import Oracle

/// Makes the fixtures anew from the formulations and the case families.
public struct Regeneration: Sendable {
  /// What became of a file.
  public enum Outcome: Hashable, Sendable {
    /// Its content is as it was; the file was left alone.
    case unchanged
    /// It is new.
    case added
    /// Its content differs, at these places inside it.
    case changed([String])
    /// Its content is as it should be and its bytes are not those of the manifest.
    case rewritten
    /// No formulation has it any more.
    case removed
  }

  /// What a regeneration did, or would do.
  public struct Summary: Sendable {
    /// The outcome of each file that was made or removed, by name.
    public var outcomes: [(file: String, outcome: Outcome)] = []

    /// Whether every file was as it should be.
    public var isUnchanged: Bool { outcomes.allSatisfy { $0.outcome == .unchanged } }
  }

  private let folder: FixtureFolder
  private let formulations: [Formulation]
  private let isComplete: Bool

  /// A regeneration of some formulations' files.
  ///
  /// - Parameters:
  ///   - folder: where the fixtures are; it is made if needed.
  ///   - formulations: whose files to make.
  ///   - isComplete: whether these are all there are, so that other files are removed.
  public init(_ folder: FixtureFolder, of formulations: [Formulation], isComplete: Bool) {
    self.folder = folder
    self.formulations = formulations
    self.isComplete = isComplete
  }

  /// Makes the files and puts those that differ in place, all at once.
  ///
  /// - Parameter progress: called as each formulation's goldens are done, with its identifier.
  /// - Throws: `FixtureError` or `HDF5Error` where files cannot be written, `OracleError` where a golden is
  ///   not decided or not confirmed, `CancellationError`; the fixtures are then as they were.
  public func run(progress: @escaping @Sendable (String) -> Void) async throws -> Summary {
    let transaction = try FixtureTransaction(folder)
    let (summary, manifest) = try await stage(in: transaction.staging, progress: progress)
    try Task.checkCancellation()
    let manifestText = try manifest.encoded()
    let guide = Data(FixtureGuide.text.utf8)
    var isWritten = false
    for (name, text) in [(Manifest.name, manifestText), (FixtureGuide.name, guide)]
    where FileManager.default.contents(atPath: folder.path + "/" + name) != text {
      isWritten = true
      do {
        try text.write(to: URL(fileURLWithPath: transaction.staging + "/" + name))
      } catch {
        throw FixtureError(
          code: .unwritable, file: folder.path,
          message: "writing \(name) failed: \(error.localizedDescription);"
            + " the fixtures are as they were")
      }
    }
    if isWritten || !summary.isUnchanged {
      try transaction.commit(
        removing: summary.outcomes.filter { $0.outcome == .removed }.map(\.file))
    }
    return summary
  }

  /// Says what `run` would do, and changes nothing.
  ///
  /// - Throws: as `run`, for the temporary files that are compared.
  public func check(progress: @escaping @Sendable (String) -> Void) async throws -> Summary {
    let temporary = FileManager.default.temporaryDirectory
      .appendingPathComponent("rnncheck-\(getpid())-\(UInt64.random(in: .min ... .max))")
    do {
      try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
    } catch {
      throw FixtureError(
        code: .unwritable, file: temporary.path,
        message: "the folder for the comparison cannot be made: \(error.localizedDescription)")
    }
    defer { try? FileManager.default.removeItem(at: temporary) }
    return try await stage(in: temporary.path, progress: progress).summary
  }

  // MARK: Making the files

  private struct Made: Sendable {
    let outcome: Outcome
    let entry: Manifest.Entry
  }

  /// Writes every file into `staging`, removes those that need not replace anything, and describes the set.
  private func stage(
    in staging: String, progress: @escaping @Sendable (String) -> Void
  ) async throws -> (summary: Summary, manifest: Manifest) {
    let old = try? folder.manifest()
    let made = try await withThrowingTaskGroup(of: Made.self) { group in
      var results: [Made] = []
      var waiting = formulations[...]
      for _ in 0..<max(1, ProcessInfo.processInfo.activeProcessorCount) {
        guard let next = waiting.popFirst() else { break }
        group.addTask { try make(next, in: staging, old: old?[next.id], progress: progress) }
      }
      while let result = try await group.next() {
        results.append(result)
        try Task.checkCancellation()
        if let next = waiting.popFirst() {
          group.addTask { try make(next, in: staging, old: old?[next.id], progress: progress) }
        }
      }
      return results
    }
    var summary = Summary()
    var entries = made.map(\.entry)
    summary.outcomes = made.map { ($0.entry.file, $0.outcome) }
    for entry in old?.files ?? [] where !entries.contains(where: { $0.file == entry.file }) {
      if isComplete {
        summary.outcomes.append((entry.file, .removed))
      } else {
        entries.append(entry)
      }
    }
    summary.outcomes.sort { $0.file < $1.file }
    return (summary, Manifest(files: entries))
  }

  private func make(
    _ formulation: Formulation, in staging: String, old: Manifest.Entry?,
    progress: @Sendable (String) -> Void
  ) throws -> Made {
    let reference = try Reference(formulation)
    var cases: [GoldenCase] = []
    for family in CaseFamily.all {
      try Task.checkCancellation()
      cases.append(try GoldenCase(family, of: reference))
    }
    let name = FixtureSchema.fileName(of: formulation.id)
    let path = staging + "/" + name
    try FixtureWriter.write(
      FormulationFixture(formulation: formulation.id, cases: cases), of: formulation, to: path)
    let content = try ContentWalk(path)
    defer { progress(formulation.id) }

    let existing = folder.location(of: name)
    let bytes = Digest.sha256(ofFile: existing)
    if let old, let bytes, bytes == old.sha256, old.contentSHA256 == content.digest {
      try FileManager.default.removeItem(atPath: path)
      return Made(outcome: .unchanged, entry: old)
    }
    guard let new = Digest.sha256(ofFile: path) else {
      throw FixtureError(code: .unwritable, file: path, message: "the new file cannot be read back")
    }
    let entry = Manifest.Entry(
      formulation: formulation.id, file: name, sha256: new, contentSHA256: content.digest)
    guard let bytes else { return Made(outcome: .added, entry: entry) }
    if bytes == new {
      // The manifest was missing or wrong; the file itself is right.
      return Made(outcome: old == entry ? .unchanged : .rewritten, entry: entry)
    }
    // The bytes are not to be trusted to libhdf5 unless the manifest vouches for them.
    guard let old, bytes == old.sha256 else {
      return Made(outcome: .changed(["the whole file: it is not the one in the manifest"]), entry: entry)
    }
    let before = try ContentWalk(existing).digests
    let places = Set(before.keys).union(content.digests.keys)
      .filter { before[$0] != content.digests[$0] }
    return Made(outcome: .changed(places.sorted()), entry: entry)
  }
}
