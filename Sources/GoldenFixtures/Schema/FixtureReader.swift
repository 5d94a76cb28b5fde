import Equations
import HDF5
import Oracle
import Tensors

/// Reads the file of a formulation and checks everything in it against the formulation.
struct FixtureReader {
  private let file: HDF5File
  private let formulation: Formulation

  /// Reads the bytes of a file.
  ///
  /// - Parameter name: the file's name, for errors.
  /// - Throws: `FixtureError` with the path inside the file where something is of another shape than the
  ///   formulation says, or not finite; `HDF5Error` where it is missing, of another type, or libhdf5 cannot
  ///   read it.
  static func read(
    _ bytes: [UInt8], named name: String, of formulation: Formulation
  ) throws -> FormulationFixture {
    let reader = FixtureReader(
      file: try HDF5File.open(image: bytes, named: name), formulation: formulation)
    try reader.checkHeader()
    var cases: [GoldenCase] = []
    for member in try reader.file.group("cases").members() {
      cases.append(try reader.readCase(member.name))
    }
    try reader.file.close()
    let order = Dictionary(
      uniqueKeysWithValues: CaseFamily.all.enumerated().map { ($1.name, $0) })
    cases.sort { (order[$0.name] ?? .max, $0.name) < (order[$1.name] ?? .max, $1.name) }
    guard !cases.isEmpty else {
      throw reader.error(.format, "cases", "there is no case in the file")
    }
    return FormulationFixture(formulation: formulation.id, cases: cases)
  }

  private func error(
    _ code: FixtureError.Code, _ path: String, _ message: String
  ) -> FixtureError {
    FixtureError(
      code: code, file: file.name, path: path.hasPrefix("/") ? path : "/" + path, message: message)
  }

  private func checkHeader() throws {
    let format = try file.attribute("format", as: String.self)
    guard format == FixtureSchema.format else {
      throw error(.format, "@format", "'\(format)', expected '\(FixtureSchema.format)'")
    }
    let version = try file.attribute("format_version", as: Int.self)
    guard version == FixtureSchema.version else {
      throw error(
        .format, "@format_version",
        "version \(version), and this program reads version \(FixtureSchema.version); "
          + (version > FixtureSchema.version
            ? "use a newer rnncheck" : "make the file anew with 'rnncheck regenerate'"))
    }
    let id = try file.attribute("formulation", as: String.self)
    guard id == formulation.id else {
      throw error(.format, "@formulation", "'\(id)', expected '\(formulation.id)'")
    }
  }

