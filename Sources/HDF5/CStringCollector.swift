/// Gathers the names that libhdf5 tells a C callback.
enum CStringCollector {
  /// The names that `visit` adds, sorted by their bytes.
  ///
  /// - Parameters:
  ///   - location: what the names belong to.
  ///   - message: what to say where `visit` fails.
  ///   - visit: calls libhdf5 with the context given and returns its status.
  static func collect(
    at location: Location, orSay message: String, visit: (UnsafeMutableRawPointer) -> Int32
  ) throws(HDF5Error) -> [String] {
    var names: [String?] = []
    let status = withUnsafeMutablePointer(to: &names) { visit($0) }
    try location.check(status, message)
    let valid = names.compactMap { $0 }
    guard valid.count == names.count else {
      throw location.refusal(.text, "a name in here is not UTF-8")
    }
    return valid.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Adds a name; called by the C callback with the context that `collect` made.
  static func add(_ name: UnsafePointer<CChar>?, to context: UnsafeMutableRawPointer?) {
    guard let name, let context else { return }
    context.assumingMemoryBound(to: [String?].self).pointee.append(String(validatingCString: name))
  }
}
