import Equations
import Foundation
import GoldenFixtures
import Testing

@Suite("A folder that cannot be read or written")
struct BadFolderTests {
  let scratch: ScratchFolder
  let formulation: Formulation

  init() throws {
    scratch = try ScratchFolder()
    formulation = try Formulations.named("padhai-gru")
  }

  @Test("is missing, or no folder")
  func missingFolder() throws {
    for path in [scratch.path + "/none", "", "/dev/null", "\u{0}"] {
      let error = expectError(.missing) { try FixtureFolder(path).fixture(of: formulation) }
      #expect(error?.file == path)
      #expect(error?.message.contains("rnncheck regenerate") == true)
    }
  }

  @Test("has no manifest")
  func missingManifest() throws {
    let error = expectError(.missing) { try scratch.fixtures.fixture(of: formulation) }
    #expect(error?.file == scratch.path + "/manifest.json")
    #expect(error?.message == "the manifest is missing; 'rnncheck regenerate' makes it")
  }

  @Test("has a manifest that is no file")
  func manifestFolder() throws {
    let path = scratch.path + "/manifest.json"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    expectError(.missing) { try scratch.fixtures.formulations() }
    try scratch.remove("manifest.json")
    #expect(mkfifo(path, 0o600) == 0)
    expectError(.missing) { try scratch.fixtures.formulations() }
    try scratch.remove("manifest.json")
    #expect(symlink("/dev/zero", path) == 0)
    expectError(.missing) { try scratch.fixtures.formulations() }
  }

  private static func manifest(
    format: String = "rnncheck-manifest", version: String = "1", files: String = ""
  ) -> String {
    #"{"format": "\#(format)", "version": \#(version), "files": [\#(files)]}"#
  }

  private static func entry(_ formulation: String, _ file: String) -> String {
    #"{"formulation": "\#(formulation)", "file": "\#(file)", "sha256": "0", "content_sha256": "0"}"#
  }

