import Foundation

/// Another program that reads and writes HDF5 files.
enum ExternalTool {
  /// Whether python3 has h5py.
  static let hasH5py = (try? run("python3", "-c", "import h5py"))?.status == 0
  /// Whether h5dump is installed.
  static let hasH5dump = (try? run("h5dump", "--version"))?.status == 0

  /// Runs a program to its end.
  ///
  /// - Returns: its exit status, and its standard output and error together.
  static func run(_ arguments: String...) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
