import Conformance
import GoldenFixtures
import Synchronization
import Tensors

extension Mutant {
  /// Calls that reach into what they are given, what they gave before, or what comes next.
  static func aliasingMutants(of source: MutantSource) -> [Mutant] {
    // What is overwritten is this call's own.
    let cell = source.computingCell
    var overwritten: [(String, @Sendable (Case<Double>) -> Tensor<Double>?)] = [
      ("x", { $0.batch.x })
    ]
    overwritten += source.states.map { state in
      ("initial \(state)", { @Sendable in $0.batch.initial[state] })
    }
    overwritten += source.parameters.prefix(1).map { name in
      (name, { @Sendable in $0.parameters[name] })
    }
    overwritten += source.states.map { state in
      ("upstream gradient of the final \(state)", { @Sendable in $0.upstream.final[state] })
    }
    overwritten += source.formulation.outputs.map(\.name).map { name in
      ("upstream gradient of \(name)", { @Sendable in $0.upstream.sequence[name] })
    }
    return overwritten.map { name, tensor in
      Mutant(
        "overwrites-\(name.replacing(" ", with: "-"))", .implementation, .aliasing,
        "leaves other numbers in the \(name) that it was given", places: [], comparison: .none,
        original: cell
      ) {
        ReroutedSubject(base: cell) { base, problem, precision in
          let answers = try base.answers(to: problem, in: precision)
          tensor(problem)?.overwrite { -$0 }
          return answers
        }
      }
    } + [
      remembering(
        "results-overwritten", "a call's results lie in the buffers of the results before", cell
      ) { memory, base, problem, precision in
        let answers = try base.answers(to: problem, in: precision)
        for (quantity, tensor) in memory.results {
          guard let new = answers[quantity], new.shape == tensor.shape else { continue }
          tensor.overwrite(with: new)
        }
        memory.results = answers
        return answers
      },
      remembering(
        "gradients-not-cleared", "a call's gradients are added to those of the call before", cell
      ) { memory, base, problem, precision in
        var answers = try base.answers(to: problem, in: precision)
        for quantity in source.parameterGradients {
          guard let old = memory.results[quantity], let new = answers[quantity],
            old.shape == new.shape
          else { continue }
          answers[quantity] = old.adding(new)
        }
        memory.results = answers
        return answers
      },
      remembering(
        "states-not-cleared", "a call starts from the states in which the call before ended", cell
      ) { memory, base, problem, precision in
        var continued = problem
        for state in source.states {
          if let old = memory.results[.final(state)],
            old.shape == problem.batch.initial[state]?.shape
          {
            continued.batch.initial[state] = old
          }
        }
        let answers = try base.answers(to: continued, in: precision)
        memory.results = answers
        return answers
      },
    ]
  }

  private static func remembering(
    _ id: String, _ words: String, _ cell: any Subject,
    _ answer:
      @escaping @Sendable (inout Memory, any Subject, Case<Double>, Precision) throws ->
      Answers<Double>
  ) -> Mutant {
    Mutant(
      id, .implementation, .aliasing, words, places: [], comparison: .none, remembersCalls: true,
      original: cell
    ) {
      RememberingSubject(base: cell, answer: answer)
    }
  }
}

/// What a subject keeps from one call to the next.
private struct Memory {
  var results: Answers<Double> = [:]
}

/// A subject whose calls depend on the calls before.
private final class RememberingSubject: Subject {
  private let base: any Subject
  private let answer:
    @Sendable (inout Memory, any Subject, Case<Double>, Precision) throws -> Answers<Double>
  private let memory = Mutex(Memory())

  var name: String { base.name }
  var precisions: [Precision] { base.precisions }

  init(
    base: any Subject,
    answer:
      @escaping @Sendable (inout Memory, any Subject, Case<Double>, Precision) throws ->
      Answers<Double>
  ) {
    self.base = base
    self.answer = answer
  }

  func answers(to problem: Case<Double>, in precision: Precision) throws -> Answers<Double> {
    try memory.withLock { try answer(&$0, base, problem, precision) }
  }
}

extension Tensor<Double> {
  /// Writes into the storage that all copies of the tensor share, as C code does that was handed a pointer to
  /// read from.
  fileprivate func overwrite(_ change: (Double) -> Double) {
    withUnsafeScalars { scalars in
      let shared = UnsafeMutableBufferPointer(mutating: scalars)
      for index in shared.indices { shared[index] = change(shared[index]) }
    }
  }

  fileprivate func overwrite(with other: Tensor) {
    withUnsafeScalars { scalars in
      let shared = UnsafeMutableBufferPointer(mutating: scalars)
      for index in shared.indices { shared[index] = other[index] }
    }
  }
}
