import BallArithmetic
import Equations
import Oracle
import Tensors

/// Seeded numbers of some sizes.
struct Sample: Sendable {
  let sizes: Sizes
  let seed: UInt64

  /// Where claims about all numbers are tried.
  static let all: [Sample] = [
    Sample(sizes: Sizes(input: 2, hidden: 3, output: 2), seed: 1),
    Sample(sizes: Sizes(input: 3, hidden: 2, output: 4), seed: 2),
    Sample(sizes: Sizes(input: 2, hidden: 2, output: 3), seed: 3),
    Sample(sizes: Sizes(input: 1, hidden: 4, output: 2), seed: 4),
  ]

  /// The sizes, I = H where the formulation needs it.
  func sizes(of formulation: Formulation) -> Sizes {
    formulation.tiesInputToHidden
      ? Sizes(input: sizes.hidden, hidden: sizes.hidden, output: sizes.output) : sizes
  }

  /// Multiples of 2^−6 in ±3/4, none of them zero.
  func numbers(_ name: String, _ count: Int) -> [Double] {
    var generator = CounterGenerator(seed: seed, name: name)
    return (0..<count).map { _ in
      let bits = generator.next()
      return Double(1 + (bits >> 32) % 47) * 0x1p-6 * (bits & 1 == 0 ? 1 : -1)
    }
  }

  /// Multiples of 2^−6 between 0.02 and 0.2.
  func fractions(_ name: String, _ count: Int) -> [Double] {
    numbers(name, count).map { Double(2 + Int($0.magnitude * 0x1p6) % 11) * 0x1p-6 }
  }

  /// A vector of such numbers.
  func vector(_ name: String, _ count: Int) -> BallVector { BallVector(numbers(name, count)) }

  /// The parameters of a formulation.
  func parameters(of formulation: Formulation) -> [String: Tensor<Double>] {
    let sizes = sizes(of: formulation)
    return Dictionary(
      formulation.parameters.map { parameter in
        let extents = parameter.shape.extents(sizes)
        let isFraction = formulation.declaration.notation.fractions.contains(parameter.name)
        let count = extents.reduce(1, *)
        let values =
          isFraction ? fractions(parameter.name, count) : numbers(parameter.name, count)
        return (parameter.name, Tensor(shape: extents) { values[$0] })
      }, uniquingKeysWith: { first, _ in first })
  }

  /// A step of a formulation.
  func point(of formulation: Formulation) -> StepPoint {
    let sizes = sizes(of: formulation)
    return StepPoint(
      parameters: parameters(of: formulation),
      input: vector("input", sizes.input),
      past: Dictionary(
        formulation.states.map { state in
          let width = sizes[formulation.axis(of: state)]
          let lags = 1...formulation.longestLag(of: state)
          return (state, lags.map { vector("state \(state.name) \($0)", width) })
        }, uniquingKeysWith: { first, _ in first }))
  }

  /// A sequence, without a loss.
  func problem(of formulation: Formulation, steps: Int) -> Case<Double> {
    let sizes = sizes(of: formulation)
    let x = numbers("input", steps * sizes.input)
    return Case(
      parameters: parameters(of: formulation),
      batch: SequenceBatch(
        x: Tensor(shape: [steps, 1, sizes.input]) { x[$0] },
        initial: Dictionary(
          formulation.states.map { state in
            let values = numbers("state \(state.name) 1", sizes[formulation.axis(of: state)])
            return (state.name, Tensor(shape: [1, values.count]) { values[$0] })
          }, uniquingKeysWith: { first, _ in first })),
      upstream: Upstream(sequence: [:], final: [:]))
  }
}
