import Foundation

/// A call of the operating system that failed.
struct DiskError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was tried, in words.
  let action: String
  /// The reason, as `errno` gives it.
  let code: Int32

  var description: String { "\(action) failed: \(String(cString: strerror(code)))" }

  /// Throws what `errno` says unless the call succeeded.
  static func check(_ status: Int32, _ action: @autoclosure () -> String) throws(DiskError) {
    guard status != 0 else { return }
    // Read before `action` is made: that may change it.
    let code = errno
    throw DiskError(action: action(), code: code)
  }
}
