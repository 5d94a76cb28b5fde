import Foundation

extension Identification {
  /// The identification as JSON, a line break at the end.
  ///
  /// ```
  /// {"format":"rnncheck-identification","version":1,"subject","dtype","tried","matches":[{"formulation",
  ///  "headline","gates","complements","biases","states","output","weights":[{"name","shape","role"}],
  ///  "change","worst_ratio"}],"nearest":{"match","departure","failures","elements"}}
  /// ```
  ///
  /// - Throws: an encoding error, which no identification gives.
  public func json() throws -> Data {
    try Encoded(self).reportJSON()
  }

  private struct Encoded: Encodable {
    let format = "rnncheck-identification"
    let version = 1
    let subject, dtype: String
    let tried: Int
    let matches: [EncodedMatch]
    let nearest: EncodedNearest?

    init(_ identification: Identification) {
      subject = identification.subject
      dtype = identification.precision.rawValue
      tried = identification.tried
      matches = identification.matches.map(EncodedMatch.init)
      nearest = identification.nearest.map(EncodedNearest.init)
    }
  }

  private struct EncodedNearest: Encodable {
    let match: EncodedMatch
    let departure: String
    let failures, elements: Int

    init(_ nearest: Nearest) {
      match = EncodedMatch(nearest.match)
      departure = nearest.departure
      failures = nearest.failures
      elements = nearest.elements
    }
  }

  private struct EncodedWeight: Encodable {
    let name, shape, role: String
  }

  private struct EncodedMatch: Encodable {
    let formulation, headline, output: String
    let change: String?
    let gates, complements, states: [String]
    let biases: Int
    let weights: [EncodedWeight]
    let worstRatio: Double?

    enum CodingKeys: String, CodingKey {
      case formulation, headline, output, change, gates, complements, states, biases, weights
      case worstRatio = "worst_ratio"
    }

    init(_ match: Match) {
      formulation = match.formulation
      headline = match.headline
      output = match.output
      change = match.change
      gates = match.gates
      complements = match.complements
      states = match.states
      biases = match.biases
      weights = match.weights.map {
        EncodedWeight(name: $0.name, shape: $0.shape, role: $0.role)
      }
      worstRatio = match.worstRatio
    }
  }
}