  private func readCase(_ name: String) throws -> GoldenCase {
    let folder = "cases/\(name)"
    let group = try file.group(folder)
    func size(_ attribute: String, atLeast least: Int = 1) throws -> Int {
      let value = try group.attribute(attribute, as: Int.self)
      guard (least...FixtureSchema.largestSize).contains(value) else {
        throw error(
          .shape, "\(folder)@\(attribute)",
          "\(value), expected a size from \(least) to \(FixtureSchema.largestSize)")
      }
      return value
    }
    let sizes = Sizes(
      input: try size("input_size"), hidden: try size("hidden_size"),
      output: try size("output_size", atLeast: 0))
    let (steps, batch) = (try size("steps", atLeast: 0), try size("batch"))
    let shapes = formulation.quantityShapes(sizes: sizes, steps: steps, batch: batch)

    var lengths: [Int]?
    if try group.exists("lengths") {
      let (shape, found) = try group.read(Int.self, "lengths", limits: FixtureSchema.limits)
      guard shape == [batch] else {
        throw error(
          .shape, "\(folder)/lengths", "the shape is \(shape), expected \([batch])")
      }
      if let wrong = found.first(where: { !(0...steps).contains($0) }) {
        throw error(
          .shape, "\(folder)/lengths", "a length of \(wrong), expected one from 0 to \(steps)")
      }
      lengths = found
    }
    var parameters: [String: Tensor<Double>] = [:]
    for parameter in formulation.parameters {
      parameters[parameter.name] = try self.parameter(parameter, in: folder, sizes)
    }
    var initial: [String: Tensor<Double>] = [:]
    for state in formulation.states {
      initial[state.name] = try tensor(
        "\(folder)/initial/\(state.name)", shapes[.initial(state.name)] ?? [])
    }
    var upstream = Upstream<Double>(sequence: [:], final: [:])
    for name in try signals(in: "\(folder)/upstream/sequence") {
      upstream.sequence[name] = try tensor(
        "\(folder)/upstream/sequence/\(name)", shapes[.sequence(name)] ?? [])
    }
    for name in try signals(in: "\(folder)/upstream/final") {
      upstream.final[name] = try tensor(
        "\(folder)/upstream/final/\(name)", shapes[.final(name)] ?? [])
    }
    let x: Tensor<Double> = try tensor(
      "\(folder)/inputs/\(formulation.input.name)",
      shapes[.inputs(formulation.input.name)] ?? [])

    var answers: Answers<Double> = [:]
    var scales: Answers<Float> = [:]
    let kinds = RoundingKind.allCases.count
    // Folder by folder, which stay open while their datasets are read.
    let paths = shapes.map { ($0, $0.path, $1) }.sorted { $0.1 < $1.1 }
    for (quantity, path, shape) in paths {
      answers[quantity] = try tensor("\(folder)/expected/\(path)", shape)
    }
    for (quantity, path, shape) in paths {
      scales[quantity] = try tensor("\(folder)/scale/\(path)", [kinds] + shape)
    }
    return GoldenCase(
      name: name, flags: try flags(of: group), regime: try regime(of: group),
      seed: UInt64(bitPattern: Int64(try group.attribute("seed", as: Int.self))),
      problem: Case(
        parameters: parameters,
        batch: SequenceBatch(x: x, lengths: lengths, initial: initial), upstream: upstream),
      answers: answers, scales: scales)
  }

  /// The signals that have something in a folder, which may be missing.
  private func signals(in folder: String) throws -> [String] {
    guard try file.exists(folder) else { return [] }
    return try formulation.signals.map(\.name).filter { try file.exists("\(folder)/\($0)") }
  }

  private func flags(of group: HDF5Group) throws -> [BugClass] {
    try group.attribute("flags", as: String.self).split(separator: " ").map {
      guard let flag = BugClass(rawValue: String($0)) else {
        throw error(.format, "\(group.path)@flags", "'\($0)' is not a bug class")
      }
      return flag
    }
  }

  private func regime(of group: HDF5Group) throws -> CaseFamily.Regime {
    let name = try group.attribute("regime", as: String.self)
    guard let regime = CaseFamily.Regime(rawValue: name) else {
      throw error(.format, "\(group.path)@regime", "'\(name)' is not a regime")
    }
    return regime
  }

  /// A parameter, its numbers between 0 and 1 where the formulation says so.
  private func parameter(
    _ parameter: Parameter, in folder: String, _ sizes: Sizes
  ) throws -> Tensor<Double> {
    let path = "\(folder)/parameters/\(parameter.name)"
    let tensor: Tensor<Double> = try tensor(path, parameter.shape.extents(sizes))
    if formulation.declaration.notation.fractions.contains(parameter.name),
      let index = tensor.scalars.firstIndex(where: { !(0...1).contains($0) })
    {
      throw error(
        .range, path, "element \(index) is \(tensor[index]), expected a number from 0 to 1")
    }
    return tensor
  }

  private func tensor<Scalar: HDF5Element & BinaryFloatingPoint>(
    _ path: String, _ shape: [Int]
  ) throws -> Tensor<Scalar> {
    let (found, elements) = try file.read(Scalar.self, path, limits: FixtureSchema.limits)
    guard found == shape else {
      throw error(.shape, path, "the shape is \(found), expected \(shape)")
    }
    if let index = elements.firstIndex(where: { !$0.isFinite }) {
      throw error(
        .notFinite, path, "element \(index) is \(elements[index]), expected a finite number")
    }
    return try Tensor(shape: shape, scalars: elements)
  }
}
