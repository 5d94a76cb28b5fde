import CHDF5

/// The property lists this module creates and opens things with.
///
/// Together they make the bytes of a file a function of its content, and few of them: no times, no
/// creation order, the format of HDF5 1.8, links and attributes within object headers.
enum Properties {
  /// A group of this many members still keeps them in its header; more go to a heap with an index.
  private static let mostCompactLinks: UInt32 = 256
  /// A group or file of this many attributes still keeps them in its header.
  private static let mostCompactAttributes: UInt32 = 64
  /// Datasets up to this size lie in their header.
  ///
  /// That saves the address of a separate block and the gaps around it, and puts the data under the
  /// header's checksum. A message of a header may not exceed 64 KiB.
  static let mostCompactBytes = 32 * 1024

  /// For a file to be created; also the properties of its root group.
  static func fileCreation(at location: Location) throws(HDF5Error) -> Identifier {
    let list = try make(chdf5_file_create(), at: location)
    try reproducible(list, at: location)
    try compactGroup(list, at: location)
    return list
  }

  /// For a group to be created.
  static func groupCreation(at location: Location) throws(HDF5Error) -> Identifier {
    let list = try make(chdf5_group_create(), at: location)
    try reproducible(list, at: location)
    try compactGroup(list, at: location)
    return list
  }

  /// For a dataset of this many bytes to be created.
  static func datasetCreation(
    byteCount: Int, at location: Location
  ) throws(HDF5Error) -> Identifier {
    let list = try make(chdf5_dataset_create(), at: location)
    try reproducible(list, at: location)
    try set(chdf5_set_no_spare_header(list.raw), at: location)
    let layout = 1...mostCompactBytes ~= byteCount ? H5D_COMPACT : H5D_CONTIGUOUS
    try set(H5Pset_layout(list.raw, layout), at: location)
    return list
  }

  /// For a file to be written, in the format that HDF5 1.8 and later read.
  static func writingAccess(at location: Location) throws(HDF5Error) -> Identifier {
    let list = try make(chdf5_file_access(), at: location)
    try set(H5Pset_libver_bounds(list.raw, H5F_LIBVER_V18, H5F_LIBVER_V18), at: location)
    try set(H5Pset_fclose_degree(list.raw, H5F_CLOSE_STRONG), at: location)
    try set(chdf5_set_file_locking(list.raw, true), at: location)
    return list
  }

  /// For a file to be read.
  static func readingAccess(at location: Location) throws(HDF5Error) -> Identifier {
    let list = try make(chdf5_file_access(), at: location)
    try set(H5Pset_fclose_degree(list.raw, H5F_CLOSE_STRONG), at: location)
    try set(chdf5_set_file_locking(list.raw, false), at: location)
    return list
  }

  /// For links to be followed, but none into another file: what is read is what was opened.
  static func linkAccess(at location: Location) throws(HDF5Error) -> Identifier {
    let list = try make(chdf5_link_access(), at: location)
    try set(
      H5Pset_elink_cb(list.raw, { _, _, _, _, _, _, _ in -1 }, nil), at: location)
    return list
  }

  private static func make(_ kind: hid_t, at location: Location) throws(HDF5Error) -> Identifier {
    try Identifier(
      H5Pcreate(kind), closedBy: H5Pclose,
      orThrow: location.failure(.library, "a property list cannot be made"))
  }

  private static func reproducible(
    _ list: borrowing Identifier, at location: Location
  ) throws(HDF5Error) {
    try set(H5Pset_obj_track_times(list.raw, false), at: location)
    try set(H5Pset_attr_creation_order(list.raw, 0), at: location)
  }

  private static func compactGroup(
    _ list: borrowing Identifier, at location: Location
  ) throws(HDF5Error) {
    try set(H5Pset_link_creation_order(list.raw, 0), at: location)
    try set(H5Pset_link_phase_change(list.raw, mostCompactLinks, 0), at: location)
    try set(H5Pset_attr_phase_change(list.raw, mostCompactAttributes, 0), at: location)
  }

  private static func set(_ status: herr_t, at location: Location) throws(HDF5Error) {
    try location.check(status, "a property cannot be set")
  }
}
