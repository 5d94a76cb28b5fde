@Sendable func leakyRNN(
  _ p: Operands, _ x: [Tracked], _ last: Past
) -> [String: [Tracked]] {
  let h = last["h"] ?? []
  let α = h.indices.map { p.bias("alpha", $0) }
  let F = p.affine(("W", h.map(\.tanh)), ("W_hs", x), nil, units: h.count)
  return ["h": plus(times(α, h), times(α.map(\.complement), F))]
}

func skipRNN(_ d: Int) -> Equations {
  Equations { p, x, last in
    let (f, skipped) = ((last["h"] ?? []).map(\.tanh), (last["h", lag: d] ?? []).map(\.tanh))
    return [
      "h": f.indices.map {
        .sum(p.row("W", $0, f) + p.row("W_d", $0, skipped) + p.row("W_hs", $0, x), u: p.u)
      }
    ]
  }
}

func delayedRNN(_ d: Int) -> Equations {
  Equations { p, x, last in
    let f = (last["h", lag: d] ?? []).map(\.tanh)
    return ["h": p.affine(("W", f), ("W_hs", x), nil, units: f.count)]
  }
}
