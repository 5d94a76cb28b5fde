import Equations
import Oracle
import Tensors
import Testing

/// Sequences read from their other ends.
///
/// A formulation whose every t−d is t+d gives, on turned sequences, exactly what the original gives on the
/// sequences as they are: equal numbers, rounded once, in every value and gradient.
@Suite("A state that runs backward in time")
struct BackwardTests {
  static func mirrored(_ formulation: Formulation) throws -> Formulation {
    func turned(_ time: TimeIndex) -> TimeIndex {
      switch time {
      case .step(let offset): .step(-offset)
      case .first: .last
      case .last: .first
      }
    }
    return try Formulation(
      formulation.declaration,
      equations: formulation.equations.map { equation in
        Equation(
          equation.signal, at: turned(equation.time),
          equation.expression.rewritten {
            if case .signal(let symbol, let time) = $0, symbol != formulation.input {
              return .signal(symbol, turned(time))
            }
            return $0
          })
      })
  }

  /// A tensor [T,B,N] with each sequence's own steps in the other order, and its padding where it was.
  static func turned(_ tensor: Tensor<Double>, lengths: [Int]) -> Tensor<Double> {
    var result = tensor
    guard tensor.shape.count == 3, tensor.shape[0] > 1 || lengths == [1] else { return tensor }
    for (element, length) in lengths.enumerated() {
      for step in 0..<length {
        for unit in 0..<tensor.shape[2] {
          result[step, element, unit] = tensor[length - 1 - step, element, unit]
        }
      }
    }
    return result
  }

  static func turned(_ problem: Case<Double>) -> Case<Double> {
    let lengths = (0..<problem.batch.batch).map { problem.batch.length(of: $0) }
    var result = problem
    result.batch.x = turned(problem.batch.x, lengths: lengths)
    result.upstream.sequence = problem.upstream.sequence.mapValues { turned($0, lengths: lengths) }
    return result
  }

  @Test(
    "gives on turned sequences what a forward one gives, bit for bit",
    arguments: Systems.all.filter { $0.notation.inputSteps == .every })
  func turnedSequences(_ declaration: Declaration) throws {
    let formulation = try Formulation(declaration)
    let other = try Self.mirrored(formulation)
    let lengths = [4, 1, 0, 5]
    let problem = Systems.problem(
      formulation, sizes: Sizes(input: 3, hidden: 2, output: 2), steps: 5, batch: 4,
      lengths: lengths, seed: 31)
    for state in formulation.states {
      #expect(formulation.direction(of: state) != other.direction(of: state))
    }
    let right = try Reference(formulation).goldens(for: problem).answers
    let found = try Reference(other).goldens(for: Self.turned(problem)).answers
    #expect(Set(right.keys) == Set(found.keys))
    for (quantity, tensor) in right {
      #expect(found[quantity] == Self.turned(tensor, lengths: lengths), "\(quantity.path)")
    }
  }

  @Test("walked forward, it is another system: every number of it differs")
  func walkedForward() throws {
    let right = try Formulation(Systems.named("backward-lstm"))
    let wrong = try Self.mirrored(right)
    let problem = Systems.problem(
      right, sizes: Sizes(input: 3, hidden: 2), steps: 4, batch: 2, seed: 5)
    let (expected, found) = (
      try Reference(right).goldens(for: problem).answers,
      try Reference(wrong).goldens(for: problem).answers
    )
    for (quantity, tensor) in expected { #expect(found[quantity] != tensor, "\(quantity.path)") }
  }

  @Test(
    "padding is not touched from that end either", arguments: ["backward-lstm", "bidirectional"])
  func padding(_ id: String) throws {
    let reference = try Reference(Formulation(Systems.named(id)))
    var problem = Systems.problem(
      reference.formulation, sizes: Sizes(input: 2, hidden: 2, output: 2), steps: 4, batch: 2,
      lengths: [1, 4], seed: 2)
    let goldens = try reference.goldens(for: problem)
    for step in 1..<4 {
      problem.batch.x[step, 0, 0] = .nan
      for name in problem.upstream.sequence.keys {
        problem.upstream.sequence[name]?[step, 0, 1] = .infinity
      }
    }
    #expect(try reference.goldens(for: problem).answers == goldens.answers)
    let x = try #require(goldens.answers[.inputs("x")])
    for step in 1..<4 { #expect(x[step, 0, 0] == 0 && x[step, 0, 1] == 0) }
  }

  @Test("its initial value stands beyond each sequence's end, its final one at the first step")
  func ends() throws {
    let formulation = try Formulation(Systems.named("backward-lstm"))
    let lengths = [2, 0, 3]
    let problem = Systems.problem(
      formulation, sizes: Sizes(input: 2, hidden: 1), steps: 3, batch: 3, lengths: lengths, seed: 4)
    let answers = try Reference(formulation).goldens(for: problem).answers
    let (h, final) = (
      try #require(answers[.sequence("h")]), try #require(answers[.final("h")])
    )
    let initial = try #require(problem.batch.initial["h"])
    for (element, length) in lengths.enumerated() {
      #expect(final[element, 0] == (length > 0 ? h[0, element, 0] : initial[element, 0]))
    }
  }
}
