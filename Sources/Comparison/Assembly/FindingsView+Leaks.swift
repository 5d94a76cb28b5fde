import Equations

extension FindingsView {
  /// How the two carry a state on unit by unit, where they do it in different ways.
  var leakStatements: [String] {
    guard let (left, right) = Leak.pair(a, b, corresponding: pairs),
      left.kind != right.kind || (left.new == nil) != (right.new == nil)
    else { return [] }
    var statements: [String] = []
    if let p = left.new, let q = right.new {
      statements.append(
        "Both are leaky units, unit by unit: \(forms(left, right)).")
      statements.append(weights(left, right))
      statements.append("n is \(p.text) in A and \(q.text) in B.")
      statements += becoming(left, right)
    } else {
      statements.append(
        "Both carry a state on unit by unit: \(forms(left, right)).")
      statements.append(weights(left, right))
      if left.new == nil, right.new == nil {
        statements += becoming(left, right)
      } else {
        let (tied, free) = left.new == nil ? ("B", "A") : ("A", "B")
        statements.append(
          "What is new is weighted by 1 - a in \(tied), and by a weight of its own in \(free).")
      }
    }
    return statements
  }

  private func forms(_ left: Leak, _ right: Leak) -> String {
    left.form == right.form
      ? "\(left.form) in both" : "\(left.form) in A, \(right.form) in B"
  }

  private func weights(_ left: Leak, _ right: Leak) -> String {
    "In A, a is \(left.weightText); in B, a is \(right.weightText)."
  }

  /// That a parameter of one is a gate of the other.
  private func becoming(_ left: Leak, _ right: Leak) -> [String] {
    let correspondence = "\(left.weight.text) ↔ \(right.weight.text)"
    switch (left.kind, right.kind) {
    case (.parameter, .gate):
      return [
        "So \(correspondence): the parameter of A is a gate in B, which depends on the input."
      ]
    case (.gate, .parameter):
      return ["So \(correspondence): the gate of A is a parameter in B, which no input changes."]
    default: return ["So \(correspondence)."]
    }
  }
}

extension Leak {
  /// `h_t = a ⊙ h_{t-1} + (1 - a) ⊙ n`.
  fileprivate var form: String {
    let (now, before) = (
      Expression.signal(state, .step(0)).text, Expression.signal(state, .step(-1)).text
    )
    return "\(now) = a ⊙ \(before) + \(new == nil ? rest.text : "(1 - a) ⊙ n")"
  }

  /// The weight and what it is.
  fileprivate var weightText: String {
    switch kind {
    case .constant: "\(weight.text), a number"
    case .parameter: "\(weight.text), a parameter, the same at every step"
    case .gate:
      "\(weight.text), which every step computes from "
        + sources.map(\.text).joined(separator: " and ")
    }
  }
}
