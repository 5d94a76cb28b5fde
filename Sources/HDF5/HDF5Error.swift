/// Why a file could not be read or written.
public struct HDF5Error: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of thing went wrong.
  public enum Code: String, Sendable {
    /// There is no file of this name.
    case missingFile
    /// The file is there and may not be opened, or could not be made.
    case inaccessibleFile
    /// The file is not an HDF5 file.
    case notHDF5
    /// The file is an HDF5 file that is cut short or otherwise broken.
    case damagedFile
    /// The file was closed before.
    case closedFile
    /// A name that no object, attribute or file can have.
    case invalidName
    /// There is no object at this path.
    case missingObject
    /// There is something else at this path: a group for a dataset, or the reverse.
    case wrongObject
    /// There is no attribute of this name.
    case missingAttribute
    /// There is an object at this path already.
    case existingObject
    /// The stored elements are not of the type asked for.
    case elementKind
    /// A shape does not fit: the number of elements, an axis, or the rank.
    case shape
    /// There is more to read than the reader allows.
    case limit
    /// A string that cannot be stored, or a stored one that is not UTF-8.
    case text
    /// The elements are stored outside the file.
    case foreignStorage
    /// libhdf5 failed; `stack` says how.
    case library
  }

  /// What kind of thing went wrong.
  public let code: Code
  /// What was found and what was expected, in words.
  public let message: String
  /// The file, as it was named when it was opened.
  public let file: String
  /// The object inside the file; "/" for the file itself.
  public let path: String
  /// libhdf5's own error stack, the call that failed first and the innermost cause last; empty
  /// where libhdf5 was not at fault.
  public let stack: [String]

  /// The file, the path inside it, what went wrong, and libhdf5's innermost reason.
  public var description: String {
    let place = path == "/" ? file : "\(file): \(path)"
    guard let cause = stack.last else { return "\(place): \(message)" }
    return "\(place): \(message) (libhdf5: \(cause))"
  }
}
