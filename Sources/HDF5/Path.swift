/// Paths inside a file: names separated by slashes.
enum Path {
  /// The names along a path; slashes at the ends and doubled ones do not count.
  static func members(of path: String) -> [Substring] {
    // By bytes, as libhdf5 does: to Swift a slash under an accent is not a slash.
    path.utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) }
  }

  /// The path from the root to `path` under `parent`; one that starts with a slash is from the root
  /// already.
  static func join(
    _ parent: some HDF5Object, _ path: String
  ) throws(HDF5Error) -> String {
    let names = members(of: path)
    guard !names.isEmpty, !names.contains("."), !path.utf8.contains(0) else {
      throw parent.location.refusal(
        .invalidName, "no object can be named '\(printable(path))'")
    }
    let origin = path.utf8.first == UInt8(ascii: "/") ? [] : members(of: parent.path)
    return "/" + (origin + names).joined(separator: "/")
  }

  /// The path of the group that an object is in, and its name there; nil for the root.
  static func split(_ path: String) -> (parent: String, member: String)? {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), path != "/" else { return nil }
    let parent = path[..<slash]
    return (
      parent.isEmpty ? "/" : String(parent), String(path[path.utf8.index(after: slash)...])
    )
  }

  /// The name with control characters made visible.
  static func printable(_ name: String) -> String {
    name.unicodeScalars.map { $0.value < 0x20 ? $0.escaped(asASCII: true) : String($0) }.joined()
  }
}
