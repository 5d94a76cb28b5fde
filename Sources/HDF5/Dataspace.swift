import CHDF5

/// The shape of a dataset or attribute, as libhdf5 keeps it.
enum Dataspace {
  /// A dataspace of the given shape; scalar where it is empty.
  static func make(_ shape: [Int], at location: Location) throws(HDF5Error) -> Identifier {
    guard shape.count <= Int(H5S_MAX_RANK) else {
      throw location.refusal(.shape, "the shape \(shape) has more than \(H5S_MAX_RANK) axes")
    }
    let extents = shape.map { hsize_t($0) }
    return try Identifier(
      shape.isEmpty
        ? H5Screate(H5S_SCALAR) : H5Screate_simple(Int32(extents.count), extents, nil),
      closedBy: H5Sclose, orThrow: location.failure(.library, "the shape cannot be made"))
  }

  /// The shape of a dataspace.
  static func shape(
    of space: borrowing Identifier, at location: Location
  ) throws(HDF5Error) -> [Int] {
    guard H5Sget_simple_extent_type(space.raw) != H5S_NULL else {
      throw location.refusal(.shape, "expected a shape, found that nothing is stored")
    }
    let rank = H5Sget_simple_extent_ndims(space.raw)
    try location.check(rank, "the shape cannot be read")
    var extents = [hsize_t](repeating: 0, count: Int(rank))
    try location.check(
      H5Sget_simple_extent_dims(space.raw, &extents, nil), "the shape cannot be read")
    var shape: [Int] = []
    for extent in extents {
      guard let extent = Int(exactly: extent) else {
        throw location.refusal(.shape, "an axis of \(extent) elements")
      }
      shape.append(extent)
    }
    return shape
  }

  /// The number of elements of a shape.
  ///
  /// - Throws: `.shape` where an extent is negative, or the number overflows.
  static func count(of shape: [Int], at location: Location) throws(HDF5Error) -> Int {
    guard shape.allSatisfy({ $0 >= 0 }) else {
      throw location.refusal(.shape, "the shape \(shape) has a negative extent")
    }
    guard !shape.contains(0) else { return 0 }
    var count = 1
    for extent in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard !overflow else {
        throw location.refusal(.shape, "the number of elements of the shape \(shape) overflows")
      }
      count = product
    }
    return count
  }
}
