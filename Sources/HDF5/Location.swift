/// A place to report in an error: a file and a path inside it.
struct Location: Hashable, Sendable {
  let file: String
  let path: String

  /// An error that this module found itself, or made out from an error stack of before.
  func refusal(
    _ code: HDF5Error.Code, _ message: String, stack: [String] = []
  ) -> HDF5Error {
    HDF5Error(code: code, message: message, file: file, path: path, stack: stack)
  }

  /// An error of the libhdf5 call just made: no other call may come in between, as each clears the
  /// error stack.
  func failure(_ code: HDF5Error.Code, _ message: String) -> HDF5Error {
    refusal(code, message, stack: Library.errorStack())
  }

  /// Throws unless the status that a libhdf5 call returned is a success.
  func check(_ status: Int32, _ message: @autoclosure () -> String) throws(HDF5Error) {
    guard status >= 0 else { throw failure(.library, message()) }
  }
}
