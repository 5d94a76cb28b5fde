import Claims
import Foundation
import GoldenFixtures

/// The JSON reports of the parts of a run, joined into the report of the whole.
public struct MergedReport: Sendable {
  private let report: EncodedReport

  /// Joins reports; their results stand in the order in which one run has them.
  ///
  /// - Parameter files: what `rnncheck run --format json` wrote, by the names to call it by in errors.
  /// - Throws: `ReportError` where a file is no such report, two have the same check of the same case, or a
  ///   part that was counted is missing.
  public init(_ files: [(name: String, data: Data)]) throws(ReportError) {
    var parts: [(file: String, report: EncodedReport)] = []
    for (name, data) in files { parts.append((name, try EncodedReport(data, from: name))) }
    try Self.checkParts(parts.map { ($0.file, $0.report.shard) })
    try Self.checkTwice(parts)

    let formulations = Order(Catalogue.declarations.map(\.id))
    let cases = Order(CaseFamily.all.map(\.name))
    let dtypes = Order(Precision.allCases.map(\.rawValue))
    let checks = Order(Check.allCases.map(\.rawValue))
    let claims = Order(Claim.all.map(\.id))
    let results = parts.flatMap(\.report.results).map { result in
      (
        [
          formulations[result.formulation], cases[result.goldenCase], dtypes[result.dtype],
          checks[result.check],
        ], result
      )
    }
    report = EncodedReport(
      results: results.enumerated().sorted {
        ($0.element.0 + [$0.offset]).lexicographicallyPrecedes($1.element.0 + [$1.offset])
      }.map(\.element.1),
      claims: claims.sorted(parts.flatMap(\.report.claims).unique(by: \.id), by: \.id),
      limits: formulations.sorted(
        parts.flatMap(\.report.limits).unique { [$0.formulation, $0.dtype, $0.quantity] }
      ) { $0.formulation })
  }

  /// The report as `run` writes it.
  ///
  /// - Throws: an encoding error, which no report gives.
  public func json() throws -> Data { try report.reportJSON() }

  /// How many checks depart or are suspect.
  public var departures: Int { report.summary.departs + report.summary.suspect }

  /// How many checks failed to be made, and claims were decided otherwise than is known.
  public var errors: Int { report.summary.errors + report.claims.count { !$0.expected } }

  /// The verdicts in words.
  public var summary: String {
    let counts = report.summary
    return "\(report.results.count) checks: \(counts.conforms) conform, \(counts.departs) depart,"
      + " \(counts.suspect) suspect, \(counts.notOffered) not offered, \(counts.errors) errors"
  }

  // MARK: Refusals

  private static func checkParts(
    _ parts: [(file: String, part: EncodedReport.Part?)]
  ) throws(ReportError) {
    guard let (first, whole) = parts.first(where: { $0.part != nil }).map({ ($0.file, $0.part) }),
      let count = whole?.count
    else { return }
    var found: [Int: String] = [:]
    for (file, part) in parts {
      guard let part, part.count == count else {
        throw ReportError(
          code: .parts, file: file,
          message: "it is \(part.map { "part \($0.number)/\($0.count)" } ?? "no part of a run"),"
            + " and \(first) is one of \(count) parts; merge the parts of one run")
      }
      if let other = found.updateValue(file, forKey: part.number) {
        throw ReportError(
          code: .twice, file: file, message: "\(other) is part \(part.number)/\(count) too")
      }
    }
    let missing = (1...count).filter { found[$0] == nil }
    guard missing.isEmpty else {
      throw ReportError(
        code: .parts, file: first,
        message:
          "of \(count) parts there is no \(missing.map(String.init).joined(separator: ", "));"
          + " 'rnncheck run --shard \(missing[0])/\(count) --format json' makes the first of them")
    }
  }

  private static func checkTwice(
    _ parts: [(file: String, report: EncodedReport)]
  ) throws(ReportError) {
    var places: [[String]: String] = [:]
    for (file, report) in parts {
      for result in report.results {
        let key = [result.formulation, result.goldenCase, result.check, result.dtype]
        if let other = places.updateValue(file, forKey: key) {
          throw ReportError(
            code: .twice, file: file,
            message: "\(key.joined(separator: " ")) is in \(other) too; every check goes in once")
        }
      }
    }
  }
}

/// The places of known words; others follow them in the order in which they come.
private struct Order {
  private let places: [String: Int]

  init(_ words: [String]) {
    places = Dictionary(
      words.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  subscript(word: String) -> Int { places[word] ?? places.count }

  func sorted<Element>(_ elements: [Element], by word: (Element) -> String) -> [Element] {
    elements.enumerated().sorted {
      (self[word($0.element)], $0.offset) < (self[word($1.element)], $1.offset)
    }.map(\.element)
  }
}

extension Sequence {
  /// The first element of every key.
  fileprivate func unique<Key: Hashable>(by key: (Element) -> Key) -> [Element] {
    var seen: Set<Key> = []
    return filter { seen.insert(key($0)).inserted }
  }
}

extension EncodedReport {
  /// A report read from a file.
  fileprivate init(_ data: Data, from file: String) throws(ReportError) {
    struct Head: Decodable { let format: String, version: Int }
    let decoder = JSONDecoder()
    do {
      let head = try decoder.decode(Head.self, from: data)
      guard head.format == Self.format, head.version == Self.version else {
        throw ReportError(
          code: .format, file: file,
          message: "it is \(head.format) version \(head.version), expected \(Self.format) version"
            + " \(Self.version): what 'rnncheck run --format json' writes")
      }
      self = try decoder.decode(Self.self, from: data)
    } catch let error as ReportError {
      throw error
    } catch {
      throw ReportError(
        code: .format, file: file,
        message:
          "it is no report that 'rnncheck run --format json' wrote: \(Self.words(for: error))")
    }
  }

  private static func words(for error: any Error) -> String {
    let (context, what): (DecodingError.Context, String) =
      switch error {
      case DecodingError.keyNotFound(let key, let context):
        (context, "'\(key.stringValue)' is missing")
      case DecodingError.typeMismatch(let type, let context): (context, "expected \(type)")
      case DecodingError.valueNotFound(let type, let context): (context, "expected \(type)")
      case DecodingError.dataCorrupted(let context): (context, context.debugDescription)
      default: (.init(codingPath: [], debugDescription: ""), "\(error)")
      }
    let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
    return (path.isEmpty ? "" : "at \(path.joined(separator: "/")) ") + what
  }
}

/// A report that cannot be merged.
public struct ReportError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Code: String, Sendable {
    /// The file is no report.
    case format
    /// It is not one of the parts that go together, or one of them is missing.
    case parts
    /// Something is there twice.
    case twice
  }

  /// What is wrong.
  public let code: Code
  /// The file.
  public let file: String
  /// What was found, what was expected, and what to do.
  public let message: String

  /// An error about a report.
  public init(code: Code, file: String, message: String) {
    self.code = code
    self.file = file
    self.message = message
  }

  /// The file and the message.
  public var description: String { "\(file): \(message)" }
}
