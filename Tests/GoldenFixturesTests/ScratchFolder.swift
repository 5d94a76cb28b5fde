import Foundation

/// A folder for one test's files, removed when the test ends.
final class ScratchFolder: Sendable {
  let path: String

  init() throws {
    path = Self.root + "/" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Holds the folders of all tests; what several tests share lasts as long as the process.
  private static let root: String = {
    atexit { try? FileManager.default.removeItem(atPath: ScratchFolder.root) }
    return FileManager.default.temporaryDirectory
      .appendingPathComponent("rnncheck-fixtures-\(getpid())").path
  }()

  /// The names of what is in the folder, dotfiles too, sorted.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }

  /// The bytes of every file in the folder by name, `.lock` aside.
  func contents() throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for name in try names() where name != ".lock" { contents[name] = try read(name) }
    return contents
  }

  func read(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path + "/" + name))
  }

  func write(_ data: some Sequence<UInt8>, _ name: String) throws {
    try Data(data).write(to: URL(fileURLWithPath: path + "/" + name))
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: path + "/" + name)
  }

  /// A folder with the same files.
  func copy() throws -> ScratchFolder {
    let other = try ScratchFolder()
    for name in try names() where name != ".lock" {
      try FileManager.default.copyItem(
        atPath: path + "/" + name, toPath: other.path + "/" + name)
    }
    return other
  }
}
