/// A type whose arrays can be stored in a file: `Float`, `Double`, `Int`, `Int32`, `Int64`, `String`.
///
/// The type decides how elements are stored and what may be read: nothing but the byte order is
/// converted, so no reader ever sees a rounded number. Only this module makes an `HDF5Coding`.
public protocol HDF5Element: Sendable {
  /// How arrays of this type lie in a file.
  static var coding: HDF5Coding<Self> { get }
}

/// How arrays of a type lie in a file.
public struct HDF5Coding<Element: Sendable>: Sendable {
  /// What a file must hold, as an error says it.
  let name: String
  /// Whether stored elements of this kind can be read.
  let accepts: @Sendable (HDF5ElementKind) -> Bool
  /// The type in the file that holds these elements, in a dataset or an attribute.
  let type: @Sendable ([Element], Storage.Role, Location) throws(HDF5Error) -> Identifier
  /// Writes elements, of which there is one at least.
  let write: @Sendable (borrowing Storage, [Element]) throws(HDF5Error) -> Void
  /// Reads so many elements, one at least.
  let read:
    @Sendable (borrowing Storage, borrowing StoredType, Int, HDF5Limits) throws(HDF5Error)
      -> [Element]
}
