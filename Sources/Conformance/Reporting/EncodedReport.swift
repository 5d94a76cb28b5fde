import GoldenFixtures

/// A report as it stands in JSON.
struct EncodedReport: Codable {
  static let format = "rnncheck-report"
  static let version = 1

  /// Which part of a run it is of.
  struct Part: Codable, Hashable {
    let number, count: Int
  }

  struct Summary: Codable {
    let conforms, suspect, departs, notOffered, errors: Int

    enum CodingKeys: String, CodingKey {
      case conforms, suspect, departs, errors
      case notOffered = "not_offered"
    }
  }

  var format = Self.format
  var version = Self.version
  let shard: Part?
  let summary: Summary
  let results: [Result]
  let claims: [EncodedClaim]
  let limits: [DetectionLimits.Row]
  let anotherReading: [String]?
  let bugClasses: [BugClass]?
  let explanations: [Explanation]?

  enum CodingKeys: String, CodingKey {
    case format, version, shard, summary, results, claims, limits, explanations
    case anotherReading = "another_reading"
    case bugClasses = "bug_classes"
  }

  init(_ report: Report) {
    shard = report.shard.map { Part(number: $0.number, count: $0.count) }
    results = report.results.map(Result.init)
    summary = Summary(results)
    limits = report.limits.map(DetectionLimits.Row.init)
    let readings = report.diagnosis?.readings ?? []
    anotherReading = readings.isEmpty ? nil : readings
    bugClasses = report.diagnosis?.bugClasses
    explanations = report.diagnosis?.findings.map(Explanation.init)
    claims = report.claims.map(EncodedClaim.init)
  }

  /// A report of a whole.
  init(results: [Result], claims: [EncodedClaim], limits: [DetectionLimits.Row]) {
    shard = nil
    summary = Summary(results)
    self.results = results
    self.claims = claims
    self.limits = limits
    anotherReading = nil
    bugClasses = nil
    explanations = nil
  }

  struct Explanation: Codable {
    let kind, what, explains: String
    let bugClass: BugClass?

    init(_ finding: Diagnosis.Finding) {
      kind = finding.alternative.kind.rawValue
      what = finding.alternative.name
      explains = finding.extent.rawValue
      bugClass = finding.alternative.bugClass
    }

    enum CodingKeys: String, CodingKey {
      case kind, what, explains
      case bugClass = "bug_class"
    }
  }

  struct Result: Codable {
    let formulation, goldenCase, check, dtype, verdict, activations, message: String
    let signal: String?
    let index: [Int]?
    let step: Int?
    let found, expected, maxError, tolerance, suspicion, worstRatio, worstUlps: Double?
    let worstSignal: String?
    let elements, failures, suspects: Int
    let flags: [String]

    init(_ result: CheckResult) {
      formulation = result.formulation
      goldenCase = result.goldenCase
      check = result.check.rawValue
      dtype = result.precision.rawValue
      verdict = result.verdict.rawValue
      activations = result.activations.rawValue
      message = result.message
      signal = result.deviation?.quantity.path
      index = result.deviation?.position
      step = result.deviation?.step
      found = result.deviation?.found.orNil
      expected = result.deviation?.expected.orNil
      maxError = result.deviation?.error.orNil
      tolerance = result.deviation?.tolerance.orNil
      suspicion = result.deviation?.suspicion?.orNil
      worstRatio = result.worstRatio.orNil
      worstUlps = result.worst?.ulps(in: result.precision).orNil
      worstSignal = result.worst?.quantity.path
      elements = result.elements
      failures = result.failures
      suspects = result.suspects
      flags = result.flags.map(\.rawValue)
    }

    enum CodingKeys: String, CodingKey {
      case formulation, check, dtype, verdict, activations, message, signal, index, step, found
      case expected, tolerance, suspicion, elements, failures, suspects, flags
      case goldenCase = "case"
      case maxError = "max_error"
      case worstRatio = "worst_ratio"
      case worstUlps = "worst_ulps"
      case worstSignal = "worst_signal"
    }
  }
}

extension EncodedReport.Summary {
  fileprivate init(_ results: [EncodedReport.Result]) {
    func count(_ verdict: Verdict) -> Int { results.count { $0.verdict == verdict.rawValue } }
    self.init(
      conforms: count(.conforms), suspect: count(.suspect), departs: count(.departs),
      notOffered: count(.notOffered), errors: count(.error))
  }
}

extension Double {
  fileprivate var orNil: Double? { isFinite ? self : nil }
}
