import RecurrentCells
import Tensors

/// Every sequence of a batch run by itself through the equations in loops.
struct Reference {
  /// By signal, [T][B][H]; nothing where an element has ended.
  var signals: [String: [[[Tracked]]]] = [:]
  /// By state, [B][H].
  var final: [String: [[Tracked]]] = [:]

  init<Scalar: CellScalar>(_ sample: Sample<Scalar>, equations: Equations) {
    let u = Double(Scalar.ulpOfOne) / 2
    let operands = Operands(
      parameters: sample.parameters.mapValues { $0.converted() }, u: u)
    func track(_ numbers: [Scalar]) -> [Tracked] { numbers.map { Tracked(Double($0), u: u) } }
    for element in 0..<sample.batch.batch {
      var past = Past(states: sample.batch.initial.mapValues { [track($0.row(element))] })
      for step in 0..<sample.batch.length(of: element) {
        let now = equations.step(operands, track(sample.batch.x.vector(step, element)), past)
        for (letter, vector) in now {
          signals[letter, default: []].append(to: step, vector, at: element)
        }
        for state in past.states.keys { past.states[state]?.append(now[state] ?? []) }
      }
      for (letter, vector) in equations.output(operands, past) {
        signals[letter, default: []].append(to: 0, vector, at: element)
      }
      for letter in past.states.keys { final[letter, default: []].append(past[letter] ?? []) }
    }
  }

  /// The elements of a cell's trace that are further from the equations than rounding explains.
  func departures<Trace: ForwardTrace>(of trace: Trace) -> [String] {
    var found: [String] = []
    func compare(_ value: Trace.Scalar, _ expected: Tracked, _ place: String) {
      // Written so that NaN departs.
      if !(abs(Double(value) - expected.value) <= 2 * expected.error) {
        found.append("\(place): \(value), expected \(expected.value) ± \(2 * expected.error)")
      }
    }
    for (letter, tensor) in trace.signals {
      for step in 0..<tensor.shape[0] {
        for element in 0..<tensor.shape[1] {
          let own = signals[letter]?[safe: step]?[safe: element] ?? []
          for unit in 0..<tensor.shape[2] {
            compare(
              tensor[step, element, unit], own[safe: unit] ?? Tracked(0, u: 0),
              "\(letter)[\(step),\(element),\(unit)]")
          }
        }
      }
    }
    for (letter, tensor) in trace.final {
      for element in 0..<tensor.shape[0] {
        for unit in 0..<tensor.shape[1] {
          compare(
            tensor[element, unit],
            final[letter]?[safe: element]?[safe: unit] ?? Tracked(.nan, u: 0),
            "final \(letter)[\(element),\(unit)]")
        }
      }
    }
    return found
  }
}

extension Array {
  subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

extension [[[Tracked]]] {
  fileprivate mutating func append(to step: Int, _ vector: [Tracked], at element: Int) {
    while count <= step { append([]) }
    while self[step].count < element { self[step].append([]) }
    self[step].append(vector)
  }
}
