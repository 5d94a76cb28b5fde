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
    /// Its content differs, in a fixture at these places inside it.
    case changed([String])
    /// Its content is as it should be and its entry in the manifest is not.
    case rewritten
    /// No formulation has it any more.
    case removed
  }

  /// What a regeneration did, or would do.
  public struct Summary: Sendable {
    /// The outcome of each file, by name.
    public var outcomes: [(file: String, outcome: Outcome)] = []

    /// Whether every file was as it should be.
    public var isUnchanged: Bool { outcomes.allSatisfy { $0.outcome == .unchanged } }
  }

  private let folder: FixtureFolder
  private let formulations: [Formulation]
  private let families: [CaseFamily]?
  private let isComplete: Bool
  private let beforeStep: @Sendable (FixtureTransaction.Step) throws -> Void

  /// A regeneration of some formulations' files.
  ///
  /// - Parameters:
  ///   - folder: where the fixtures are; it is made if needed.
  ///   - formulations: whose files to make.
  ///   - isComplete: whether these are all there are, so that other files of the manifest are removed.
  public init(_ folder: FixtureFolder, of formulations: [Formulation], isComplete: Bool) {
    self.init(folder, of: formulations, families: nil, isComplete: isComplete)
  }

  /// A regeneration with some of the cases, which may be stopped between its steps.
  ///
  /// - Parameters:
  ///   - families: the cases of every formulation; nil for each one's own.
  ///   - beforeStep: as of `FixtureTransaction`.
  package init(
    _ folder: FixtureFolder, of formulations: [Formulation], families: [CaseFamily]?,
    isComplete: Bool,
    beforeStep: @escaping @Sendable (FixtureTransaction.Step) throws -> Void = { _ in }
  ) {
    self.folder = folder
    self.formulations = formulations
    self.families = families
    self.isComplete = isComplete
    self.beforeStep = beforeStep
  }

  /// Makes the files and puts those that differ in place, all at once.
  ///
  /// - Parameter progress: called as each formulation's goldens are done, with its identifier.
  /// - Throws: `FixtureError` where files cannot be written, `HDF5Error` where libhdf5 fails, `OracleError`
  ///   where a golden is not decided or not confirmed, `CancellationError`; unless the message says
  ///   otherwise the fixtures are then as they were.
  public func run(progress: @escaping @Sendable (String) -> Void) async throws -> Summary {
    let transaction = try FixtureTransaction(folder, beforeStep: beforeStep)
    let files = try await files(progress: progress)
    try Task.checkCancellation()
    let summary = Summary(files)
    guard !summary.isUnchanged else { return summary }
    for file in files {
      guard let bytes = file.bytes else { continue }
      try transaction.stage(bytes, as: file.name)
    }
    try transaction.commit()
    return summary
  }

  /// Says what `run` would do, and changes nothing.
  ///
  /// - Throws: as `run`, but for what has to do with writing.
  public func check(progress: @escaping @Sendable (String) -> Void) async throws -> Summary {
    Summary(try await files(progress: progress))
  }

  // MARK: Making the files

  /// A file as it should be.
  fileprivate struct File: Sendable {
    let name: String
    let outcome: Outcome
    /// Its bytes, where those in the folder are others.
    let bytes: [UInt8]?
  }

  /// Every file of the set, and those that the set no longer has.
  private func files(progress: @escaping @Sendable (String) -> Void) async throws -> [File] {
    let old = try oldManifest()
    var entries: [Manifest.Entry] = []
    var files: [File] = []
    for (file, entry) in try await fixtures(old, progress: progress) {
      files.append(file)
      entries.append(entry)
    }
    let made = Set(entries.map(\.file))
    for entry in old?.files ?? [] where !made.contains(entry.file) {
      if isComplete {
        files.append(File(name: entry.file, outcome: .removed, bytes: nil))
      } else {
        entries.append(entry)
      }
    }
    files.append(textFile(Manifest.name, try Manifest(files: entries).encoded()))
    files.append(textFile(FixtureGuide.name, Array(FixtureGuide.text.utf8)))
    return files.sorted { $0.name < $1.name }
  }

  /// The manifest to go on from; none where there is none, or where a complete set replaces a wrong one.
  private func oldManifest() throws(FixtureError) -> Manifest? {
    do {
      return try folder.manifest()
    } catch {
      // To make a part of the set anew without its manifest would lose the rest.
      guard isComplete || error.code == .missing else { throw error }
      return nil
    }
  }

  private func textFile(_ name: String, _ text: [UInt8]) -> File {
    let existing = folder.location(of: name)
    guard DiskFile.identity(existing) != nil else {
      return File(name: name, outcome: .added, bytes: text)
    }
    let isSame = (try? DiskFile.bytes(existing)) == text
    return File(
      name: name, outcome: isSame ? .unchanged : .changed([]), bytes: isSame ? nil : text)
  }

  /// The fixtures, as many at a time as there are cores.
  private func fixtures(
    _ old: Manifest?, progress: @escaping @Sendable (String) -> Void
  ) async throws -> [(File, Manifest.Entry)] {
    try await withThrowingTaskGroup(of: (File, Manifest.Entry).self) { group in
      var results: [(File, Manifest.Entry)] = []
      var waiting = formulations[...]
      func start() {
        guard let next = waiting.popFirst() else { return }
        group.addTask {
          let bytes = try fixture(of: next)
          defer { progress(next.id) }
          return try compare(bytes, of: next, with: old?[next.id])
        }
      }
      for _ in 0..<max(1, ProcessInfo.processInfo.activeProcessorCount) { start() }
      while let result = try await group.next() {
        results.append(result)
        try Task.checkCancellation()
        start()
      }
      return results
    }
  }

  /// The bytes of a formulation's file.
  private func fixture(of formulation: Formulation) throws -> [UInt8] {
    let reference = try Reference(formulation)
    var cases: [GoldenCase] = []
    for family in families ?? CaseFamily.all(of: formulation) {
      try Task.checkCancellation()
      cases.append(try GoldenCase(family, of: reference))
    }
    return try FixtureWriter.bytes(
      of: FormulationFixture(formulation: formulation.id, cases: cases), of: formulation)
  }

  /// What becomes of a formulation's file, and its entry in the new manifest.
  private func compare(
    _ bytes: [UInt8], of formulation: Formulation, with old: Manifest.Entry?
  ) throws -> (File, Manifest.Entry) {
    let name = FixtureSchema.fileName(of: formulation.id)
    let content = try ContentWalk(bytes, named: name)
    func entry(_ sha256: String) -> Manifest.Entry {
      Manifest.Entry(
        formulation: formulation.id, file: name, sha256: sha256, contentSHA256: content.digest)
    }
    let new = entry(Digest.sha256(bytes))
    func replaced(_ outcome: Outcome) -> (File, Manifest.Entry) {
      (File(name: name, outcome: outcome, bytes: bytes), new)
    }
    func kept(_ entry: Manifest.Entry) -> (File, Manifest.Entry) {
      (File(name: name, outcome: old == entry ? .unchanged : .rewritten, bytes: nil), entry)
    }

    let existing: [UInt8]
    do {
      existing = try DiskFile.bytes(folder.location(of: name))
    } catch {
      return replaced(
        error.code == ENOENT ? .added : .changed(["the whole file: \(error)"]))
    }
    if existing == bytes { return kept(new) }
    // The bytes are not to be trusted to libhdf5 unless the manifest vouches for them.
    guard let old, Digest.sha256(existing) == old.sha256 else {
      return replaced(.changed(["the whole file: it is not the one in the manifest"]))
    }
    let before: ContentWalk
    do {
      before = try ContentWalk(existing, named: name)
    } catch {
      return replaced(.changed(["the whole file: \(error)"]))
    }
    let places = Set(before.digests.keys).union(content.digests.keys)
      .filter { before.digests[$0] != content.digests[$0] }
    // The same content written by another libhdf5 stays as it is.
    return places.isEmpty ? kept(entry(old.sha256)) : replaced(.changed(places.sorted()))
  }
}

extension Regeneration.Summary {
  fileprivate init(_ files: [Regeneration.File]) {
    outcomes = files.map { ($0.name, $0.outcome) }
  }
}
