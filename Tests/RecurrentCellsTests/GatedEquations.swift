@Sendable func knightLSTM(
  _ p: Operands, _ x: [Tracked], _ last: Past
) -> [String: [Tracked]] {
  let (h, c) = (last["h"] ?? [], last["c"] ?? [])
  let n = h.count
  func gate(_ block: Int) -> [Tracked] {
    (0..<n).map { .sum(p.row("W", block * n + $0, h + x), u: p.u) }
  }
  let (i, f, o) = (gate(0).map(\.sigmoid), gate(1).map(\.sigmoid), gate(2).map(\.sigmoid))
  let g = gate(3).map(\.tanh)
  let cell = plus(times(f, c), times(i, g))
  return ["i": i, "f": f, "o": o, "g": g, "c": cell, "h": times(o, cell.map(\.tanh))]
}

@Sendable func cs224dLSTM(
  _ p: Operands, _ x: [Tracked], _ last: Past
) -> [String: [Tracked]] {
  let (h, C) = (last["h"] ?? [], last["C"] ?? [])
  let n = h.count
  let f = p.gate(("W_f", h), ("U_f", x), "b_f", units: n)
  let i = p.gate(("W_i", h), ("U_i", x), "b_i", units: n)
  let o = p.gate(("W_o", h), ("U_o", x), "b_o", units: n)
  let candidate = p.affine(("W", h), ("W_x", x), nil, units: n).map(\.tanh)
  let cell = plus(times(f, C), times(i, candidate))
  return [
    "C": cell, "C_tilde": candidate, "f": f, "i": i, "h": times(o, cell.map(\.tanh)), "o": o,
  ]
}
