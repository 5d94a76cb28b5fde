import CHDF5
import Foundation

/// libhdf5, which one thread at a time may use.
///
/// Distributions build libhdf5 without thread safety, so every call lies between `enter` and
/// `leave`. The lock is recursive: closing an identifier enters again.
enum Library {
  private static let lock = NSRecursiveLock()

  /// Waits until no other thread uses libhdf5, and keeps it from printing errors: whether it does
  /// is a setting of each thread.
  static func enter() {
    lock.lock()
    H5Eset_auto2(chdf5_default_error_stack(), nil, nil)
  }

  /// Lets other threads use libhdf5.
  static func leave() {
    lock.unlock()
  }

  /// The error stack of the last call, from the call itself to the innermost cause.
  static func errorStack() -> [String] {
    var lines: [String] = []
    withUnsafeMutablePointer(to: &lines) { lines in
      _ = H5Ewalk2(
        chdf5_default_error_stack(), H5E_WALK_DOWNWARD,
        { _, entry, lines in
          guard let entry = entry?.pointee else { return 0 }
          let function = entry.func_name.map { String(cString: $0) } ?? "libhdf5"
          let reason = entry.desc.map { String(cString: $0) } ?? "failed"
          lines?.assumingMemoryBound(to: [String].self).pointee.append("\(function): \(reason)")
          return 0
        }, lines)
    }
    return lines
  }
}
