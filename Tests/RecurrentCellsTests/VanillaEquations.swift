/// The functions that the documents leave open for an output.
enum Output: String, Sendable {
  case softmax, logistic, identity

  func callAsFunction(_ a: [Tracked], _ p: Operands) -> [Tracked] {
    switch self {
    case .softmax: Tracked.softmax(a, u: p.u)
    case .logistic: a.map(\.sigmoid)
    case .identity: a
    }
  }
}

@Sendable func donahueRNN(
  _ p: Operands, _ x: [Tracked], _ last: Past
) -> [String: [Tracked]] {
  let h = p.gate(("W_xh", x), ("W_hh", last["h"] ?? []), "b_h", units: p.rows("W_hh"))
  return ["h": h, "y": p.layer("W_hy", h, "b_y").map(\.sigmoid)]
}

@Sendable func knightRNN(
  _ p: Operands, _ x: [Tracked], _ last: Past
) -> [String: [Tracked]] {
  let h = p.affine(("W_hh", last["h"] ?? []), ("W_xh", x), nil, units: p.rows("W_hh")).map(\.tanh)
  return ["h": h, "y": p.times("W_hy", h)]
}

/// s_t = f(U x_t + W s_{t−1}).
func elman(_ f: @escaping @Sendable (Tracked) -> Tracked) -> Equations {
  Equations { p, x, last in
    let s = p.affine(("U", x), ("W", last["s"] ?? []), nil, units: p.rows("W")).map(f)
    return ["s": s, "o": Tracked.softmax(p.times("V", s), u: p.u)]
  }
}

func cs224dRNN(_ output: Output) -> Equations {
  Equations { p, x, last in
    let f = (last["h"] ?? []).map(\.tanh)
    let h = p.affine(("W", f), ("W_hs", x), nil, units: p.rows("W"))
    return ["h": h, "y_hat": output(p.times("W_S", h.map(\.tanh)), p)]
  }
}

func padhaiRNNLabelling(_ output: Output) -> Equations {
  Equations { p, x, last in
    let s = p.gate(("U", x), ("W", last["s"] ?? []), "b", units: p.rows("W"))
    return ["s": s, "y_hat": output(p.layer("V", s, "c"), p)]
  }
}

func padhaiRNNClassification(_ output: Output) -> Equations {
  Equations(
    step: { p, x, last in
      ["s": p.gate(("U", x), ("W", last["s"] ?? []), "b", units: p.rows("W"))]
    },
    output: { p, final in ["y_hat": output(p.layer("V", final["s"] ?? [], "c"), p)] })
}

extension Operands {
  /// V s + c.
  func layer(_ V: String, _ s: [Tracked], _ c: String) -> [Tracked] {
    (0..<rows(V)).map { .sum(row(V, $0, s), [bias(c, $0)], u: u) }
  }
}