  @Test(
    "has a manifest that is none",
    arguments: [
      ("", "not a manifest"), ("{", "not a manifest"), ("[]", "not a manifest"),
      ("null", "not a manifest"), ("{}", "format"), ("\u{FEFF}", "not a manifest"),
      (String(repeating: "[", count: 100_000), "not a manifest"),
      (#"{"format": 1, "version": 1, "files": []}"#, "format"),
      (#"{"format": "rnncheck-manifest", "version": 1}"#, "files"),
      (#"{"format": "rnncheck-manifest", "version": 1, "files": [{}]}"#, "formulation"),
      (manifest(format: "other"), "'other' version 1, expected 'rnncheck-manifest' version 1"),
      (manifest(version: "2"), "use a newer rnncheck"),
      (manifest(version: "0"), "'rnncheck regenerate' makes a new one"),
      (manifest(version: "1e99"), "not a manifest"), (manifest(version: "\"1\""), "version"),
      (manifest(files: entry("a", "../../../etc/passwd")), "'../../../etc/passwd'"),
      (manifest(files: entry("a", "/etc/passwd")), "'/etc/passwd'"),
      (manifest(files: entry("a", "a/a.h5")), "'a.h5'"),
      (manifest(files: entry("a", "manifest.json")), "'a.h5'"),
      (manifest(files: entry("../a", "../a.h5")), "'...a.h5'"),
      (manifest(files: entry(#"README.md\u0000"#, #"README.md\u0000.h5"#)), #"README.md\0"#),
      (manifest(files: entry("a", "a.h5") + "," + entry("a", "a.h5")), "two entries"),
      (manifest(files: entry("a/b", "a.b.h5") + "," + entry("a.b", "a.b.h5")), "two entries"),
    ])
  func wrongManifest(text: String, part: String) async throws {
    try scratch.writeManifest(text)
    let error = expectError(.format) { try scratch.fixtures.fixture(of: formulation) }
    #expect(error?.file == scratch.path + "/manifest.json")
    #expect(error?.message.contains(part) == true, "\(String(describing: error))")
    #expect(error?.message.contains("\n") == false)

    // A complete set replaces it, and nothing that it names is touched.
    try scratch.write("mine".utf8, "a.h5")
    try await scratch.regenerate([formulation])
    #expect(try scratch.fixtures.formulations() == ["padhai-gru"])
    #expect(try scratch.read("a.h5") == Data("mine".utf8))
  }

  @Test("has a manifest without the formulation, or no file of it")
  func missingFile() async throws {
    try scratch.writeManifest(Self.manifest())
    var error = expectError(.missing) { try scratch.fixtures.fixture(of: formulation) }
    #expect(error?.message.contains("rnncheck regenerate padhai-gru") == true)

    try await scratch.regenerate([formulation])
    try scratch.remove("padhai-gru.h5")
    error = expectError(.missing) { try scratch.fixtures.fixture(of: formulation) }
    #expect(error?.file == scratch.path + "/padhai-gru.h5")
    #expect(error?.message.hasPrefix("the file is missing") == true)
  }

  @Test("has something else than a file in a fixture's place")
  func notAFile() async throws {
    try await scratch.regenerate([formulation])
    let path = scratch.path + "/padhai-gru.h5"
    try scratch.remove("padhai-gru.h5")
    for make in [{ mkdir(path, 0o700) }, { symlink("/dev/zero", path) }, { symlink(path, path) }] {
      #expect(make() == 0)
      let error = expectError(.missing) { try scratch.fixtures.fixture(of: formulation) }
      #expect(error?.message.hasPrefix("the file is unreadable") == true)
      try scratch.remove("padhai-gru.h5")
    }
    // More than any fixture, though it takes no room.
    try scratch.write([], "padhai-gru.h5")
    #expect(truncate(path, 1 << 40) == 0)
    let error = expectError(.missing) { try scratch.fixtures.fixture(of: formulation) }
    #expect(error?.message.contains("File too large") == true)
  }

  // MARK: Writing

  @Test(
    "cannot be made",
    arguments: ["/dev/null/fixtures", "/dev/null", "/proc/fixtures", "/proc/self/fd/none/x", ""])
  func unwritable(path: String) async throws {
    await expectUnwritable(path)
  }

  @Test("lies under a file")
  func underFile() async throws {
    try scratch.write([], "file")
    await expectUnwritable(scratch.path + "/file/fixtures")
    await expectUnwritable(scratch.path + "/file")
    #expect(try scratch.names() == ["file"])
  }

  private func expectUnwritable(
    _ path: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async {
    do {
      _ = try await Regeneration(
        FixtureFolder(path), of: [formulation], families: Families.other, isComplete: true
      ).run { _ in }
      Issue.record("expected an error", sourceLocation: sourceLocation)
    } catch let error as FixtureError {
      #expect(error.code == .unwritable, sourceLocation: sourceLocation)
      #expect(error.file == path, sourceLocation: sourceLocation)
      #expect(!error.message.contains("Success"), "\(error)", sourceLocation: sourceLocation)
      #expect(
        error.message.hasSuffix("the fixtures are as they were"), "\(error)",
        sourceLocation: sourceLocation)
    } catch {
      Issue.record("\(error)", sourceLocation: sourceLocation)
    }
  }

  /// Permissions do not bind root.
  @Test("is read-only", .enabled(if: getuid() != 0))
  func readOnly() async throws {
    try await scratch.regenerate([formulation], Families.other)
    let before = try scratch.contents()
    #expect(chmod(scratch.path, 0o555) == 0)
    defer { chmod(scratch.path, 0o755) }
    await #expect(throws: FixtureError.self) { try await scratch.regenerate([formulation]) }
    #expect(try scratch.contents() == before)
    _ = try scratch.fixtures.fixture(of: formulation)
  }

  @Test("has a folder in a file's place, which is found before anything is replaced")
  func folderInPlace() async throws {
    try await scratch.regenerate([formulation], Families.other)
    let manifest = try scratch.read("manifest.json")
    let readme = scratch.path + "/README.md"
    try scratch.remove("README.md")
    try FileManager.default.createDirectory(atPath: readme, withIntermediateDirectories: true)
    do {
      try await scratch.regenerate([formulation])
      Issue.record("expected an error")
    } catch let error as FixtureError {
      #expect(error.code == .unwritable)
      #expect(error.message.contains("README.md"))
    }
    #expect(try scratch.read("manifest.json") == manifest)
    _ = try scratch.fixtures.fixture(of: formulation)
  }
}
