import Equations
import Foundation
import GoldenFixtures
import HDF5
import Oracle
import Testing

@Suite("Regeneration")
struct RegenerationTests {
  let scratch: ScratchFolder
  let formulations: [Formulation]

  init() throws {
    scratch = try ScratchFolder()
    formulations = try Formulations.named("cs224d-gru", "padhai-gru")
  }

  @Test("makes the same bytes in any folder, and less than 4 MB of them")
  func deterministic() async throws {
    let first = try await WholeSet.folder.value.contents()
    let summary = try await Regeneration(
      scratch.fixtures, of: Formulations.all, isComplete: true
    ).run { _ in }
    let names = Set(first.keys)
    #expect(names.count == Formulations.all.count + 2)
    #expect(names.isSuperset(of: ["manifest.json", "README.md"]))
    #expect(Set(summary.byName.keys) == names)
    #expect(summary.byName.values.allSatisfy { $0 == .added })
    #expect(try scratch.contents() == first)
    #expect(first.values.reduce(0) { $0 + $1.count } < 16_000_000)
  }

  /// The released files have the content that is made now; their bytes may be another libhdf5's.
  @Test("makes what is in the checkout")
  func released() async throws {
    let checkout = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("fixtures").path
    func contents(_ folder: FixtureFolder) throws -> [String: String] {
      Dictionary(
        uniqueKeysWithValues: try folder.manifest().files.map { ($0.file, $0.contentSHA256) })
    }
    let made = try await WholeSet.folder.value
    #expect(try contents(FixtureFolder(checkout)) == contents(made.fixtures))
    #expect(
      try String(contentsOfFile: checkout + "/README.md", encoding: .utf8)
        == String(decoding: try made.read("README.md"), as: UTF8.self))
  }

  @Test("writes a manifest with the digests of every file")
  func digests() async throws {
    let whole = try await WholeSet.folder.value
    let manifest = try whole.fixtures.manifest()
    #expect(Set(manifest.files.map(\.formulation)) == Set(Formulations.all.map(\.id)))
    for entry in manifest.files {
      let bytes = [UInt8](try whole.read(entry.file))
      #expect(Digest.sha256(bytes) == entry.sha256)
      #expect(try ContentWalk(bytes, named: entry.file).digest == entry.contentSHA256)
    }
  }

  /// FIPS 180-4's own examples.
  @Test(
    "takes SHA-256 for a digest",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
  func sha256(text: String, digest: String) {
    #expect(Digest.sha256(Array(text.utf8)) == digest)
  }

  @Test("writes what is read back", arguments: Formulations.all)
  func readBack(formulation: Formulation) async throws {
    let fixture = try await WholeSet.folder.value.fixtures.fixture(of: formulation)
    #expect(fixture.formulation == formulation.id)
    let families = CaseFamily.all(of: formulation)
    #expect(fixture.cases.map(\.name) == families.map(\.name))
    let reference = try Reference(formulation)
    for (golden, family) in zip(fixture.cases, families) {
      #expect(golden.flags == MeasuredFlags.current[formulation.id, family.name])
      #expect(golden.regime == family.regime)
      // Relu's kinks are kept clear of by a later seed.
      #expect(golden.seed >= family.seed && golden.seed - family.seed < 10_000)
      #expect(golden.problem == family.problem(for: formulation, seed: golden.seed))
      guard ["generic", "ragged", "no-steps", "tiny"].contains(family.name) else { continue }
      let goldens = try reference.goldens(for: golden.problem)
      #expect(golden.answers == goldens.answers)
      #expect(golden.scales == goldens.scales)
    }
  }

  @Test("leaves a file alone whose content is as it was")
  func unchanged() async throws {
    try await scratch.regenerate(formulations)
    func identities() throws -> [String: [String]] {
      try Dictionary(
        uniqueKeysWithValues: scratch.contents().keys.map { name in
          let attributes = try FileManager.default.attributesOfItem(
            atPath: scratch.path + "/" + name)
          return (
            name,
            [
              "\(attributes[.systemFileNumber] ?? 0)",
              "\((attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0)",
            ]
          )
        })
    }
    let before = try identities()
    #expect(try await scratch.regenerate(formulations).values.allSatisfy { $0 == .unchanged })
    #expect(try identities() == before)

    // One file that is damaged is the only one that is replaced.
    try scratch.write([1, 2, 3], "padhai-gru.h5")
    let outcomes = try await scratch.regenerate(formulations)
    #expect(outcomes["padhai-gru.h5"] == wholeFile)
    let after = try identities()
    #expect(before.keys.filter { before[$0] != after[$0] } == ["padhai-gru.h5"])
    #expect(try await scratch.check(formulations).values.allSatisfy { $0 == .unchanged })
  }

  private let wholeFile = Regeneration.Outcome.changed([
    "the whole file: it is not the one in the manifest"
  ])

  @Test("leaves a file alone that another libhdf5 wrote with the same content")
  func otherBytes() async throws {
    try await scratch.regenerate(formulations)
    let padded = [UInt8](try scratch.read("padhai-gru.h5")) + [0]
    try scratch.write(padded, "padhai-gru.h5")
    let manifest = try scratch.fixtures.manifest()
    try scratch.write(
      try Manifest(
        files: manifest.files.map { entry in
          guard entry.file == "padhai-gru.h5" else { return entry }
          return .init(
            formulation: entry.formulation, file: entry.file, sha256: Digest.sha256(padded),
            contentSHA256: entry.contentSHA256)
        }
      ).encoded(), "manifest.json")
    #expect(try await scratch.regenerate(formulations).values.allSatisfy { $0 == .unchanged })
    #expect(try [UInt8](scratch.read("padhai-gru.h5")) == padded)
    #expect(try scratch.fixtures.fixture(of: formulations[1]).cases.count == 2)
  }

  @Test("mends a manifest whose entries are wrong without touching the files")
  func wrongEntry() async throws {
    try await scratch.regenerate(formulations)
    let right = try scratch.contents()
    let entries = try scratch.fixtures.manifest().files
    try scratch.write(
      try Manifest(
        files: entries.map {
          .init(
            formulation: $0.formulation, file: $0.file, sha256: $0.sha256, contentSHA256: "0")
        }
      ).encoded(), "manifest.json")
    let outcomes = try await scratch.regenerate(formulations)
    #expect(outcomes["padhai-gru.h5"] == .rewritten)
    #expect(outcomes["manifest.json"] == .changed([]))
    #expect(try scratch.contents() == right)
  }

  // MARK: check

  @Test("is checked without a change: what differs is said with its place")
  func check() async throws {
    try await scratch.regenerate(formulations + Formulations.named("donahue-lstm"))
    let path = "/cases/one-step/expected/sequence/s"
    let edited = try FileEditor.edited(
      [UInt8](try scratch.read("padhai-gru.h5")), .set(0.5, at: 1, of: path))
    try scratch.write(edited, "padhai-gru.h5")
    try scratch.remove("cs224d-gru.h5")
    try scratch.write("other".utf8, "README.md")
    // A manifest that vouches for the edited file, digest of the content included.
    let entries = try scratch.fixtures.manifest().files.map { entry in
      entry.file != "padhai-gru.h5"
        ? entry
        : Manifest.Entry(
          formulation: entry.formulation, file: entry.file, sha256: Digest.sha256(edited),
          contentSHA256: entry.contentSHA256)
    }
    try scratch.write(try Manifest(files: entries).encoded(), "manifest.json")

    let before = try scratch.contents()
    let names = try scratch.names()
    let outcomes = try await scratch.check(formulations)
    #expect(try scratch.contents() == before)
    #expect(try scratch.names() == names)

    #expect(outcomes["cs224d-gru.h5"] == .added)
    #expect(outcomes["donahue-lstm.h5"] == .removed)
    #expect(outcomes["README.md"] == .changed([]))
    #expect(outcomes["manifest.json"] == .changed([]))
    guard case .changed(let places) = outcomes["padhai-gru.h5"] else {
      Issue.record(
        "padhai-gru.h5 should differ, is \(String(describing: outcomes["padhai-gru.h5"]))")
      return
    }
    #expect(places.contains(path))
    // The editor keeps no dimension scales: these are the only other differences.
    #expect(places.filter { !$0.contains("@") } == [path])

    // What is said is what is then done.
    #expect(try await scratch.regenerate(formulations) == outcomes)
    #expect(try await scratch.check(formulations).values.allSatisfy { $0 == .unchanged })
  }

  @Test("is checked where there is no folder, and makes none")
  func checkNothing() async throws {
    let folder = FixtureFolder(scratch.path + "/none")
    let summary = try await Regeneration(
      folder, of: formulations, families: Families.small, isComplete: true
    ).check { _ in }
    #expect(summary.byName.values.allSatisfy { $0 == .added })
    #expect(try scratch.names() == [])
  }

  // MARK: Parts of a set

  @Test("of a part keeps the rest")
  func partial() async throws {
    try await scratch.regenerate(formulations)
    let before = try scratch.contents()
    let outcomes = try await scratch.regenerate(
      [formulations[1]], Families.other, isComplete: false)
    #expect(Set(outcomes.keys) == ["README.md", "manifest.json", "padhai-gru.h5"])
    #expect(try scratch.read("cs224d-gru.h5") == before["cs224d-gru.h5"])
    #expect(try scratch.read("padhai-gru.h5") != before["padhai-gru.h5"])
    #expect(try scratch.fixtures.formulations() == ["cs224d-gru", "padhai-gru"])
    for formulation in formulations { _ = try scratch.fixtures.fixture(of: formulation) }
  }

  @Test("of a part does not drop the rest because the manifest cannot be read")
  func partialWithoutManifest() async throws {
    try await scratch.regenerate(formulations)
    try scratch.writeManifest("{}")
    let before = try scratch.contents()
    await #expect(throws: FixtureError.self) {
      try await scratch.regenerate([formulations[1]], isComplete: false)
    }
    #expect(try scratch.contents() == before)
    #expect(try await scratch.regenerate(formulations)["manifest.json"] == .changed([]))
    #expect(try scratch.fixtures.formulations().count == 2)
  }

  @Test("of the whole removes files of the manifest that no formulation has, and no others")
  func obsolete() async throws {
    try await scratch.regenerate(formulations)
    try scratch.write("mine".utf8, "notes.txt")
    let outcomes = try await scratch.regenerate([formulations[1]])
    #expect(outcomes["cs224d-gru.h5"] == .removed)
    #expect(
      try scratch.contents().keys.sorted() == [
        "README.md", "manifest.json", "notes.txt", "padhai-gru.h5",
      ])
  }

  @Test("mends files that cannot be read")
  func unreadable() async throws {
    try await scratch.regenerate(formulations)
    let right = try scratch.contents()
    try scratch.install(Array("no HDF5".utf8), of: "padhai-gru")
    guard case .changed(let places) = try await scratch.check(formulations)["padhai-gru.h5"] else {
      Issue.record("padhai-gru.h5 should differ")
      return
    }
    #expect(places.count == 1 && places[0].contains("not an HDF5 file"), "\(places)")
    try await scratch.regenerate(formulations)
    #expect(try scratch.contents() == right)

    try scratch.remove("padhai-gru.h5")
    #expect(mkfifo(scratch.path + "/padhai-gru.h5", 0o600) == 0)
    try await scratch.regenerate(formulations)
    #expect(try scratch.contents() == right)
  }

  @Test("stops when it is cancelled, and leaves everything as it was")
  func cancelled() async throws {
    try await scratch.regenerate(formulations, Families.other)
    let before = try scratch.contents()
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await scratch.regenerate(formulations)
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try scratch.contents() == before)
    #expect(try !scratch.names().contains { $0.hasPrefix(".staging") })
  }
}
