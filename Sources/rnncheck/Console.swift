import Foundation
import Synchronization

/// What the commands write: data to stdout, messages and progress to stderr.
enum Console {
  /// A failure to write to stdout.
  struct WriteError: Error, CustomStringConvertible {
    let code: Int32
    var description: String { "stdout cannot be written: \(String(cString: strerror(code)))" }
  }

  /// Writes data to stdout.
  ///
  /// - Throws: `WriteError` where it cannot, as on a full disk.
  static func write(_ data: Data) throws {
    clearProgress()
    try data.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = Foundation.write(
          STDOUT_FILENO, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0 {
          if errno == EINTR { continue }
          throw WriteError(code: errno)
        }
        rest = rest.dropFirst(count)
      }
    }
  }

  /// Writes text to stdout.
  static func write(_ text: String) throws { try write(Data(text.utf8)) }

  /// Writes a line to stderr.
  static func message(_ text: String) {
    clearProgress()
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// Whether stdout is a terminal that wants color.
  static var wantsColor: Bool {
    isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"]?.isEmpty ?? true
  }

  private static let isAnimated =
    isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  private static let progressLine = Mutex("")

  /// Shows how far the work is, on one line of a terminal; nothing elsewhere.
  static func progress(_ text: String) {
    guard isAnimated else { return }
    progressLine.withLock {
      $0 = text
      FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8))
    }
  }

  /// Takes the progress line away.
  static func clearProgress() {
    progressLine.withLock {
      guard !$0.isEmpty else { return }
      $0 = ""
      FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    }
  }
}
