import Foundation
import HDF5

extension HDF5File {
  /// Writes the image of a request to its place and closes it; a file that is there is replaced as a whole.
  ///
  /// - Throws: `HDF5Error` where libhdf5 gives no image, `FixtureError` where it cannot be written.
  func writeImage(to path: String) throws {
    let bytes = try image()
    try close()
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw FixtureError(
        code: .unwritable, file: path,
        message: "the request cannot be written: \(error.localizedDescription)")
    }
  }
}
