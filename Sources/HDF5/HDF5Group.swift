/// A group of a file.
///
/// It is a path, so it stays valid as long as the file is open.
public struct HDF5Group: HDF5Container {
  /// The file it is in.
  public let file: HDF5File
  /// Where in the file it is, from the root.
  public let path: String
}
