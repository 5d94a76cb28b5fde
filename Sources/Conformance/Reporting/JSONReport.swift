import Foundation
import GoldenFixtures

extension Report {
  /// The report as JSON, a line break at the end.
  ///
  /// ```
  /// {"format":"rnncheck-report","version":1,
  ///  "summary":{"conforms":n,"suspect":n,"departs":n,"not_offered":n,"errors":n},
  ///  "results":[{"formulation","case","check","signal","verdict","max_error","tolerance","step","flags",…}],
  ///  "claims":[{"id","document","formulations","formula","meaning","verdict","expected","evidence",
  ///             "counterexample","correction","message"}],
  ///  "limits":[{"formulation","dtype","quantity","best","median","worst","untested","elements"}]}
  /// ```
  /// A claim's verdict is `holds`, `false` or `undecided`; `expected` is whether that is what is known of it.
  /// `max_error` and `tolerance` are those of the first element that departs, or of the worst one;
  /// `worst_signal`, `worst_ratio` (error ÷ tolerance) and `worst_ulps` are those of the worst one. A number
  /// that is not finite is null, and so are the worst element's signal and ulps where a check has no goldens.
  /// Where something departs, `bug_classes` lists what fits, the likeliest first; `explanations` says what the
  /// subject computes instead, where that was found, and `another_reading` names the formulations that it
  /// computes exactly.
  ///
  /// - Throws: an encoding error, which no report gives.
  public func json() throws -> Data {
    try Encoded(self).reportJSON()
  }

  private struct Encoded: Encodable {
    let format = "rnncheck-report"
    let version = 1
    let summary: Summary
    let results: [Result]
    let claims: [EncodedClaim]
    let limits: [DetectionLimits.Row]
    let anotherReading: [String]?
    let bugClasses: [BugClass]?
    let explanations: [Explanation]?

    enum CodingKeys: String, CodingKey {
      case format, version, summary, results, limits, explanations
      case anotherReading = "another_reading"
      case bugClasses = "bug_classes"
    }

    init(_ report: Report) {
      summary = Summary(
        conforms: report.count(.conforms), suspect: report.count(.suspect),
        departs: report.count(.departs),
        notOffered: report.count(.notOffered), errors: report.count(.error))
      results = report.results.map(Result.init)
      limits = report.limits.map(DetectionLimits.Row.init)
      claims = report.claims.map(EncodedClaim.init)
      let readings = report.diagnosis?.readings ?? []
      anotherReading = readings.isEmpty ? nil : readings
      bugClasses = report.diagnosis?.bugClasses
      explanations = report.diagnosis?.findings.map(Explanation.init)
    }
  }

  private struct Explanation: Encodable {
    let kind, what, explains: String
    let bugClass: BugClass?

    enum CodingKeys: String, CodingKey {
      case kind, what, explains
      case bugClass = "bug_class"
    }

    init(_ finding: Diagnosis.Finding) {
      kind = finding.alternative.kind.rawValue
      what = finding.alternative.name
      explains = finding.extent.rawValue
      bugClass = finding.alternative.bugClass
    }
  }

  private struct Summary: Encodable {
    let conforms, suspect, departs, notOffered, errors: Int

    enum CodingKeys: String, CodingKey {
      case conforms, suspect, departs, errors
      case notOffered = "not_offered"
    }
  }

  private struct Result: Encodable {
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

extension Double {
  fileprivate var orNil: Double? { isFinite ? self : nil }
}
