import GRU
import PadhaiLSTM
import RecurrentCells
import RealModule
import Tensors

/// The printed equations of one sequence.
struct Equations: Sendable {
  /// One step: from x_t and the states before it to all signals of the step.
  let step: @Sendable (_ p: Operands, _ x: [Tracked], _ last: Past) -> [String: [Tracked]]
  /// The outputs of the last states.
  var output: @Sendable (_ p: Operands, _ final: Past) -> [String: [Tracked]] = { _, _ in [:] }
}

/// The states before a step, from the initial one on.
struct Past {
  /// By state: the initial one, then that after each step.
  var states: [String: [[Tracked]]]

  /// A state at t−d; the initial one where that is before the first step.
  subscript(state: String, lag d: Int = 1) -> [Tracked]? {
    states[state].map { $0[max($0.count - d, 0)] }
  }
}

/// The parameters, and the few operations on vectors that the equations are printed with.
struct Operands {
  let parameters: [String: Tensor<Double>]
  let u: Double

  /// The terms of row `unit` of a matrix times a vector.
  func row(_ name: String, _ unit: Int, _ vector: [Tracked]) -> [(Tracked, Tracked)] {
    guard let matrix = parameters[name] else { return [] }
    return vector.indices.map { (Tracked(matrix[unit, $0], u: u), vector[$0]) }
  }

  /// A matrix times a vector.
  func times(_ name: String, _ vector: [Tracked]) -> [Tracked] {
    (0..<rows(name)).map { .sum(row(name, $0, vector), u: u) }
  }

  /// The number of rows of a parameter.
  func rows(_ name: String) -> Int { parameters[name]?.shape[0] ?? 0 }

  /// One element of a bias.
  func bias(_ name: String, _ unit: Int) -> Tracked {
    Tracked(parameters[name]?[unit] ?? .nan, u: u)
  }

  /// σ(A a + B b + bias).
  func gate(
    _ a: (String, [Tracked]), _ b: (String, [Tracked]), _ biasName: String, units: Int
  ) -> [Tracked] {
    affine(a, b, biasName, units: units).map(\.sigmoid)
  }

  /// A a + B b + bias, or without a bias.
  func affine(
    _ a: (String, [Tracked]), _ b: (String, [Tracked]), _ biasName: String?, units: Int
  ) -> [Tracked] {
    (0..<units).map { unit in
      .sum(
        row(a.0, unit, a.1) + row(b.0, unit, b.1),
        biasName.map { [bias($0, unit)] } ?? [], u: u)
    }
  }
}

func times(_ a: [Tracked], _ b: [Tracked]) -> [Tracked] { zip(a, b).map { $0 * $1 } }
func plus(_ a: [Tracked], _ b: [Tracked]) -> [Tracked] { zip(a, b).map { $0 + $1 } }

@Sendable func donahueLSTM(
  _ p: Operands, _ x: [Tracked], _ last: Past
) -> [String: [Tracked]] {
  let (h, c) = (last["h"] ?? [], last["c"] ?? [])
  let n = h.count
  let i = p.gate(("W_xi", x), ("W_hi", h), "b_i", units: n)
  let f = p.gate(("W_xf", x), ("W_hf", h), "b_f", units: n)
  let o = p.gate(("W_xo", x), ("W_ho", h), "b_o", units: n)
  let g = p.affine(("W_xc", x), ("W_hc", h), "b_c", units: n).map(\.tanh)
  let cell = plus(times(f, c), times(i, g))
  return [
    "i": i, "f": f, "o": o, "g": g, "c": cell, "h": times(o, cell.map(\.tanh)),
  ]
}

func padhaiLSTM(_ reading: PadhaiLSTMReading) -> Equations {
  Equations { p, x, last in
    let (h, s) = (last["h"] ?? [], last["s"] ?? [])
    let n = h.count
    let o = p.gate(("U_o", x), ("W_o", h), "b_o", units: n)
    let i = p.gate(("U_i", x), ("W_i", h), "b_i", units: n)
    let f = p.gate(("U_f", x), ("W_f", h), "b_f", units: n)
    var candidate = p.gate(("U", x), ("W", h), "b", units: n)
    if reading == .printedCandidate {
      let bracket = (0..<n).map { unit in
        Tracked.sum(p.row("U", unit, x), [h[unit], p.bias("b", unit)], u: p.u)
      }
      candidate = (0..<n).map { Tracked.sum(p.row("W", $0, bracket), u: p.u).sigmoid }
    }
    let state = plus(times(candidate, i), times(s, f))
    let output = reading == .linearWrite ? times(state, o) : times(o, state.map(\.sigmoid))
    return ["o": o, "i": i, "f": f, "s_tilde": candidate, "s": state, "h": output]
  }
}

func cs224dGRU(_ reading: CS224dGRUReading) -> Equations {
  Equations { p, x, last in
    let h = last["h"] ?? []
    let n = h.count
    let z = p.gate(("W_z", h), ("U_z", x), "b_z", units: n)
    let r = p.gate(("W_r", h), ("U_r", x), "b_r", units: n)
    let candidate: [Tracked] =
      switch reading {
      case .canonical:
        (0..<n).map { unit in
          let reset = r[unit] * .sum(p.row("W", unit, h), u: p.u)
          return Tracked.sum(p.row("W_x", unit, x), [reset], u: p.u).tanh
        }
      case .resetBefore:
        p.affine(("W", times(r, h)), ("W_x", x), nil, units: n).map(\.tanh)
      }
    let output = plus(times(z.map(\.complement), h), times(z, candidate))
    return ["z": z, "r": r, "h_tilde": candidate, "h": output]
  }
}

@Sendable func padhaiGRU(
  _ p: Operands, _ x: [Tracked], _ last: Past
) -> [String: [Tracked]] {
  let s = last["s"] ?? []
  let n = s.count
  let o = p.gate(("U_o", x), ("W_o", s), "b_o", units: n)
  let i = p.gate(("U_i", x), ("W_i", s), "b_i", units: n)
  let candidate = p.gate(("W", times(o, s)), ("U", x), "b", units: n)
  let state = plus(times(i.map(\.complement), s), times(i, candidate))
  return ["o": o, "i": i, "s_tilde": candidate, "s": state]
}
