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
    try write(data, to: STDOUT_FILENO)
  }

  private static func write(_ data: Data, to descriptor: Int32) throws(WriteError) {
    var rest = data[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw WriteError(code: errno)
      }
      rest = rest.dropFirst(count)
    }
  }

  /// Writes to stderr; where that fails there is nobody to tell.
  private static func writeMessage(_ text: String) {
    try? write(Data(text.utf8), to: STDERR_FILENO)
  }

  /// Writes text to stdout.
  static func write(_ text: String) throws { try write(Data(text.utf8)) }

  /// Writes a line to stderr.
  static func message(_ text: String) {
    clearProgress()
    writeMessage(text + "\n")
  }

  /// Whether stdout is a terminal that wants color.
  static var wantsColor: Bool {
    isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"]?.isEmpty ?? true
  }

  /// The columns of the terminal on stdout; 100 elsewhere.
  static var width: Int {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
    return Int(size.ws_col)
  }

  private static let isAnimated =
    isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  private static let progressLine = Mutex("")

  /// Shows how far the work is, on one line of a terminal; nothing elsewhere.
  static func progress(_ text: String) {
    guard isAnimated else { return }
    progressLine.withLock {
      $0 = text
      writeMessage("\r\u{1B}[K\(text)")
    }
  }

  /// Takes the progress line away.
  static func clearProgress() {
    progressLine.withLock {
      guard !$0.isEmpty else { return }
      $0 = ""
      writeMessage("\r\u{1B}[K")
    }
  }
}
