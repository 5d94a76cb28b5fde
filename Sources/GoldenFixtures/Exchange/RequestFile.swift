import Equations
import HDF5
import Tensors

/// A question to a subject: a formulation and cases to answer.
public struct RequestFile: Sendable {
  /// A case by the name under which it is answered.
  public struct Entry: Sendable {
    /// The name of its group.
    public let name: String
    /// What is asked.
    public let problem: Case<Double>

    /// A case to answer.
    public init(name: String, problem: Case<Double>) {
      self.name = name
      self.problem = problem
    }
  }

  private let formulation: Formulation
  private let entries: [Entry]
  private let dtype: String

  /// A request.
  ///
  /// - Parameters:
  ///   - formulation: what the subject is to compute.
  ///   - entries: the cases, each of a name of its own.
  ///   - dtype: the arithmetic that is asked for: `float64`, `float32`.
  public init(_ formulation: Formulation, entries: [Entry], dtype: String) {
    self.formulation = formulation
    self.entries = entries
    self.dtype = dtype
  }

  /// Writes the file; one that is there is replaced as a whole.
  ///
  /// - Throws: `HDF5Error` where libhdf5 cannot make it, `FixtureError` where it cannot be written.
  public func write(to path: String) throws {
    let writer = FixtureWriter(
      file: try HDF5File.createImage(path), formulation: formulation)
    try writer.writeHeader(
      format: ExchangeSchema.requestFormat, version: ExchangeSchema.version)
    try writer.file.setAttribute("dtype", to: dtype)
    try writer.file.setAttribute(
      "states", to: formulation.states.map(\.name).joined(separator: " "))
    try writer.file.setAttribute(
      "outputs", to: formulation.outputs.map(\.name).joined(separator: " "))
    for entry in entries {
      let group = try writer.file.createGroup("cases/\(entry.name)")
      try writer.write(entry.problem, writer.writeSizes(of: entry.problem, in: group), in: group)
    }
    try writer.file.writeImage(to: path)
  }
}
