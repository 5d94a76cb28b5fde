import Claims

extension Report {
  /// How many claims hold, are false, and were not decided as they are known to be.
  public var claimCounts: (hold: Int, areFalse: Int, unexpected: Int) {
    (
      claims.count { $0.verdict == .holds }, claims.count { $0.verdict == .isFalse },
      claims.count { !$0.isExpected }
    )
  }

  /// The claims as text for people: the counts, then each false one with its counterexample; empty where
  /// there are none.
  func claimText(color: Bool) -> String {
    guard !claims.isEmpty else { return "" }
    let counts = claimCounts
    var text = "\nClaims of the documents: \(counts.hold) hold"
    if counts.areFalse > 0 { text += ", \(counts.areFalse) false as printed" }
    let undecided = claims.count - counts.hold - counts.areFalse
    if undecided > 0 { text += ", \(undecided) undecided" }
    text += "\n"
    for result in claims where result.verdict != .holds || !result.isExpected {
      text += result.text(color: color)
    }
    return text
  }
}

extension ClaimResult {
  /// The claim with its verdict, and why, over some lines.
  func text(color: Bool) -> String {
    var text = "  \(marked(color: color)) \(claim.id)  \(claim.formula)\n"
    if let counterexample { text += "    counterexample: \(counterexample)\n" }
    if let correction { text += "    correct: \(correction)\n" }
    if !isExpected { text += "    unexpected: \(message)\n" }
    return text
  }

  /// The verdict as a word.
  ///
  /// In color what is as it is known to be is green or yellow, and anything unexpected red.
  private func marked(color: Bool) -> String {
    let word = verdict == .holds ? "holds" : verdict.rawValue
    guard color else { return word }
    let code = !isExpected ? "31" : verdict == .holds ? "32" : "33"
    return "\u{1B}[\(code)m\(word)\u{1B}[0m"
  }
}
