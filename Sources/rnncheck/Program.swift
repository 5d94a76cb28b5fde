import Foundation

/// This program.
enum Program {
  /// The path of its binary.
  static var path: String { Bundle.main.executablePath ?? CommandLine.arguments[0] }
}
