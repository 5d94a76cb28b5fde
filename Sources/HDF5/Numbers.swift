import CHDF5

// Numbers are stored little-endian, bit for bit.

extension Float: HDF5Element {
  /// IEEE 754 binary32.
  public static var coding: HDF5Coding<Float> {
    .number(.float(bits: 32), inFile: chdf5_ieee_f32le, inMemory: chdf5_native_float)
  }
}

extension Double: HDF5Element {
  /// IEEE 754 binary64.
  public static var coding: HDF5Coding<Double> {
    .number(.float(bits: 64), inFile: chdf5_ieee_f64le, inMemory: chdf5_native_double)
  }
}

extension Int32: HDF5Element {
  /// Two's complement, 32 bits.
  public static var coding: HDF5Coding<Int32> {
    .number(
      .integer(bits: 32, signed: true), inFile: chdf5_std_i32le, inMemory: chdf5_native_int32)
  }
}

extension Int64: HDF5Element {
  /// Two's complement, 64 bits.
  public static var coding: HDF5Coding<Int64> {
    .number(
      .integer(bits: 64, signed: true), inFile: chdf5_std_i64le, inMemory: chdf5_native_int64)
  }
}

extension Int: HDF5Element {
  /// Two's complement, 64 bits.
  public static var coding: HDF5Coding<Int> {
    .number(
      .integer(bits: 64, signed: true), inFile: chdf5_std_i64le, inMemory: chdf5_native_int64)
  }
}

extension HDF5Coding where Element: BitwiseCopyable {
  /// Numbers whose bytes in memory are those of one libhdf5 type.
  static func number(
    _ kind: HDF5ElementKind,
    inFile fileType: @escaping @Sendable () -> hid_t,
    inMemory memoryType: @escaping @Sendable () -> hid_t
  ) -> HDF5Coding {
    HDF5Coding(
      name: kind.description,
      accepts: { $0 == kind },
      type: { (_, _, location) throws(HDF5Error) in
        try Identifier(
          H5Tcopy(fileType()), closedBy: H5Tclose,
          orThrow: location.failure(.library, "the type cannot be made"))
      },
      write: { (storage, elements) throws(HDF5Error) in
        let status = elements.withUnsafeBytes { storage.write(memoryType(), from: $0.baseAddress) }
        try storage.location.check(status, "the elements cannot be written")
      },
      read: { (storage, _, count, _) throws(HDF5Error) in
        var status: herr_t = 0
        let elements = [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
          status = storage.read(memoryType(), into: buffer.baseAddress)
          initialized = status < 0 ? 0 : count
        }
        try storage.location.check(status, "the elements cannot be read")
        return elements
      })
  }
}
