import Conformance
import Equations
import Foundation
import GoldenFixtures
import Tensors
import Testing

/// The bundled fixtures and the subjects that the tests examine.
enum Workbench {
  static let fixtures = FixtureFolder(
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("fixtures").path)

  static func entry(_ id: String) throws -> Catalogue.Entry {
    try #require(Catalogue.entries(named: [id]).first)
  }

  /// Runs checks of a subject against a formulation.
  static func report(
    _ subject: any Subject, against id: String, checks: Set<Check> = Set(Check.allCases),
    precisions: Set<Conformance.Precision> = Set(Conformance.Precision.wide),
    cases: Set<String>? = nil
  ) async throws -> Report {
    try await Suite(fixtures, checks: checks, precisions: precisions, cases: cases)
      .run(subject, against: entry(id).formulation())
  }

  /// The formulation of `id` with one piece of its print replaced.
  static func formulation(
    _ id: String, replacing piece: String, with other: String
  ) throws -> Formulation {
    var declaration = try entry(id).declaration
    declaration.corrections.append(
      Correction(printed: piece, read: other, reason: "a wrong version"))
    return try Formulation(declaration)
  }
}

/// A subject made wrong around a right one: what it is given and what it answers may be changed.
struct Rewired: Subject {
  let name: String
  var base: any Subject
  var given: @Sendable (Case<Double>) -> Case<Double> = { $0 }
  var answered: @Sendable (Case<Double>, Answers<Double>) throws -> Answers<Double> = { $1 }

  var precisions: [Conformance.Precision] { base.precisions }

  func answers(
    to problem: Case<Double>, in precision: Conformance.Precision
  ) throws -> Answers<Double> {
    try answered(problem, base.answers(to: given(problem), in: precision))
  }
}

extension Rewired {
  /// Parameters that stand where others should; their gradients stand there too.
  static func permuted(_ base: any Subject, _ places: [String: String]) -> Rewired {
    Rewired(
      name: "permuted", base: base,
      given: { problem in
        var problem = problem
        let original = problem.parameters
        for (place, source) in places { problem.parameters[place] = original[source] }
        return problem
      },
      answered: { _, answers in
        var result = answers
        for (place, source) in places {
          result[.parameter(source)] = answers[.parameter(place)]
        }
        return result
      })
  }

  /// A matrix that is applied transposed.
  static func transposed(_ base: any Subject, _ name: String) -> Rewired {
    Rewired(
      name: "transposed", base: base,
      given: { problem in
        var problem = problem
        problem.parameters[name] = problem.parameters[name]?.transposed
        return problem
      },
      answered: { _, answers in
        var answers = answers
        answers[.parameter(name)] = answers[.parameter(name)]?.transposed
        return answers
      })
  }

  /// Backpropagation that stops between two steps.
  static func truncated(_ base: any Subject, before step: Int) -> Rewired {
    Rewired(
      name: "truncated", base: base,
      answered: { problem, answers in
        let steps = problem.batch.steps
        guard steps > step, problem.batch.lengths == nil else { return answers }
        var early = problem.sliced(0..<step)
        early.upstream.final = [:]
        var late = problem.sliced(step..<steps)
        for name in late.batch.initial.keys {
          guard let states = answers[.sequence(name)] else { continue }
          late.batch.initial[name] = states.step(step - 1)
        }
        let first = try base.answers(to: early, in: .float64)
        let second = try base.answers(to: late, in: .float64)
        var result = answers
        for quantity in answers.keys where quantity.isGradient {
          guard let a = first[quantity], let b = second[quantity] else { continue }
          switch quantity {
          case .parameter: result[quantity] = a.adding(b)
          case .inputs, .cotangent: result[quantity] = try a.followed(by: b)
          case .initial: result[quantity] = a
          case .sequence, .final: break
          }
        }
        return result
      })
  }

  /// A weight gradient that each step overwrites, so that the first step's alone is left.
  static func overwritten(
    _ base: any Subject, _ parameter: String, gate: String
  ) -> Rewired {
    Rewired(
      name: "overwritten", base: base,
      answered: { problem, answers in
        guard let delta = answers[.cotangent(gate)], problem.batch.steps > 0,
          var gradient = answers[.parameter(parameter)]
        else { return answers }
        for row in 0..<gradient.shape[0] {
          for column in 0..<gradient.shape[1] {
            gradient[row, column] = (0..<problem.batch.batch).reduce(0) {
              $0 + delta[0, $1, row] * problem.batch.x[0, $1, column]
            }
          }
        }
        var answers = answers
        answers[.parameter(parameter)] = gradient
        return answers
      })
  }

  /// Upstream gradients that are changed before they are used.
  static func cotangents(
    _ base: any Subject, _ change: @escaping @Sendable (Double) -> Double
  ) -> Rewired {
    Rewired(
      name: "cotangents", base: base,
      given: { problem in
        var problem = problem
        problem.upstream.sequence = problem.upstream.sequence.mapValues { $0.map(change) }
        problem.upstream.final = problem.upstream.final.mapValues { $0.map(change) }
        return problem
      })
  }
}

extension Tensor<Double> {
  var transposed: Tensor {
    guard shape.count == 2, shape[0] == shape[1] else { return self }
    return Tensor(shape: shape) { self[$0 % shape[1], $0 / shape[1]] }
  }

  func adding(_ other: Tensor) -> Tensor { Tensor(shape: shape) { self[$0] + other[$0] } }

  /// The matrix at one step of a sequence.
  func step(_ step: Int) -> Tensor {
    let width = shape[1] * shape[2]
    return Tensor(shape: [shape[1], shape[2]]) { self[step * width + $0] }
  }

  func sliced(_ steps: Range<Int>) -> Tensor {
    let width = shape[1] * shape[2]
    return Tensor(shape: [steps.count, shape[1], shape[2]]) {
      self[steps.lowerBound * width + $0]
    }
  }

  func followed(by other: Tensor) throws -> Tensor {
    try Tensor(
      shape: [shape[0] + other.shape[0], shape[1], shape[2]], scalars: scalars + other.scalars)
  }
}

extension Case<Double> {
  /// Some steps of the sequences, with the same initial states.
  func sliced(_ steps: Range<Int>) -> Case {
    var part = self
    part.batch.x = batch.x.sliced(steps)
    part.upstream.sequence = upstream.sequence.mapValues { $0.sliced(steps) }
    return part
  }
}
