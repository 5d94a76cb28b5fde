import Foundation

/// An LSTM as a first one is written: loops over arrays, one sequence at a time.
public struct LSTM: Sendable {
  /// The gates in the order of the stacked weights.
  public enum Gate: Int, CaseIterable, Sendable {
    case input, forget, output, candidate
  }

  /// Rows of [W_x | W_h | b] for every unit of every gate, 4H in all.
  public var rows: [[Double]]
  let inputs: Int
  let units: Int

  /// An LSTM of zeros.
  public init(inputs: Int, units: Int) {
    self.inputs = inputs
    self.units = units
    rows = Array(repeating: Array(repeating: 0, count: inputs + units + 1), count: 4 * units)
  }

  /// Everything of one step.
  public struct Step {
    /// What the gates were computed from: x_t, h_{t−1} and 1.
    var operands: [Double]
    var cellBefore: [Double]
    /// i, f, o and g.
    public var gates: [[Double]]
    /// The cell state.
    public var c: [Double]
    /// The output.
    public var h: [Double]
  }

  /// The steps of a sequence.
  public func forward(_ x: [[Double]], h0: [Double], c0: [Double]) -> [Step] {
    var (h, c) = (h0, c0)
    return x.map { x in
      let operands = x + h + [1]
      let gates = Gate.allCases.map { gate in
        (0..<units).map { unit in
          let a = zip(rows[gate.rawValue * units + unit], operands).map { $0 * $1 }.reduce(0, +)
          return gate == .candidate ? tanh(a) : 1 / (1 + exp(-a))
        }
      }
      let before = c
      for k in 0..<units { c[k] = gates[1][k] * before[k] + gates[0][k] * gates[3][k] }
      h = (0..<units).map { gates[2][$0] * tanh(c[$0]) }
      return Step(operands: operands, cellBefore: before, gates: gates, c: c, h: h)
    }
  }

  /// What a loss changes by.
  public struct Gradients {
    /// ∂E by the stacked weights.
    public var rows: [[Double]]
    /// ∂E by the inputs of every step.
    public var x: [[Double]]
    /// ∂E by the initial output.
    public var h0: [Double]
    /// ∂E by the initial cell state.
    public var c0: [Double]
  }

  /// Backpropagation through time.
  ///
  /// - Parameters:
  ///   - dh: ∂E/∂h_t of every step.
  ///   - last: ∂E/∂h and ∂E/∂c of the last state, added to it.
  public func backward(
    _ steps: [Step], dh: [[Double]], last: (h: [Double], c: [Double])
  ) -> Gradients {
    var gradients = Gradients(
      rows: rows.map { $0.map { _ in 0 } }, x: steps.map { _ in [] }, h0: last.h, c0: last.c)
    for t in steps.indices.reversed() {
      let step = steps[t]
      var operands = step.operands.map { _ in 0.0 }
      for k in 0..<units {
        let (i, f, o, g) = (
          step.gates[0][k], step.gates[1][k], step.gates[2][k], step.gates[3][k]
        )
        let squashed = tanh(step.c[k])
        let h = gradients.h0[k] + dh[t][k]
        let c = gradients.c0[k] + h * o * (1 - squashed * squashed)
        gradients.c0[k] = c * f
        let arguments = [
          c * g * i * (1 - i), c * step.cellBefore[k] * f * (1 - f), h * squashed * o * (1 - o),
          c * i * (1 - g * g),
        ]
        for (gate, argument) in arguments.enumerated() {
          let row = gate * units + k
          for column in operands.indices {
            gradients.rows[row][column] += argument * step.operands[column]
            operands[column] += argument * rows[row][column]
          }
        }
      }
      gradients.x[t] = Array(operands[..<inputs])
      gradients.h0 = Array(operands[inputs..<(inputs + units)])
    }
    return gradients
  }
}
