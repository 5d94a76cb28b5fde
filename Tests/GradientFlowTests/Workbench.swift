import BallArithmetic
import Conformance
import Equations
import Oracle
import Tensors
import Testing

/// Formulations and points to measure them at.
enum Workbench {
  /// One layer of one direction each; the others are copies of these.
  static let ids = Catalogue.entries.compactMap { try? $0.formulation() }
    .filter { $0.signals.allSatisfy { $0.layer == nil && $0.direction == nil } }.map(\.id)

  static func formulation(_ id: String) throws -> Formulation {
    let entry = try #require(Catalogue.entries.first { $0.declaration.id == id })
    return try entry.formulation()
  }

  /// A formulation of one's own.
  static func formulation(
    _ id: String, _ lines: [String], vectors: Set<String> = [], outputs: [String] = ["h"]
  ) throws -> Formulation {
    try Formulation(
      Declaration(
        id: id, title: id, document: Document(key: id, title: id), lines: lines,
        notation: Notation(
          functions: ["sigma": .logistic, "rho": .relu, "f": .tanh], vectors: vectors),
        outputs: outputs))
  }

  /// Multiples of 2^−8 in ±1, none of them zero.
  static func numbers(_ name: String, _ count: Int, seed: UInt64) -> [Double] {
    var generator = CounterGenerator(seed: seed, name: name)
    return (0..<count).map { _ in
      let bits = generator.next()
      return Double(1 + (bits >> 32) % 255) * 0x1p-8 * (bits & 1 == 0 ? 1 : -1)
    }
  }

  static func sizes(of formulation: Formulation) -> Sizes {
    Sizes(input: formulation.tiesInputToHidden ? 3 : 2, hidden: 3, output: 2)
  }

  /// A point whose states differ from step to step.
  static func point(of formulation: Formulation, seed: UInt64) -> StepPoint {
    let sizes = sizes(of: formulation)
    return StepPoint(
      parameters: parameters(of: formulation, seed: seed),
      input: BallVector(numbers("x", sizes.input, seed: seed)),
      past: Dictionary(
        uniqueKeysWithValues: formulation.states.map { state in
          let width = sizes[formulation.axis(of: state)]
          return (
            state,
            (1...formulation.longestLag(of: state)).map {
              BallVector(numbers("\(state.name) \($0)", width, seed: seed))
            }
          )
        }))
  }

  static func parameters(of formulation: Formulation, seed: UInt64) -> [String: Tensor<Double>] {
    let sizes = sizes(of: formulation)
    return Dictionary(
      uniqueKeysWithValues: formulation.parameters.map { parameter in
        let extents = parameter.shape.extents(sizes)
        let values = numbers(parameter.name, extents.reduce(1, *), seed: seed)
        let isFraction = formulation.declaration.notation.fractions.contains(parameter.name)
        return (
          parameter.name,
          Tensor(shape: extents) { isFraction ? values[$0].magnitude : values[$0] }
        )
      })
  }

  /// A case of one sequence.
  static func problem(of formulation: Formulation, steps: Int, seed: UInt64) -> Case<Double> {
    let sizes = sizes(of: formulation)
    let x = numbers("x", steps * sizes.input, seed: seed)
    return Case(
      parameters: parameters(of: formulation, seed: seed),
      batch: SequenceBatch(
        x: Tensor(shape: [steps, 1, sizes.input]) { x[$0] },
        initial: Dictionary(
          uniqueKeysWithValues: formulation.states.map { state in
            let values = numbers(
              state.name, sizes[formulation.axis(of: state)], seed: seed)
            return (state.name, Tensor(shape: [1, values.count]) { values[$0] })
          })),
      upstream: Upstream(sequence: [:], final: [:]))
  }
}

extension Ball {
  /// Whether the two share a number and neither is wide.
  func agrees(with other: Ball, radius: Double = 0x1p-100) -> Bool {
    overlaps(other) && self.radius <= radius && other.radius <= radius
  }
}
