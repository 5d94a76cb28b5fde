import Foundation
import Testing

/// The real binary, run in a fresh folder.
struct Tool {
  /// What a run left.
  struct Outcome {
    let status: Int32
    let signal: Int32?
    let output: String
    let errors: String
  }

  /// A fresh folder, removed with the tool.
  final class Folder {
    let path: String

    init() throws {
      let url = FileManager.default.temporaryDirectory
        .appendingPathComponent("rnncheck-tests-\(UInt64.random(in: .min ... .max))")
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a text file and returns its path.
    func write(_ text: String, to name: String) throws -> String {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
      return path + "/" + name
    }

    /// Copies the bundled fixtures of some formulations into a folder of their own, manifest and all.
    func copyFixtures() throws -> String {
      let copy = path + "/fixtures"
      try FileManager.default.copyItem(atPath: Tool.root + "/fixtures", toPath: copy)
      return copy
    }
  }

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// The binary beside the tests, which were built with it.
  static let binary: String = {
    let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("rnncheck").path
    return FileManager.default.isExecutableFile(atPath: beside)
      ? beside : root + "/.build/release/rnncheck"
  }()

  let folder: Folder

  init() throws { folder = try Folder() }

  /// Runs the binary to its end.
  ///
  /// - Parameters:
  ///   - interruption: a signal, and after how many seconds to send it.
  func run(
    _ arguments: String..., environment: [String: String] = [:],
    interruption: (signal: Int32, after: Double)? = nil
  ) throws -> Outcome {
    try run(arguments, environment: environment, interruption: interruption)
  }

  /// Runs the binary with a list of arguments.
  func run(
    _ arguments: [String], environment: [String: String] = [:],
    interruption: (signal: Int32, after: Double)? = nil
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.binary)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    // Files, unlike pipes, are never full.
    let names = ["output", "errors"].map {
      folder.path + "/.\($0)-\(UInt64.random(in: .min ... .max))"
    }
    for name in names { _ = FileManager.default.createFile(atPath: name, contents: nil) }
    process.standardOutput = FileHandle(forWritingAtPath: names[0])
    process.standardError = FileHandle(forWritingAtPath: names[1])
    try process.run()
    if let interruption {
      Thread.sleep(forTimeInterval: interruption.after)
      kill(process.processIdentifier, interruption.signal)
    }
    process.waitUntilExit()
    let texts = names.map {
      String(decoding: FileManager.default.contents(atPath: $0) ?? Data(), as: UTF8.self)
    }
    let isSignal = process.terminationReason == .uncaughtSignal
    return Outcome(
      status: process.terminationStatus, signal: isSignal ? process.terminationStatus : nil,
      output: texts[0], errors: texts[1])
  }
}
