import Equations

/// What was found of a claim.
public struct ClaimResult: Sendable {
  /// Whether a claim is true.
  public enum Verdict: String, Sendable {
    /// It holds as printed.
    case holds
    /// It is false as printed; the counterexample shows it.
    case isFalse = "false"
    /// It could not be decided; the message says why.
    case undecided
  }

  /// The claim.
  public let claim: Claim
  /// Whether it is true as printed.
  public let verdict: Verdict
  /// By what it was decided, a false claim by what its correction was; empty where it was not.
  public let evidence: String
  /// Numbers that contradict the claim as printed; nil where there are none.
  public let counterexample: String?
  /// Whether the verdict is what is known of the claim, and its correction, if it has one, holds.
  public let isExpected: Bool
  /// What is not as expected, in words; empty where everything is.
  public let message: String

  /// How the claim must read; nil where it holds as printed.
  public var correction: String? {
    if case .isFalse(let correction) = claim.expectation { return correction }
    return nil
  }
}

extension Claim {
  /// Decides the claim.
  ///
  /// - Parameter formulations: by identifier, at least those that are `needed`.
  public func examined(with formulations: [String: Formulation]) -> ClaimResult {
    let systems = ClaimSystems(formulations)
    func result(
      _ verdict: ClaimResult.Verdict, evidence: String = "", counterexample: String? = nil,
      unexpected message: String = ""
    ) -> ClaimResult {
      ClaimResult(
        claim: self, verdict: verdict, evidence: evidence, counterexample: counterexample,
        isExpected: message.isEmpty, message: message)
    }
    do {
      switch (try printed(systems), expectation) {
      case (.holds(let evidence), .holds): return result(.holds, evidence: evidence)
      case (.holds(let evidence), .isFalse):
        return result(
          .holds, evidence: evidence, unexpected: "it holds as printed, expected it to be false")
      case (.isFalse(let counterexample), .holds):
        return result(
          .isFalse, counterexample: counterexample,
          unexpected: "it is false as printed, expected it to hold")
      case (.isFalse(let counterexample), .isFalse):
        switch try corrected?(systems) {
        case .holds(let evidence)?:
          return result(.isFalse, evidence: evidence, counterexample: counterexample)
        case .isFalse(let place)?:
          return result(
            .isFalse, counterexample: counterexample,
            unexpected: "its correction is false too: \(place)")
        case nil:
          return result(
            .isFalse, counterexample: counterexample, unexpected: "it has no correction")
        }
      }
    } catch {
      return result(.undecided, unexpected: "it could not be decided: \(error)")
    }
  }
}
