import GoldenFixtures

extension Report {
  /// The report as a table for people, every failure repeated below it with what to run next.
  ///
  /// - Parameter color: whether to mark verdicts by color.
  public func text(color: Bool) -> String {
    let precisions = Precision.allCases.filter { precision in
      !precision.isSixteenBit || results.contains { $0.precision == precision }
    }
    var table = TextTable(
      [.left("formulation"), .right("cases"), .right("checks")]
        + precisions.map { .right($0.rawValue) } + [.right("differences"), .left("verdict")])
    for (formulation, results) in byFormulation {
      let verdict = Self.verdict(over: results)
      let worst = precisions.map { precision in
        Self.worst(results.filter { $0.precision == precision && $0.check != .differences })
      }
      table.add(
        [formulation, "\(Set(results.map(\.goldenCase)).count)", "\(results.count)"] + worst + [
          Self.worst(results.filter { $0.check == .differences }),
          verdict == .departs && !(diagnosis?.readings ?? []).isEmpty
            ? "another reading" : verdict.marked(color: color),
        ])
    }
    var text = table.text
    text += "\nNumbers are the worst error ÷ tolerance; 1 is the limit.\n"
    let absolute = byFormulation.filter { $0.results.contains { $0.activations == .absolute } }
    if !absolute.isEmpty {
      text += "Activations held only to absolute accuracy: "
      text += absolute.map(\.formulation).joined(separator: ", ") + "\n"
    }
    text += limitText
    if let diagnosis { text += diagnosis.text }
    for (formulation, results) in byFormulation {
      let group = Report(results: results)
      guard !group.failures.isEmpty else { continue }
      text += "\n" + Self.failureText(formulation, results, color: color)
    }
    let parts = [
      (count(.conforms), "conform"), (count(.departs), "depart"), (count(.suspect), "suspect"),
      (count(.notOffered), "not offered"), (count(.error), "errors"),
    ]
    return text + claimText(color: color) + "\n\(results.count) checks: "
      + parts.filter { $0.0 > 0 || $0.1 == "depart" }.map { "\($0.0) \($0.1)" }
      .joined(separator: ", ") + "\n"
  }

  private static func worst(_ results: [CheckResult]) -> String {
    let graded = results.filter { $0.elements > 0 }
    guard let worst = graded.map(\.worstRatio).max() else { return "–" }
    return worst.shortened
  }

  private static func failureText(
    _ formulation: String, _ results: [CheckResult], color: Bool
  ) -> String {
    let failures = Report(results: results).failures
    var text = "\(formulation) \(verdict(over: results).marked(color: color))\n"
    if let fault = fault(in: results), let deviation = fault.deviation {
      let step = deviation.step.map { "step \($0), " } ?? ""
      text += "  first fault: \(step)\(deviation.quantity.path)"
      text += " (\(fault.check.rawValue), case \(fault.goldenCase), \(fault.precision.rawValue))\n"
      text += "    \(fault.place)\n"
    }
    for failure in failures.prefix(12) {
      text += "  \(failure.goldenCase) \(failure.check.rawValue) \(failure.precision.rawValue): "
      switch failure.verdict {
      case .departs:
        text += "\(failure.failures) of \(failure.elements) elements, \(failure.place)\n"
      case .suspect:
        text += "\(failure.suspects) of \(failure.elements) elements suspect, \(failure.place)\n"
      case .conforms, .notOffered, .error: text += failure.message + "\n"
      }
    }
    if failures.count > 12 { text += "  and \(failures.count - 12) more checks\n" }
    return text
      + "  next: rnncheck show \(formulation); rnncheck run \(formulation) --format json\n"
  }
}

extension Diagnosis {
  /// What the subject computes instead, for people; empty where nothing is known.
  fileprivate var text: String {
    var text = ""
    if !readings.isEmpty {
      text +=
        "\nAnother reading: in every case, with parameters and states of the same names, what the"
      text += " subject answers is\n"
      for name in readings { text += "  \(name)\n" }
    }
    let others = findings.filter {
      $0.alternative.kind != .reading || $0.extent != .everything
    }
    for extent in [Extent.everything, .values, .gradients] {
      let group = others.filter { $0.extent == extent }.map(\.alternative)
      guard !group.isEmpty else { continue }
      text += "\nWhat explains \(extent.words):\n"
      for alternative in group.prefix(Self.mostShown) {
        text += "  \(alternative.name)"
        if let bugClass = alternative.bugClass { text += "  (\(bugClass.rawValue))" }
        text += "\n"
      }
      if group.count > Self.mostShown { text += "  and \(group.count - Self.mostShown) more\n" }
    }
    if !bugClasses.isEmpty {
      let means = findings.isEmpty ? "that the pattern of failures suggests" : "that fit"
      text += "\nBug classes \(means): " + bugClasses.map(\.rawValue).joined(separator: " ") + "\n"
    }
    return text
  }

  private static let mostShown = 6
}

extension Diagnosis.Extent {
  fileprivate var words: String {
    switch self {
    case .everything: "all that it answers, in every case, within the derived tolerance"
    case .values: "the values of every case (its gradients are others)"
    case .gradients: "the gradients of every case (the values are right)"
    }
  }
}

extension Verdict {
  /// The verdict as a word, green or red where color is wanted.
  public func marked(color: Bool) -> String {
    let word = self == .notOffered ? "not offered" : rawValue
    guard color else { return word }
    let code =
      switch self {
      case .conforms: "32"
      case .departs, .error: "31"
      case .suspect, .notOffered: "33"
      }
    return "\u{1B}[\(code)m\(word)\u{1B}[0m"
  }
}
