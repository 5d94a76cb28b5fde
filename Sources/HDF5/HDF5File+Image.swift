import CHDF5
import Synchronization

// Files in memory: libhdf5 neither opens, writes nor syncs anything. Its own writing has no good end
// on a full disk (1.10 crashes at the end of the process), and bytes that were checked and those that
// are read are surely the same only where both are in memory.

extension HDF5File {
  /// Makes an empty file in memory; `image` gives its bytes.
  ///
  /// - Parameter name: what to call it in errors; nothing is made there.
  /// - Throws: `HDF5Error` when libhdf5 cannot make it.
  public static func createImage(_ name: String) throws(HDF5Error) -> HDF5File {
    Library.enter()
    defer { Library.leave() }
    let location = Location(file: name, path: "/")
    let creation = try Properties.fileCreation(at: location)
    let access = try Properties.writingAccess(at: location)
    try inMemory(access, at: location)
    let identifier = try Identifier(
      H5Fcreate(imageName(), chdf5_truncate(), creation.raw, access.raw), closedBy: H5Fclose,
      orThrow: location.failure(.library, "the file cannot be made"))
    return try HDF5File(name: name, identifier: identifier)
  }

  /// The bytes of the whole file as they would lie on a disk.
  ///
  /// - Throws: `HDF5Error` when the file is closed or libhdf5 cannot give them.
  public func image() throws(HDF5Error) -> [UInt8] {
    Library.enter()
    defer { Library.leave() }
    try flush()
    let file = try openIdentifier(for: location)
    let count = H5Fget_file_image(file, nil, 0)
    guard count >= 0 else { throw location.failure(.library, "the bytes cannot be read") }
    var status = 0
    var bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      status = H5Fget_file_image(file, buffer.baseAddress, count)
      initialized = status == count ? count : 0
    }
    guard status == count else { throw location.failure(.library, "the bytes cannot be read") }
    Superblock.close(&bytes)
    return bytes
  }

  /// Opens a file whose bytes are in memory, to read it.
  ///
  /// - Parameters:
  ///   - image: all of its bytes.
  ///   - name: what to call it in errors.
  /// - Throws: `HDF5Error` when they are not a whole HDF5 file.
  public static func open(image: [UInt8], named name: String) throws(HDF5Error) -> HDF5File {
    Library.enter()
    defer { Library.leave() }
    let location = Location(file: name, path: "/")
    guard image.starts(with: Superblock.signature) else {
      throw location.refusal(.notHDF5, "this is not an HDF5 file")
    }
    let access = try Properties.readingAccess(at: location)
    try inMemory(access, at: location)
    // libhdf5 copies the bytes, and does not change the ones that it is given.
    let status = image.withUnsafeBytes {
      H5Pset_file_image(
        access.raw, UnsafeMutableRawPointer(mutating: $0.baseAddress), image.count)
    }
    try location.check(status, "the bytes cannot be read")
    let identifier = try Identifier(
      H5Fopen(imageName(), chdf5_read_only(), access.raw), closedBy: H5Fclose,
      orThrow: location.failure(.damagedFile, "the file is damaged or cut short"))
    return try HDF5File(name: name, identifier: identifier, isReadOnly: true)
  }

  /// By how many bytes the memory of a file grows.
  private static let increment = 256 * 1024

  private static func inMemory(
    _ access: borrowing Identifier, at location: Location
  ) throws(HDF5Error) {
    try location.check(
      H5Pset_fapl_core(access.raw, increment, false), "a property cannot be set")
  }

  private static let imageCount = Atomic(0)

  /// A name of its own for each file: libhdf5 takes files in memory of one name for one file.
  private static func imageName() -> String {
    "image \(imageCount.add(1, ordering: .relaxed).newValue)"
  }
}
