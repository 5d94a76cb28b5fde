import RecurrentCells
import Tensors

/// Every sequence of a batch run by itself through the equations in loops.
struct Reference {
  /// By signal, [T][B][H]; nothing where an element has ended.
  var signals: [String: [[[Tracked]]]] = [:]
  /// By state, [B][H].
  var final: [String: [[Tracked]]] = [:]

  /// The sequences of a sample.
  ///
  /// - Parameter held: a sample and a k: the states that pass from one chunk of k steps to another are
  ///   those of that sample.
  init<Scalar: CellScalar>(
    _ sample: Sample<Scalar>, equations: any SequenceEquations,
    held: (sample: Sample<Scalar>, steps: Int)? = nil
  ) {
    let u = Double(Scalar.ulpOfOne) / 2
    func track(_ numbers: [Scalar]) -> [Tracked] { numbers.map { Tracked(Double($0), u: u) } }
    func run(_ sample: Sample<Scalar>, _ element: Int, _ held: Held?) -> Run {
      equations.run(
        Operands(parameters: sample.parameters.mapValues { $0.converted() }, u: u),
        (0..<sample.batch.length(of: element)).map { track(sample.batch.x.vector($0, element)) },
        initial: sample.batch.initial.mapValues { track($0.row(element)) }, held: held)
    }
    for element in 0..<sample.batch.batch {
      let fixed = held.map { (sample, steps) in
        Held(
          run: run(sample, element, nil),
          initial: sample.batch.initial.mapValues { track($0.row(element)) }
        ) { $0 / steps }
      }
      let run = run(sample, element, fixed)
      for (letter, vectors) in run.signals {
        for (step, vector) in vectors.enumerated() {
          signals[letter, default: []].append(to: step, vector, at: element)
        }
      }
      for (letter, vector) in run.lastOutputs {
        signals[letter, default: []].append(to: 0, vector, at: element)
      }
      for (letter, vector) in run.final { final[letter, default: []].append(vector) }
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
