import Conformance
import Foundation

extension SoundnessReport {
  /// The report as JSON, a line break at the end.
  ///
  /// ```
  /// {"format":"rnncheck-soundness","version":1,"summary":{"evaluations":n,"checks":n,"flagged":n},
  ///  "results":[{"formulation","dtype","evaluations","checks","flagged","worst_ratio","worst_case",
  ///              "worst_check","worst_place","slack":{"values":{"one","all"},"gradients":{"one","all"}}}],
  ///  "alarms":[{"formulation","case","check","dtype","variant","place","worst_ratio"}]}
  /// ```
  /// A slack that is infinite, as no error was seen, is null.
  ///
  /// - Throws: an encoding error, which no report gives.
  public func json() throws -> Data {
    try Encoded(self).reportJSON(keys: .convertToSnakeCase)
  }

  private struct Encoded: Encodable {
    let format = "rnncheck-soundness"
    let version = 1
    let summary: [String: Int]
    let results: [Result]
    let alarms: [EncodedAlarm]

    init(_ report: SoundnessReport) {
      summary = [
        "evaluations": report.rows.reduce(0) { $0 + $1.evaluations },
        "checks": report.rows.reduce(0) { $0 + $1.checks },
        "flagged": report.rows.reduce(0) { $0 + $1.flagged },
      ]
      results = report.rows.map(Result.init)
      alarms = report.alarms.map(EncodedAlarm.init)
    }
  }

  private struct Result: Encodable {
    let formulation, dtype: String
    let evaluations, checks, flagged: Int
    let worstRatio: Double?
    let worstCase, worstCheck, worstPlace: String?
    let slack: [String: [String: Double?]]

    init(_ row: Row) {
      formulation = row.formulation
      dtype = row.arithmetic.rawValue
      evaluations = row.evaluations
      checks = row.checks
      flagged = row.flagged
      worstRatio = row.worstRatio.orNil
      worstCase = row.worst?.goldenCase
      worstCheck = row.worst?.check.rawValue
      worstPlace = row.worst?.place
      slack = [
        "values": ["one": row.values?.one.orNil, "all": row.values?.all.orNil],
        "gradients": ["one": row.gradients?.one.orNil, "all": row.gradients?.all.orNil],
      ]
    }
  }

  private struct EncodedAlarm: Encodable {
    let formulation, goldenCase, check, dtype, variant, place: String
    let worstRatio: Double?

    enum CodingKeys: String, CodingKey {
      case formulation, check, dtype, variant, place, worstRatio
      case goldenCase = "case"
    }

    init(_ alarm: Alarm) {
      formulation = alarm.result.formulation
      goldenCase = alarm.result.goldenCase
      check = alarm.result.check.rawValue
      dtype = alarm.arithmetic.rawValue
      variant = alarm.variant
      place = alarm.result.place
      worstRatio = alarm.result.worstRatio.orNil
    }
  }
}

extension Double {
  fileprivate var orNil: Double? { isFinite ? self : nil }
}
