import Foundation

/// Folders made, listed and synced, with the operating system's own reason where that fails.
enum DiskFolder {
  /// Makes a folder and those above it, unless it is there.
  static func make(_ path: String) throws(DiskError) {
    let action = "making the folder"
    if mkdir(path, 0o777) == 0 { return }
    switch errno {
    case EEXIST where DiskFile.isFolder(path): return
    case EEXIST: throw DiskError(action: action, code: ENOTDIR)
    case ENOENT:
      let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
      guard parent.count < path.count, !parent.isEmpty, !DiskFile.isFolder(parent) else {
        throw DiskError(action: action, code: ENOENT)
      }
      try make(parent)
      try DiskError.check(mkdir(path, 0o777), action)
    case let code: throw DiskError(action: action, code: code)
    }
  }

  /// The names in a folder, sorted by their bytes.
  static func names(in path: String) throws(DiskError) -> [String] {
    let action = "listing the folder"
    guard let folder = opendir(path) else { throw DiskError(action: action, code: errno) }
    defer { closedir(folder) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw DiskError(action: action, code: errno) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Removes a folder with the files in it.
  static func remove(_ path: String) throws(DiskError) {
    let name = path.split(separator: "/").last ?? ""
    for file in try names(in: path) {
      try DiskError.check(unlink(path + "/" + file), "removing \(name)/\(file)")
    }
    try DiskError.check(rmdir(path), "removing \(name)")
  }

  /// Waits until a folder's list of files is on the disk.
  static func sync(_ path: String) throws(DiskError) {
    let action = "syncing the folder"
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw DiskError(action: action, code: errno) }
    defer { close(descriptor) }
    try DiskError.check(fsync(descriptor), action)
  }
}
