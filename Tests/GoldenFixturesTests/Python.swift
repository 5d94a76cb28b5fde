import Foundation

/// Python with h5py, where it is installed: another writer of HDF5 files.
enum Python {
  static let hasH5py = (try? run("import h5py")) != nil

  struct Failure: Error, CustomStringConvertible { let description: String }

  /// Runs a script to its end.
  static func run(_ script: String, _ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: String(decoding: output, as: UTF8.self))
    }
  }
}
