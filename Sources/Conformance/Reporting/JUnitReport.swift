import Claims

extension Report {
  /// The report as JUnit XML: a test suite for each formulation, a test case for each check of each case, and
  /// one for the documents' claims.
  ///
  /// A claim that is known to be false passes, its counterexample in its output; one that is decided
  /// otherwise than it is known to be is an error.
  public func junit() -> String {
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    let unexpected = claimCounts.unexpected
    text += "<testsuites name=\"rnncheck\" tests=\"\(results.count + claims.count)\""
    text += " failures=\"\(count(.departs) + count(.suspect))\""
    text += " errors=\"\(count(.error) + unexpected)\">\n"
    for (formulation, results) in byFormulation {
      let group = Report(results: results)
      text += "  <testsuite name=\"\(formulation.escaped)\" tests=\"\(results.count)\""
      text +=
        " failures=\"\(group.count(.departs) + group.count(.suspect))\" errors=\"\(group.count(.error))\""
      text += " skipped=\"\(group.count(.notOffered))\">\n"
      for result in results { text += result.junit }
      text += "  </testsuite>\n"
    }
    if !claims.isEmpty {
      text += "  <testsuite name=\"claims\" tests=\"\(claims.count)\" failures=\"0\""
      text += " errors=\"\(unexpected)\" skipped=\"0\">\n"
      for claim in claims { text += claim.junit }
      text += "  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }
}

extension CheckResult {
  fileprivate var junit: String {
    let name = "\(goldenCase) \(check.rawValue) \(precision.rawValue)"
    let head =
      "    <testcase classname=\"\(formulation.escaped)\" name=\"\(name.escaped)\""
    switch verdict {
    case .conforms: return head + "/>\n"
    case .departs:
      return head + "><failure message=\"\(place.escaped)\">"
        + "\(failures) of \(elements) elements depart; flags: "
        + "\(flags.map(\.rawValue).joined(separator: " "))</failure></testcase>\n"
    case .suspect:
      return head + "><failure type=\"suspect\" message=\"\(place.escaped)\">"
        + "\(suspects) of \(elements) elements are suspect; flags: "
        + "\(flags.map(\.rawValue).joined(separator: " "))</failure></testcase>\n"
    case .notOffered: return head + "><skipped message=\"not offered\"/></testcase>\n"
    case .error: return head + "><error message=\"\(message.escaped)\"/></testcase>\n"
    }
  }
}

extension ClaimResult {
  fileprivate var junit: String {
    let head =
      "    <testcase classname=\"\(claim.document.escaped)\" name=\"\(claim.id.escaped)\""
    guard isExpected else {
      return head + "><error message=\"\(message.escaped)\"/></testcase>\n"
    }
    guard let counterexample else { return head + "/>\n" }
    let found = "false as printed; counterexample: \(counterexample)"
    return head + "><system-out>\(found.escaped)</system-out></testcase>\n"
  }
}

extension String {
  /// The text with what XML reserves replaced, and without the control characters it forbids.
  fileprivate var escaped: String {
    unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20: result += "?"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}
