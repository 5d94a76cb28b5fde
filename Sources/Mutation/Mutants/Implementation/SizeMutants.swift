import Conformance
import Equations
import GoldenFixtures
import Tensors

extension Mutant {
  /// Paths of their own for some sizes, which are wrong there alone.
  static func sizeMutants(of source: MutantSource) -> [Mutant] {
    let cell = source.cell
    let earlier = source.readers(ofEarlier: source.states)
    var mutants = [
      Mutant(
        "one-step-path", .implementation, .initialState,
        "a path for a single step starts from zero states", places: earlier, original: cell
      ) {
        ChangedSubject(
          base: cell,
          given: { problem in
            guard problem.batch.steps == 1 else { return }
            problem.batch.initial = problem.batch.initial.mapValues(\.zeroed)
          },
          answered: { problem, answers in
            guard problem.batch.steps == 1 else { return }
            for state in source.states {
              answers[.initial(state)] = answers[.initial(state)]?.zeroed
            }
          })
      },
      Mutant(
        "one-unit-squeezed", .implementation, .recurrence,
        "axes of extent 1 are dropped, and a state of one unit is not carried", places: earlier,
        original: cell
      ) {
        ChangedSubject(
          base: cell,
          given: { problem in
            problem.batch.initial = problem.batch.initial.mapValues {
              $0.shape.last == 1 ? $0.zeroed : $0
            }
          })
      },
    ]
    for signal in source.formulation.signals {
      mutants.append(
        Mutant(
          "\(signal.name)-tail", .implementation, .layout,
          "\(signal.name) of the units after the last multiple of 8 below H is left out",
          places: [.sequence(signal.name)], original: cell
        ) {
          ChangedSubject(
            base: cell,
            answered: { _, answers in
              answers[.sequence(signal.name)] = answers[.sequence(signal.name)].map { right in
                let width = right.shape[2]
                return Tensor(shape: right.shape) { position in
                  let unit = position % width
                  return unit >= 8 && unit >= (width - 1) / 8 * 8 ? 0 : right[position]
                }
              }
            })
        })
    }
    // With I = H a matrix on x has the shape of its transpose, and a guess by shape goes wrong.
    for parameter in source.formulation.parameters
    where parameter.shape.columns == [.input] && parameter.shape.rowBlocks == 1 {
      let name = parameter.name
      mutants.append(
        Mutant(
          "\(name)-transposed-where-square", .implementation, .transpose,
          "\(name) is taken for its transpose where its shape allows both",
          places: source.formulation.equations.filter { $0.expression.parameters.contains(name) }
            .map { .sequence($0.signal.name) }, original: cell
        ) {
          ChangedSubject(
            base: cell,
            given: { problem in
              guard let matrix = problem.parameters[name], matrix.shape[0] == matrix.shape[1] else {
                return
              }
              problem.parameters[name] = matrix.misread
            },
            answered: { _, answers in
              guard let matrix = answers[.parameter(name)], matrix.shape[0] == matrix.shape[1]
              else { return }
              answers[.parameter(name)] = matrix.miswritten
            })
        })
    }
    return mutants
  }
}
