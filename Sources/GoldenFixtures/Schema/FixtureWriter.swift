import Equations
import HDF5
import Tensors

/// Makes the file of a formulation.
package struct FixtureWriter {
  let file: HDF5File
  let formulation: Formulation

  /// The bytes of a formulation's file.
  ///
  /// - Throws: `HDF5Error` where libhdf5 cannot make them.
  package static func bytes(
    of fixture: FormulationFixture, of formulation: Formulation
  ) throws(HDF5Error) -> [UInt8] {
    let name = FixtureSchema.fileName(of: formulation.id)
    let writer = FixtureWriter(file: try HDF5File.createImage(name), formulation: formulation)
    try writer.writeHeader(format: FixtureSchema.format, version: FixtureSchema.version)
    for golden in fixture.cases { try writer.write(golden) }
    let bytes = try writer.file.image()
    try writer.file.close()
    return bytes
  }

  func writeHeader(format: String, version: Int) throws(HDF5Error) {
    try file.setAttribute("format", to: format)
    try file.setAttribute("format_version", to: version)
    try file.setAttribute("formulation", to: formulation.id)
    try file.setAttribute("document", to: formulation.declaration.document.key)
    try file.setAttribute(
      "equations", to: formulation.latex.joined(separator: "\n"))
  }

  private func write(_ golden: GoldenCase) throws(HDF5Error) {
    let group = try file.createGroup("cases/\(golden.name)")
    let extents = try writeSizes(of: golden.problem, in: group)
    try group.setAttribute("flags", to: golden.flags.map(\.rawValue).joined(separator: " "))
    try group.setAttribute("regime", to: golden.regime.rawValue)
    try group.setAttribute("seed", to: Int(bitPattern: UInt(golden.seed)))
    let axes = try write(golden.problem, extents, in: group)
    for (quantity, tensor) in golden.answers.sorted(by: { $0.key < $1.key }) {
      try axes.attach(
        axisNames(of: quantity),
        to: group.write(tensor.scalars, shape: tensor.shape, to: "expected/\(quantity.path)"))
    }
    try group.createGroup("scale").setAttribute("kinds", to: FixtureSchema.kinds)
    for (quantity, tensor) in golden.scales.sorted(by: { $0.key < $1.key }) {
      try group.write(tensor.scalars, shape: tensor.shape, to: "scale/\(quantity.path)")
    }
  }

  /// The sizes of a case, as attributes of its group.
  func writeSizes(
    of problem: Case<Double>, in group: HDF5Group
  ) throws(HDF5Error) -> CaseExtents {
    let extents = CaseExtents(problem, of: formulation)
    try group.setAttribute("input_size", to: extents.sizes.input)
    try group.setAttribute("hidden_size", to: extents.sizes.hidden)
    try group.setAttribute("output_size", to: extents.sizes.output)
    try group.setAttribute("steps", to: extents.steps)
    try group.setAttribute("batch", to: extents.batch)
    return extents
  }

  /// What a case asks.
  @discardableResult
  func write(
    _ problem: Case<Double>, _ extents: CaseExtents, in group: HDF5Group
  ) throws(HDF5Error) -> AxisScales {
    let batch = problem.batch
    let axes = try AxisScales(in: group, extents)
    if let lengths = batch.lengths {
      try axes.attach(["batch"], to: group.write(lengths, shape: [lengths.count], to: "lengths"))
    }
    for (name, tensor) in problem.parameters.sorted(by: { $0.key < $1.key }) {
      try axes.attach(
        axisNames(ofParameter: name),
        to: group.write(tensor.scalars, shape: tensor.shape, to: "parameters/\(name)"))
    }
    try axes.attach(
      ["time", "batch", axisName(formulation.input)],
      to: group.write(
        batch.x.scalars, shape: batch.x.shape, to: "inputs/\(formulation.input.name)"))
    try write(batch.initial, to: "initial", leading: ["batch"], in: group, axes)
    try write(
      problem.upstream.sequence, to: "upstream/sequence", leading: ["time", "batch"],
      in: group, axes)
    try write(
      problem.upstream.final, to: "upstream/final", leading: ["batch"], in: group, axes)
    return axes
  }

  private func write(
    _ tensors: [String: Tensor<Double>], to folder: String, leading: [String?],
    in group: HDF5Group, _ axes: AxisScales
  ) throws(HDF5Error) {
    for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
      try axes.attach(
        leading + [axisName(ofSignal: name)],
        to: group.write(tensor.scalars, shape: tensor.shape, to: "\(folder)/\(name)"))
    }
  }

  // MARK: Axes

  private func axisName(_ symbol: Symbol) -> String? { formulation.axis(of: symbol).rawValue }

  private func axisName(ofSignal name: String) -> String? {
    formulation.signals.first { $0.name == name }.flatMap(axisName)
  }

  /// The axes of a parameter; none for those that stack several.
  private func axisNames(ofParameter name: String) -> [String?] {
    guard let shape = formulation.parameters.first(where: { $0.name == name })?.shape else {
      return []
    }
    let rows = shape.rowBlocks == 1 ? shape.rows.rawValue : nil
    guard let columns = shape.columns else { return [rows] }
    return [rows, columns.count == 1 ? columns[0].rawValue : nil]
  }

  private func axisNames(of quantity: Quantity) -> [String?] {
    switch quantity {
    case .sequence(let name), .cotangent(let name):
      ["time", "batch", axisName(ofSignal: name)]
    case .final(let name), .initial(let name): ["batch", axisName(ofSignal: name)]
    case .inputs: ["time", "batch", axisName(formulation.input)]
    case .parameter(let name): axisNames(ofParameter: name)
    }
  }
}

/// The sizes of a case that is known to fit its formulation.
struct CaseExtents {
  let sizes: Sizes
  let steps: Int
  let batch: Int

  init(_ problem: Case<Double>, of formulation: Formulation) {
    func extent(_ axis: Axis) -> Int {
      for parameter in formulation.parameters where parameter.shape.rows == axis {
        let rows = problem.parameters[parameter.name]?.shape.first ?? 0
        return rows / parameter.shape.rowBlocks
      }
      return 0
    }
    let input = problem.batch.inputSize
    sizes = Sizes(
      input: input, hidden: formulation.tiesInputToHidden ? input : extent(.hidden),
      output: extent(.output))
    steps = problem.batch.steps
    batch = problem.batch.batch
  }
}

/// The dimension scales of a case.
///
/// `axes/time`, `axes/batch`, … hold 0, 1, 2, ….
struct AxisScales {
  private var scales: [String: HDF5Dataset] = [:]

  init(in group: HDF5Group, _ extents: CaseExtents) throws(HDF5Error) {
    let axes: [(name: String, count: Int)] =
      [("time", extents.steps), ("batch", extents.batch)]
      + Axis.allCases.map { ($0.rawValue, extents.sizes[$0]) }
    for axis in axes where axis.count > 0 {
      let scale = try group.write(
        Array(0..<axis.count), shape: [axis.count], to: "axes/\(axis.name)")
      try scale.makeScale(named: axis.name)
      scales[axis.name] = scale
    }
  }

  func attach(_ names: [String?], to dataset: HDF5Dataset) throws(HDF5Error) {
    for (axis, name) in names.enumerated() {
      guard let name, let scale = scales[name] else { continue }
      try dataset.attachScale(scale, toAxis: axis)
    }
  }
}
