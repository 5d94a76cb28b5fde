import RecurrentConformance
import StudentLSTM
import Testing

/// The LSTM as rnncheck calls it: a cell given the document's parameters, run over a batch of sequences.
struct StudentCell: RecurrentCell {
  /// Where the document's parameters stand in the LSTM's rows.
  static let gates: [(gate: LSTM.Gate, x: String, h: String, b: String)] = [
    (.input, "W_xi", "W_hi", "b_i"), (.forget, "W_xf", "W_hf", "b_f"),
    (.output, "W_xo", "W_ho", "b_o"), (.candidate, "W_xc", "W_hc", "b_c"),
  ]

  var lstm: LSTM
  let parameters: [String: Tensor<Double>]

  init(_ set: ParameterSet<Double>) throws(CellError) {
    parameters = set.tensors
    let shape = try Self.tensor("W_xi", of: parameters).shape
    lstm = LSTM(inputs: shape[1], units: shape[0])
    for (gate, x, h, b) in Self.gates {
      let (x, h, b) = (
        try Self.tensor(x, of: parameters), try Self.tensor(h, of: parameters),
        try Self.tensor(b, of: parameters)
      )
      for unit in 0..<shape[0] {
        lstm.rows[gate.rawValue * shape[0] + unit] =
          (0..<shape[1]).map { x[unit, $0] } + (0..<shape[0]).map { h[unit, $0] } + [b[unit]]
      }
    }
  }

  private static func tensor(
    _ name: String, of tensors: [String: Tensor<Double>]
  ) throws(CellError) -> Tensor<Double> {
    guard let tensor = tensors[name] else {
      throw CellError(code: .missing, name: name, message: "not given")
    }
    return tensor
  }

  struct Trace: ForwardTrace {
    var signals: [String: Tensor<Double>]
    var final: [String: Tensor<Double>]
    let batch: SequenceBatch<Double>
  }

  func forward(_ batch: SequenceBatch<Double>) throws(CellError) -> Trace {
    let units = parameters["b_i"]?.count ?? 0
    var trace = Trace(signals: [:], final: batch.initial, batch: batch)
    for name in ["i", "f", "o", "g", "c", "h"] {
      trace.signals[name] = Tensor(zeros: [batch.steps, batch.batch, units])
    }
    for element in 0..<batch.batch {
      for (t, step) in steps(of: batch, element).enumerated() {
        let named = zip(["i", "f", "o", "g", "c", "h"], step.gates + [step.c, step.h])
        for (name, values) in named {
          for (unit, value) in values.enumerated() {
            trace.signals[name]?[t, element, unit] = value
            if ["c", "h"].contains(name) { trace.final[name]?[element, unit] = value }
          }
        }
      }
    }
    return trace
  }

  func backward(
    _ trace: Trace, upstream: Upstream<Double>
  ) throws(CellError) -> Gradients<Double> {
    let batch = trace.batch
    let units = parameters["b_i"]?.count ?? 0
    var x = Tensor<Double>(zeros: batch.x.shape)
    var initial = batch.initial.mapValues { Tensor<Double>(zeros: $0.shape) }
    var gradients = parameters.mapValues { Tensor<Double>(zeros: $0.shape) }
    for element in 0..<batch.batch {
      let steps = steps(of: batch, element)
      let dh = steps.indices.map { t in
        (0..<units).map { upstream.sequence["h"]?[t, element, $0] ?? 0 }
      }
      func last(_ state: String) -> [Double] {
        (0..<units).map { upstream.final[state]?[element, $0] ?? 0 }
      }
      let result = lstm.backward(steps, dh: dh, last: (last("h"), last("c")))
      for (t, row) in result.x.enumerated() {
        for (feature, value) in row.enumerated() { x[t, element, feature] = value }
      }
      for unit in 0..<units {
        initial["h"]?[element, unit] = result.h0[unit]
        initial["c"]?[element, unit] = result.c0[unit]
        for (gate, W_x, W_h, b) in Self.gates {
          let row = result.rows[gate.rawValue * units + unit]
          for column in 0..<batch.inputSize { gradients[W_x]?[unit, column] += row[column] }
          for column in 0..<units {
            gradients[W_h]?[unit, column] += row[batch.inputSize + column]
          }
          gradients[b]?[unit] += row[batch.inputSize + units]
        }
      }
    }
    return Gradients(parameters: gradients, x: x, initial: initial)
  }

  private func steps(of batch: SequenceBatch<Double>, _ element: Int) -> [LSTM.Step] {
    let x = (0..<batch.length(of: element)).map { t in
      (0..<batch.inputSize).map { batch.x[t, element, $0] }
    }
    func state(_ name: String) -> [Double] {
      guard let state = batch.initial[name] else { return [] }
      return (0..<state.shape[1]).map { state[element, $0] }
    }
    return lstm.forward(x, h0: state("h"), c0: state("c"))
  }
}

@Test("the LSTM computes what the document prints")
func conforms() throws {
  try expectConforms(StudentCell.self, to: .donahueLSTM)
}
