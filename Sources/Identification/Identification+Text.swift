import Conformance

extension Identification.Match {
  /// The match in a line: `cs224d-gru with z ↔ 1 − z, gates r z h_tilde, two biases, weights [3H, I]`.
  public var headline: String {
    var text = formulation
    if let change { text += " with one change (\(change))" }
    if !complements.isEmpty {
      text += " with " + complements.map { "\($0) ↔ 1 − \($0)" }.joined(separator: ", ")
    }
    if gates.count > 1 { text += ", gates \(gates.joined(separator: " "))" }
    text += ", \(["no bias", "one bias", "two biases"][min(biases, 2)])"
    if let first = weights.first { text += ", weights \(first.shape)" }
    return text
  }

  /// What the headline leaves out, a line each.
  var details: [String] {
    let names = weights.map { "\($0.name) \($0.shape)" }
    let width = names.map(\.count).max() ?? 0
    var lines = zip(names, weights).map { name, weight in
      "\(name)\(String(repeating: " ", count: width - name.count))  \(weight.role)"
    }
    for group in Dictionary(grouping: otherBiases, by: { [$0.found, $0.documented] })
      .sorted(by: { $0.key.lexicographicallyPrecedes($1.key) })
    {
      let (found, documented) = (group.key[0], group.key[1])
      let gates = group.value.map(\.gate).joined(separator: " ")
      lines.append("\(found.biasText) in \(gates), where the document has \(documented.biasText)")
    }
    lines.append(
      states.count > 1
        ? "states \(states.joined(separator: " ")), in this order; the output is \(output)"
        : "the output is the state \(output)")
    return lines
  }
}

extension Int {
  fileprivate var biasText: String {
    switch self {
    case 0: "none"
    case 1: "one bias"
    default: "two biases"
    }
  }
}

extension Identification {
  /// How many ties are printed.
  private static let mostShown = 12

  /// What the layer is, for people.
  public var text: String {
    var text = "subject: \(subject) (\(precision.rawValue))\n"
    text += "weights: "
    text += shapes.map { "\($0.name) \($0.shape)" }.joined(separator: ", ")
    text += ", where I = \(inputSize) and H = \(hiddenSize)\n\n"
    if let match = matches.first {
      text += match.headline + "\n"
      for line in match.details { text += "  \(line)\n" }
      text += "  exact: worst error ÷ tolerance \((match.worstRatio ?? 0).shortened)\n"
      let ties = matches.dropFirst()
      if !ties.isEmpty {
        text += "\nWith these weights the same is\n"
        for tie in ties.prefix(Self.mostShown) { text += "  \(tie.headline)\n" }
        if ties.count > Self.mostShown { text += "  and \(ties.count - Self.mostShown) more\n" }
      }
    } else {
      text += "nothing known computes what the layer does\n"
      if let nearest {
        text += "\nNearest: \(nearest.match.headline)\n"
        for line in nearest.match.details { text += "  \(line)\n" }
        text += "  first departs in \(nearest.departure)\n"
        text += "  \(nearest.failures) of \(nearest.elements) elements depart in that case\n"
      }
    }
    return text + "\n\(tried) hypotheses tried\n"
  }
}
