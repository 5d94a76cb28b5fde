import CHDF5

/// An identifier that libhdf5 gave out, closed when it goes out of scope.
struct Identifier: ~Copyable {
  typealias Closer = @convention(c) (hid_t) -> herr_t

  let raw: hid_t
  private let closer: Closer

  /// Takes the identifier that a libhdf5 call just returned.
  ///
  /// - Throws: the error where the call failed; it is made before any other call.
  init(
    _ raw: hid_t, closedBy closer: Closer, orThrow error: @autoclosure () -> HDF5Error
  ) throws(HDF5Error) {
    guard raw >= 0 else { throw error() }
    self.raw = raw
    self.closer = closer
  }

  /// Closes the identifier and returns libhdf5's status.
  consuming func close() -> herr_t {
    let status = closer(raw)
    discard self
    return status
  }

  deinit {
    Library.enter()
    defer { Library.leave() }
    _ = closer(raw)
  }
}
