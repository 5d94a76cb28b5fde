import CHDF5

/// The type that the elements of a dataset or attribute have in the file.
struct StoredType: ~Copyable {
  let identifier: Identifier
  let kind: HDF5ElementKind

  init(_ identifier: consuming Identifier) {
    kind = Self.kind(of: identifier.raw)
    self.identifier = identifier
  }

  /// How many bytes an element takes.
  var size: Int { H5Tget_size(identifier.raw) }

  private static func kind(of type: hid_t) -> HDF5ElementKind {
    let size = H5Tget_size(type)
    switch H5Tget_class(type) {
    case H5T_FLOAT: return floatKind(of: type, size: size)
    case H5T_INTEGER:
      guard H5Tget_precision(type) == 8 * size, H5Tget_offset(type) == 0 else {
        return .other("an integer of \(H5Tget_precision(type)) bits in \(size) bytes")
      }
      return .integer(bits: 8 * size, signed: H5Tget_sign(type) == H5T_SGN_2)
    case H5T_STRING: return .text(bytes: H5Tis_variable_str(type) > 0 ? nil : size)
    case H5T_BITFIELD: return .other("a bit field")
    case H5T_OPAQUE: return .other("opaque bytes")
    case H5T_COMPOUND: return .other("a compound")
    case H5T_REFERENCE: return .other("a reference")
    case H5T_ENUM: return .other("an enumeration")
    case H5T_VLEN: return .other("lists of variable length")
    case H5T_ARRAY: return .other("arrays")
    default: return .other("something unknown")
    }
  }

  private static func floatKind(of type: hid_t, size: Int) -> HDF5ElementKind {
    let isIEEE =
      switch size {
      case 4: H5Tequal(type, chdf5_ieee_f32le()) > 0 || H5Tequal(type, chdf5_ieee_f32be()) > 0
      case 8: H5Tequal(type, chdf5_ieee_f64le()) > 0 || H5Tequal(type, chdf5_ieee_f64be()) > 0
      default: false
      }
    return isIEEE
      ? .float(bits: 8 * size) : .other("a floating-point format of its own in \(size) bytes")
  }
}
