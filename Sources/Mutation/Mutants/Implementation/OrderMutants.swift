import Conformance
import GoldenFixtures
import Tensors

extension Mutant {
  /// Steps in the wrong order, and arrays read or written in the wrong order of their axes.
  static func orderMutants(of source: MutantSource) -> [Mutant] {
    directionMutants(of: source) + layoutMutants(of: source)
      + source.stepOutputs.flatMap { output in
        [
          changedOutput(
            "\(output)-one-step-late", .direction, "\(output) of the step before", output, source
          ) { $0.rearranged(along: 0) { index, _ in max(index - 1, 0) } },
          changedOutput(
            "\(output)-in-reverse", .direction, "\(output) from the last step to the first", output,
            source
          ) { tensor in tensor.rearranged(along: 0) { index, _ in tensor.shape[0] - 1 - index } },
          changedOutput(
            "\(output)-batch-first", .layout, "\(output) written with the batch before the steps",
            output, source
          ) { $0.miswritten },
        ]
      }
      + source.lastOutputs.map { output in
        Mutant(
          "\(output)-from-the-first-step", .implementation, .direction,
          "\(output) of the first step", places: [.sequence(output)], original: source.cell
        ) {
          ReroutedSubject(base: source.cell) { base, problem, precision in
            var answers = try base.answers(to: problem, in: precision)
            var first = problem
            first.batch.lengths = (0..<problem.batch.batch).map {
              min(problem.batch.length(of: $0), 1)
            }
            answers[.sequence(output)] =
              try base.answers(to: first, in: precision)[.sequence(output)]
            return answers
          }
        }
      }
  }

  private static func directionMutants(of source: MutantSource) -> [Mutant] {
    @Sendable func reversed(_ tensor: Tensor<Double>?) -> Tensor<Double>? {
      tensor.map { tensor in
        tensor.rearranged(along: 0) { index, _ in tensor.shape[0] - 1 - index }
      }
    }
    let last = source.lastOutputs
    let cell = source.cell
    @Sendable func isStepped(_ quantity: Quantity) -> Bool {
      switch quantity {
      case .sequence(let name), .cotangent(let name), .inputs(let name): !last.contains(name)
      case .final, .initial, .parameter: false
      }
    }
    return [
      Mutant(
        "runs-backward", .implementation, .direction, "runs from the last step to the first",
        places: source.readers(ofEarlier: source.states), original: cell
      ) {
        ChangedSubject(
          base: cell,
          given: { problem in
            problem.batch.x = reversed(problem.batch.x) ?? problem.batch.x
            for name in source.stepOutputs + source.states {
              problem.upstream.sequence[name] = reversed(problem.upstream.sequence[name])
            }
          },
          answered: { _, answers in
            for quantity in Array(answers.keys) where isStepped(quantity) {
              answers[quantity] = reversed(answers[quantity])
            }
          })
      },
      Mutant(
        "runs-backward-not-reversed", .implementation, .direction,
        "runs from the last step to the first and leaves the results in that order",
        places: source.inputReaders, original: cell
      ) {
        ChangedSubject(
          base: cell,
          given: { $0.batch.x = reversed($0.batch.x) ?? $0.batch.x },
          answered: { $1[.inputs("x")] = reversed($1[.inputs("x")]) })
      },
    ]
  }

  private static func layoutMutants(of source: MutantSource) -> [Mutant] {
    let cell = source.cell
    let matrices = source.formulation.parameters.filter { parameter in
      guard let columns = parameter.shape.columns else { return false }
      // A square matrix read in the other order is a transposed one.
      return !(columns == [parameter.shape.rows] && parameter.shape.rowBlocks == 1)
    }
    return [
      Mutant(
        "input-batch-first", .implementation, .layout, "x read with the batch before the steps",
        places: source.inputReaders, original: cell
      ) {
        ChangedSubject(
          base: cell, given: { $0.batch.x = $0.batch.x.misread },
          answered: { $1[.inputs("x")] = $1[.inputs("x")]?.miswritten })
      }
    ]
      + matrices.map { parameter in
        let name = parameter.name
        return Mutant(
          "\(name)-column-major", .implementation, .layout, "\(name) read column by column",
          places: source.formulation.equations.filter { equation in
            equation.expression.parameters.contains(name)
          }.map { .sequence($0.signal.name) }, original: cell
        ) {
          ChangedSubject(
            base: cell, given: { $0.parameters[name] = $0.parameters[name]?.misread },
            answered: { $1[.parameter(name)] = $1[.parameter(name)]?.miswritten })
        }
      }
  }

  private static func changedOutput(
    _ id: String, _ bugClass: BugClass, _ words: String, _ output: String, _ source: MutantSource,
    _ change: @escaping @Sendable (Tensor<Double>) -> Tensor<Double>
  ) -> Mutant {
    Mutant(
      id, .implementation, bugClass, words, places: [.sequence(output)], original: source.cell
    ) {
      ChangedSubject(
        base: source.cell,
        answered: { $1[.sequence(output)] = $1[.sequence(output)].map(change) })
    }
  }
}
