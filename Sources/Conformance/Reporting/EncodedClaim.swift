import Claims

/// A claim's result in a JSON report or sheet.
struct EncodedClaim: Codable {
  let id, document, formula, meaning, verdict, evidence, message: String
  let formulations: [String]
  let expected: Bool
  let counterexample, correction: String?

  init(_ result: ClaimResult) {
    id = result.claim.id
    document = result.claim.document
    formula = result.claim.formula
    meaning = result.claim.meaning
    formulations = result.claim.formulations
    verdict = result.verdict.rawValue
    evidence = result.evidence
    counterexample = result.counterexample
    correction = result.correction
    expected = result.isExpected
    message = result.message
  }
}
