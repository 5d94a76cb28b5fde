import CHDF5

// Dimension scales say what an axis is: a scale is a dataset with a name, attached to the axes it
// describes. Labels are the light alternative: a name for an axis and no more.

extension HDF5Dataset {
  /// Makes this dataset of one axis a dimension scale.
  ///
  /// - Throws: `HDF5Error` when it has more or fewer axes, is a scale already, or the name cannot be
  ///   stored.
  public func makeScale(named name: String) throws(HDF5Error) {
    Library.enter()
    defer { Library.leave() }
    guard shape.count == 1 else {
      throw location.refusal(
        .shape, "expected a dataset of one axis for a scale, found the shape \(shape)")
    }
    try refuseZeroByte(in: name)
    let dataset = try open()
    guard H5DSis_scale(dataset.raw) == 0 else {
      throw location.refusal(.existingObject, "the dataset is a dimension scale already")
    }
    try location.check(H5DSset_scale(dataset.raw, name), "the dataset cannot be made a scale")
  }

  /// Attaches a dimension scale to an axis.
  ///
  /// Attaching it again changes nothing.
  ///
  /// - Throws: `HDF5Error` when there is no such axis, the dataset is no scale, or it is of another
  ///   file.
  public func attachScale(_ scale: HDF5Dataset, toAxis axis: Int) throws(HDF5Error) {
    Library.enter()
    defer { Library.leave() }
    let index = try index(ofAxis: axis)
    guard scale.file === file else {
      throw location.refusal(.foreignStorage, "a scale must lie in the file of its dataset")
    }
    let dataset = try open()
    let attached = try scale.open()
    try location.check(
      H5DSattach_scale(dataset.raw, attached.raw, index), "the scale cannot be attached")
  }

  /// The names of the scales attached to each axis; "" for one that has no name.
  ///
  /// - Throws: `HDF5Error` when they cannot be read.
  public func scaleNames() throws(HDF5Error) -> [[String]] {
    Library.enter()
    defer { Library.leave() }
    let dataset = try open()
    var names: [[String]] = []
    for axis in shape.indices {
      let index = try index(ofAxis: axis)
      names.append(
        try CStringCollector.collect(at: location, orSay: "the scales cannot be read") {
          H5DSiterate_scales(
            dataset.raw, index, nil,
            { _, _, scale, context in
              let length = H5DSget_scale_name(scale, nil, 0)
              guard length >= 0 else { return -1 }
              var name = [CChar](repeating: 0, count: length + 1)
              guard H5DSget_scale_name(scale, &name, name.count) >= 0 else { return -1 }
              CStringCollector.add(name, to: context)
              return 0
            }, $0)
        })
    }
    return names
  }

  /// Names an axis.
  ///
  /// - Throws: `HDF5Error` when there is no such axis, or the name cannot be stored.
  public func setLabel(_ label: String, ofAxis axis: Int) throws(HDF5Error) {
    Library.enter()
    defer { Library.leave() }
    let index = try index(ofAxis: axis)
    try refuseZeroByte(in: label)
    let dataset = try open()
    try location.check(H5DSset_label(dataset.raw, index, label), "the axis cannot be named")
  }

  /// The names of the axes; "" for one that has none.
  ///
  /// - Throws: `HDF5Error` when they cannot be read.
  public func labels() throws(HDF5Error) -> [String] {
    Library.enter()
    defer { Library.leave() }
    let dataset = try open()
    var labels: [String] = []
    for axis in shape.indices {
      let index = try index(ofAxis: axis)
      let length = H5DSget_label(dataset.raw, index, nil, 0)
      guard length >= 0 else {
        throw location.failure(.library, "the labels cannot be read")
      }
      var label = [CChar](repeating: 0, count: length + 1)
      guard H5DSget_label(dataset.raw, index, &label, label.count) >= 0 else {
        throw location.failure(.library, "the labels cannot be read")
      }
      guard let text = String(validating: label.prefix { $0 != 0 }, as: UTF8.self) else {
        throw location.refusal(.text, "the label of axis \(axis) is not UTF-8")
      }
      labels.append(text)
    }
    return labels
  }

  private func index(ofAxis axis: Int) throws(HDF5Error) -> UInt32 {
    guard shape.indices.contains(axis) else {
      throw location.refusal(.shape, "there is no axis \(axis) in the shape \(shape)")
    }
    return UInt32(axis)
  }

  private func refuseZeroByte(in name: String) throws(HDF5Error) {
    guard !name.utf8.contains(0) else {
      throw location.refusal(.text, "text with a zero byte cannot be stored")
    }
  }
}
