import Foundation
import HDF5
import Tensors

/// What a subject answered, read without knowing what was asked.
public struct ResponseFile: Sendable {
  /// The answer to one case.
  public struct Answer: Sendable {
    /// The tensors, by quantity.
    public var tensors: Answers<Double> = [:]
    /// The weights that a layer to be identified used, in the order in which it names them.
    public var weights: [Weight] = []
    /// Why the subject does not offer the case, in its own words; nil where it does.
    public var notOffered: String?
    /// What could not be read, and why.
    public var problems: [String] = []

    /// An answer.
    public init(
      tensors: Answers<Double> = [:], weights: [Weight] = [], notOffered: String? = nil,
      problems: [String] = []
    ) {
      self.tensors = tensors
      self.weights = weights
      self.notOffered = notOffered
      self.problems = problems
    }
  }

  /// A weight of a layer to be identified, in a shape of its own.
  public struct Weight: Hashable, Sendable {
    /// What the layer calls it.
    public let name: String
    /// Its elements.
    public let tensor: Tensor<Double>

    /// A weight.
    public init(name: String, tensor: Tensor<Double>) {
      self.name = name
      self.tensor = tensor
    }
  }

  /// The arithmetic that the subject says it used.
  public var dtype: String
  /// What it added up in, where it says so.
  public var accumulation: String?
  /// The formulation that it answers, where it says so.
  public var formulation: String?
  /// What the subject is called, where it says so.
  public var name: String?
  /// How it maps the document's parameters to its own, where it says so.
  public var mapping: String?
  /// The answers by the names of their cases.
  public var answers: [String: Answer]
  /// What is in the file and not expected there.
  public var notes: [String]

  /// A response.
  public init(
    dtype: String, accumulation: String? = nil, formulation: String? = nil, name: String? = nil,
    mapping: String? = nil,
    answers: [String: Answer], notes: [String] = []
  ) {
    self.dtype = dtype
    self.accumulation = accumulation
    self.formulation = formulation
    self.name = name
    self.mapping = mapping
    self.answers = answers
    self.notes = notes
  }

  /// Reads a file that may hold anything.
  ///
  /// A damaged file can bring libhdf5 down: read it in a process of its own.
  ///
  /// - Throws: `FixtureError` or `HDF5Error` where it is missing, too large, not HDF5, or has no cases; what
  ///   is wrong in a single case is among the problems of that case.
  public init(reading path: String) throws {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let size = (attributes?[.size] as? Int) ?? 0
    guard size <= ExchangeSchema.mostBytes else {
      throw FixtureError(
        code: .format, file: path,
        message: "the response is \(size) bytes long, at most \(ExchangeSchema.mostBytes) are read")
    }
    let file = try HDF5File.open(path)
    func text(_ name: String) throws -> String? {
      try file.hasAttribute(name)
        ? file.attribute(name, as: String.self, limits: ExchangeSchema.limits) : nil
    }
    guard let dtype = try text("dtype") else {
      throw FixtureError(
        code: .format, file: path, path: "/@dtype",
        message: "there is no such attribute; it names the arithmetic that was used, as 'float64'")
    }
    self.init(
      dtype: dtype, accumulation: try text("accumulation"), formulation: try text("formulation"),
      name: try text("name"), mapping: try text("mapping"), answers: [:])
    var reader = ResponseReader(path: path)
    let cases = try file.group("cases")
    for member in try cases.members().prefix(ExchangeSchema.mostMembers) {
      answers[member.name] = reader.answer(in: cases, member)
    }
    notes = reader.notes
    try file.close()
  }
}

/// Reads the cases of a response, and keeps what it finds wrong with them.
private struct ResponseReader {
  let path: String
  private(set) var notes: [String] = []

  init(path: String) { self.path = path }

  mutating func answer(in cases: HDF5Group, _ member: HDF5Member) -> ResponseFile.Answer {
    var answer = ResponseFile.Answer()
    do {
      let group = try cases.group(member.name)
      func text(_ name: String) throws -> String? {
        try group.hasAttribute(name)
          ? group.attribute(name, as: String.self, limits: ExchangeSchema.limits) : nil
      }
      if let reason = try text("not_offered") {
        answer.notOffered = reason
        return answer
      }
      if let problem = try text("failed") {
        answer.problems.append("it failed: \(problem)")
        return answer
      }
      for (folder, quantity) in Self.folders {
        for (name, tensor) in try tensors(group, folder, &answer.problems) {
          answer.tensors[quantity(name)] = tensor
        }
      }
      let order = try text("packed")?.split(separator: " ").map(String.init) ?? []
      answer.weights = try tensors(group, "packed", &answer.problems)
        .sorted {
          (order.firstIndex(of: $0.0) ?? .max, $0.0) < (order.firstIndex(of: $1.0) ?? .max, $1.0)
        }
        .map { ResponseFile.Weight(name: $0.0, tensor: $0.1) }
      try note(group, Self.known[""] ?? [], at: "")
      if try group.exists("gradients") {
        try note(try group.group("gradients"), Self.known["gradients"] ?? [], at: "gradients/")
      }
    } catch {
      answer.problems.append("\(error)")
    }
    return answer
  }

  private static let folders: [(String, @Sendable (String) -> Quantity)] = [
    ("sequence", { .sequence($0) }), ("final", { .final($0) }),
    ("gradients/parameters", { .parameter($0) }), ("gradients/inputs", { .inputs($0) }),
    ("gradients/initial", { .initial($0) }), ("gradients/signals", { .cotangent($0) }),
  ]
  private static let known = [
    "": ["sequence", "final", "gradients", "packed"],
    "gradients": ["parameters", "inputs", "initial", "signals"],
  ]

  /// Notes what is in a group and has no place there, once for all cases.
  private mutating func note(
    _ group: HDF5Group, _ known: [String], at place: String
  ) throws(HDF5Error) {
    for member in try group.members().prefix(ExchangeSchema.mostMembers)
    where !known.contains(member.name) {
      let note =
        "the response has '\(place)\(member.name)', which is not graded: in a case are"
        + " \(known.map { "'\(place)\($0)'" }.joined(separator: ", "))"
      if !notes.contains(note), notes.count < ExchangeSchema.mostNotes { notes.append(note) }
    }
  }

  private func tensors(
    _ group: HDF5Group, _ folder: String, _ problems: inout [String]
  ) throws -> [(String, Tensor<Double>)] {
    var place: any HDF5Container = group
    for name in folder.split(separator: "/") {
      guard try place.exists(String(name)) else { return [] }
      place = try place.group(String(name))
    }
    var found: [(String, Tensor<Double>)] = []
    for member in try place.members().prefix(ExchangeSchema.mostMembers) {
      do {
        found.append((member.name, try tensor(place, member.name)))
      } catch {
        problems.append("\(error)")
      }
    }
    return found
  }

  /// A tensor of float64 or float32; 16-bit results come as float32.
  private func tensor(_ group: any HDF5Container, _ name: String) throws -> Tensor<Double> {
    let dataset = try group.dataset(name)
    switch dataset.elementKind {
    case .float(bits: 64):
      return try Tensor(
        shape: dataset.shape,
        scalars: dataset.read(Double.self, limits: ExchangeSchema.limits))
    case .float(bits: 32):
      return try Tensor(
        shape: dataset.shape,
        scalars: dataset.read(Float.self, limits: ExchangeSchema.limits).map(Double.init))
    case let other:
      throw FixtureError(
        code: .shape, file: path, path: dataset.path,
        message: "the elements are \(other), expected float64 or float32")
    }
  }
}
