import CHDF5

extension String: HDF5Element {
  /// UTF-8.
  ///
  /// The strings of a dataset take as many bytes each as the longest needs, the rest zero: no heap,
  /// and data beside its header. Those of an attribute are of variable length, which is what
  /// Python takes for a `str`; the fixed ones it takes for `bytes`. Both are read wherever they are.
  public static var coding: HDF5Coding<String> {
    HDF5Coding(
      name: "text",
      accepts: { if case .text = $0 { true } else { false } },
      type: textType,
      write: { (storage, strings) throws(HDF5Error) in
        switch storage.role {
        case .dataset: try FixedText.write(strings, to: storage)
        case .attribute: try VariableText.write(strings, to: storage)
        }
      },
      read: { (storage, type, count, limits) throws(HDF5Error) in
        if case .text(nil) = type.kind {
          try VariableText.read(count, from: storage, type, limits)
        } else {
          try FixedText.read(count, from: storage, type, limits)
        }
      })
  }

  @Sendable
  private static func textType(
    of strings: [String], as role: Storage.Role, at location: Location
  ) throws(HDF5Error) -> Identifier {
    guard !strings.contains(where: { $0.utf8.contains(0) }) else {
      throw location.refusal(.text, "text with a zero byte cannot be stored")
    }
    let type = try Identifier(
      H5Tcopy(chdf5_c_string()), closedBy: H5Tclose,
      orThrow: location.failure(.library, "the type cannot be made"))
    let size = role == .dataset ? FixedText.width(of: strings) : chdf5_variable_length()
    try location.check(H5Tset_size(type.raw, size), "the type cannot be made")
    try location.check(H5Tset_cset(type.raw, H5T_CSET_UTF8), "the type cannot be made")
    if role == .dataset {
      try location.check(H5Tset_strpad(type.raw, H5T_STR_NULLPAD), "the type cannot be made")
    }
    return type
  }
}

extension HDF5Limits {
  /// Throws where there are more bytes of text than are allowed.
  func check(textBytes: Int, at location: Location) throws(HDF5Error) {
    guard textBytes <= self.textBytes else {
      throw location.refusal(
        .limit, "expected at most \(self.textBytes) bytes of text, found \(textBytes)")
    }
  }
}
