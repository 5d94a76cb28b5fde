import Conformance

extension SoundnessReport {
  /// What slack may be, in float32: the medians of values and gradients against one evaluation, and against
  /// the worst of all.
  public static let goal = (
    values: Slack(one: 200, all: 70), gradients: Slack(one: 500, all: 200)
  )

  /// The report as a table for people, every alarm below it.
  public var text: String {
    var table = TextTable([
      .left("formulation"), .left("dtype"), .right("evaluations"), .right("flagged"),
      .right("worst"), .left("in"), .right("values"), .right("of all"), .right("gradients"),
      .right("of all"),
    ])
    for row in rows {
      let place = row.worst.map { "\($0.goldenCase) \($0.check.rawValue)" } ?? ""
      table.add([
        row.formulation, row.arithmetic.rawValue, "\(row.evaluations)", "\(row.flagged)",
        row.worstRatio.shortened, place, Self.number(row.values?.one),
        Self.number(row.values?.all), Self.number(row.gradients?.one),
        Self.number(row.gradients?.all),
      ])
    }
    var text = table.text
    text += """

      worst: the largest error ÷ tolerance of a right evaluation; 1 is the limit.
      values, gradients: slack, tolerance ÷ error: the median over elements, then over evaluations and
      cases that are not saturated; of all: against the worst error of all evaluations.

      """
    for alarm in alarms {
      text += "\n\(alarm.result.formulation) \(alarm.result.goldenCase)"
      text += " \(alarm.result.check.rawValue) \(alarm.arithmetic.rawValue): flagged\n"
      text += "  \(alarm.result.place), \(alarm.result.worstRatio.shortened) tolerances\n"
      text += "  \(alarm.variant)\n"
    }
    let evaluations = rows.reduce(0) { $0 + $1.evaluations }
    let flagged = rows.reduce(0) { $0 + $1.flagged }
    text += "\n\(evaluations) right evaluations, \(rows.reduce(0) { $0 + $1.checks }) checks:"
    text += " \(flagged) flagged"
    if let narrow = narrowSlack { text += "; \(narrow)" }
    return text + "\n"
  }

  /// The largest slacks in float32 beside the goal, in words.
  private var narrowSlack: String? {
    let narrow = rows.filter { $0.arithmetic == .float32 }
    let values = narrow.compactMap(\.values)
    let gradients = narrow.compactMap(\.gradients)
    guard let a = values.map(\.one).max(), let b = values.map(\.all).max(),
      let c = gradients.map(\.one).max(), let d = gradients.map(\.all).max()
    else { return nil }
    let goal = Self.goal
    return "float32 slack at most \(Self.number(a)) and \(Self.number(b)) for values"
      + " (goal \(Self.number(goal.values.one)) and \(Self.number(goal.values.all))),"
      + " \(Self.number(c)) and \(Self.number(d)) for gradients"
      + " (goal \(Self.number(goal.gradients.one)) and \(Self.number(goal.gradients.all)))"
  }

  private static func number(_ slack: Double?) -> String {
    guard let slack else { return "–" }
    return slack.isFinite ? slack.shortened : "∞"
  }
}
