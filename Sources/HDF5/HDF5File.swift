import CHDF5
import Foundation

/// An HDF5 file, and at once its root group.
///
/// The same content written in the same order gives the same bytes, whenever and wherever it is
/// written with the same libhdf5. Any thread may use a file; one at a time does.
public final class HDF5File: HDF5Container, @unchecked Sendable {
  /// The file's name, as it was given.
  public let name: String
  // Used between `Library.enter` and `Library.leave` alone, which is why the class is Sendable.
  private var identifier: Identifier?
  /// How links in it are followed.
  let links: Identifier
  /// The group that was used last, in a file that is read alone.
  private var folder: Folder?
  private let isReadOnly: Bool

  /// A file that was just made or opened.
  ///
  /// - Throws: an error where libhdf5 cannot say how links are to be followed.
  init(
    name: String, identifier: consuming Identifier, isReadOnly: Bool = false
  ) throws(HDF5Error) {
    self.name = name
    links = try Properties.linkAccess(at: Location(file: name, path: "/"))
    self.identifier = consume identifier
    self.isReadOnly = isReadOnly
  }

  /// The file itself.
  public var file: HDF5File { self }
  /// The path of the root group.
  public var path: String { "/" }

  /// Makes an empty file, in the place of one that is there.
  ///
  /// - Parameter name: where to put it, in a folder that exists.
  /// - Throws: `HDF5Error` when it cannot be made, or is open.
  public static func create(_ name: String) throws(HDF5Error) -> HDF5File {
    Library.enter()
    defer { Library.leave() }
    let location = try location(ofFile: name)
    let creation = try Properties.fileCreation(at: location)
    let access = try Properties.writingAccess(at: location)
    let identifier = try Identifier(
      H5Fcreate(name, chdf5_truncate(), creation.raw, access.raw), closedBy: H5Fclose,
      orThrow: location.failure(.inaccessibleFile, "the file cannot be made"))
    return try HDF5File(name: name, identifier: identifier)
  }

  /// Opens a file to read it.
  ///
  /// The file is not locked, so that it may lie in a read-only folder.
  ///
  /// - Throws: `HDF5Error` when there is no such file, or it is not a whole HDF5 file.
  public static func open(_ name: String) throws(HDF5Error) -> HDF5File {
    Library.enter()
    defer { Library.leave() }
    let location = try location(ofFile: name)
    let access = try Properties.readingAccess(at: location)
    let identifier = try Identifier(
      H5Fopen(name, chdf5_read_only(), access.raw), closedBy: H5Fclose,
      orThrow: failureToOpen(location))
    return try HDF5File(name: name, identifier: identifier, isReadOnly: true)
  }

  /// Writes everything to the file and closes it; a closed file stays closed.
  ///
  /// A file that is not closed so closes when it is no longer used, but nobody learns of a full disk.
  ///
  /// - Throws: `HDF5Error` when the rest cannot be written.
  public func close() throws(HDF5Error) {
    Library.enter()
    defer { Library.leave() }
    folder = nil
    guard let open = identifier.take() else { return }
    try location.check(open.close(), "the file cannot be closed")
  }

  /// Hands everything written so far to the operating system.
  ///
  /// - Throws: `HDF5Error` when it cannot be written, or the file is closed.
  public func flush() throws(HDF5Error) {
    Library.enter()
    defer { Library.leave() }
    try location.check(
      H5Fflush(openIdentifier(for: location), H5F_SCOPE_GLOBAL), "the file cannot be written")
  }

  /// The identifier of the open file.
  ///
  /// - Throws: an error at the location where the file is closed.
  func openIdentifier(for location: Location) throws(HDF5Error) -> hid_t {
    guard let raw = identifier?.raw else {
      throw location.refusal(.closedFile, "the file is closed")
    }
    return raw
  }

  /// The open group at a path from the root.
  ///
  /// - Throws: an error at the location that names the first member missing on the way.
  func folder(
    at path: String, on location: Location, in file: hid_t
  ) throws(HDF5Error) -> Folder {
    if let folder, folder.path == path { return folder }
    let opened = try Folder(at: path, on: location, in: file, links: links.raw)
    if isReadOnly { folder = opened }
    return opened
  }

  private static func location(ofFile name: String) throws(HDF5Error) -> Location {
    let location = Location(file: name, path: "/")
    guard !name.isEmpty, !name.utf8.contains(0) else {
      throw location.refusal(.invalidName, "no file can have this name")
    }
    return location
  }

  /// Why the file could not be opened a moment ago.
  private static func failureToOpen(_ location: Location) -> HDF5Error {
    let stack = Library.errorStack()
    guard FileManager.default.fileExists(atPath: location.file) else {
      return location.refusal(.missingFile, "there is no such file")
    }
    switch chdf5_is_hdf5(location.file) {
    case ..<0:
      return location.refusal(.inaccessibleFile, "the file cannot be opened", stack: stack)
    case 0: return location.refusal(.notHDF5, "this is not an HDF5 file")
    default:
      return location.refusal(.damagedFile, "the file is damaged or cut short", stack: stack)
    }
  }
}
