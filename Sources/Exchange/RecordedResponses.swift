import Conformance
import GoldenFixtures

/// Responses that lie in files already.
public struct RecordedResponses: Sendable {
  /// The responses by arithmetic.
  public let responses: [(precision: Precision, file: ResponseFile)]
  private let paths: [String]

  /// Reads responses, each in a process of its own.
  ///
  /// - Parameter program: the path of the rnncheck binary.
  /// - Throws: `ExchangeError` where a file cannot be read, names an unknown arithmetic, or two are of one;
  ///   `CancellationError`.
  public init(reading paths: [String], readBy program: String) async throws {
    var responses: [(precision: Precision, file: ResponseFile)] = []
    for path in paths {
      let file = try await ResponseReading.response(at: path, readBy: program)
      let precision = try file.precision(at: path)
      guard !responses.contains(where: { $0.precision == precision }) else {
        throw ExchangeError(
          code: .badResponse, message: "\(path): another file has \(precision.rawValue) already")
      }
      responses.append((precision, file))
    }
    self.responses = responses
    self.paths = paths
  }

  /// What the subject is called.
  public var name: String { responses.first?.file.name ?? paths.joined(separator: " ") }

  /// The formulation that the responses say they answer.
  ///
  /// - Throws: `ExchangeError` where they name none, or not the same one.
  public func formulation() throws(ExchangeError) -> String {
    let named = Set(responses.compactMap(\.file.formulation))
    guard let id = named.first, named.count == 1 else {
      throw ExchangeError(
        code: .badResponse,
        message: named.isEmpty
          ? "the response has no attribute 'formulation'; name the formulation with --as"
          : "the responses answer different formulations: " + named.sorted().joined(separator: ", ")
      )
    }
    return id
  }
}

extension ResponseFile {
  /// The arithmetic that the response names; what it is added up in is known as well.
  func precision(at path: String) throws(ExchangeError) -> Precision {
    guard let precision = Precision(rawValue: dtype) else {
      throw ExchangeError(
        code: .badResponse,
        message: "\(path):/@dtype: '\(dtype)', expected one of "
          + Precision.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", "))
    }
    if let accumulation, Accumulation(rawValue: accumulation) == nil {
      throw ExchangeError(
        code: .badResponse,
        message: "\(path):/@accumulation: '\(accumulation)', expected one of "
          + Accumulation.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", "))
    }
    return precision
  }

  /// What the roundings of the arithmetic are, as far as the response says.
  func model(of precision: Precision) -> ArithmeticModel {
    ArithmeticModel(
      precision, accumulation: accumulation.flatMap(Accumulation.init) ?? .storage)
  }
}
