import Equations
import Oracle
import Tensors

/// A case with its exact answers and their rounding scales.
public struct GoldenCase: Sendable {
  /// The name of its family.
  public let name: String
  /// The bug classes that it reveals.
  public let flags: [BugClass]
  /// Which numbers it is made of.
  public let regime: CaseFamily.Regime
  /// The seed of its numbers.
  public let seed: UInt64
  /// What is asked.
  public let problem: Case<Double>
  /// The correctly rounded answers.
  public let answers: Answers<Double>
  /// The errors of the answers per unit of each kind of rounding.
  public let scales: Answers<Float>

  /// Computes the goldens of a family's case for a formulation.
  ///
  /// - Throws: `OracleError` when an element's rounding stays undecided, a gradient is not confirmed by
  ///   central differences, or the first order of the roundings is not enough.
  public init(_ family: CaseFamily, of reference: Reference) throws(OracleError) {
    // The goldens and what confirms them are read off one graph.
    let reference = reference.keepingGraphs
    let seed = try family.seed(for: reference)
    let problem = family.problem(for: reference.formulation, seed: seed)
    let goldens = try reference.goldens(for: problem)
    try reference.confirmGradients(
      of: problem, seed: seed, everyElement: family.name == CaseFamily.smallest)
    if family.regime != .tiny {
      try reference.confirmFirstOrder(of: problem, seed: seed, samples: 8)
    }
    self.name = family.name
    self.flags = MeasuredFlags.current[reference.formulation.id, family.name]
    self.regime = family.regime
    self.seed = seed
    self.problem = problem
    self.answers = goldens.answers
    self.scales = goldens.scales
  }

  /// A case of given answers.
  package init(
    name: String, flags: [BugClass], regime: CaseFamily.Regime, seed: UInt64,
    problem: Case<Double>, answers: Answers<Double>, scales: Answers<Float>
  ) {
    self.name = name
    self.flags = flags
    self.regime = regime
    self.seed = seed
    self.problem = problem
    self.answers = answers
    self.scales = scales
  }
}

extension CaseFamily {
  /// The case whose gradients are confirmed element by element.
  static let smallest = "one-unit"
}

/// All cases of a formulation.
public struct FormulationFixture: Sendable {
  /// The formulation's identifier.
  public let formulation: String
  /// The cases, in the order of their families.
  public let cases: [GoldenCase]

  /// Computes the goldens of every case of a formulation that has no file, such as one of a user's own.
  ///
  /// - Parameter progress: called with how many of all cases are done.
  /// - Throws: as `GoldenCase.init(_:of:)`; `EquationError` where the gradients cannot be derived;
  ///   `CancellationError`.
  public init(
    computing formulation: Formulation,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws {
    let reference = try Reference(formulation)
    let families = CaseFamily.all(of: formulation)
    let cases = try await withThrowingTaskGroup(of: (Int, GoldenCase).self) { group in
      for (order, family) in families.enumerated() {
        group.addTask {
          try Task.checkCancellation()
          return (order, try GoldenCase(family, of: reference))
        }
      }
      var made: [(order: Int, golden: GoldenCase)] = []
      for try await one in group {
        made.append(one)
        progress(made.count, families.count)
      }
      return made.sorted { $0.order < $1.order }.map(\.golden)
    }
    self.init(formulation: formulation.id, cases: cases)
  }

  /// Computes the same on the calling thread, one case after the other.
  ///
  /// - Throws: as `GoldenCase.init(_:of:)`; `EquationError` where the gradients cannot be derived.
  package init(computingInOrder formulation: Formulation) throws {
    let reference = try Reference(formulation)
    self.init(
      formulation: formulation.id,
      cases: try CaseFamily.all(of: formulation).map { try GoldenCase($0, of: reference) })
  }

  /// The given cases of a formulation.
  package init(formulation: String, cases: [GoldenCase]) {
    self.formulation = formulation
    self.cases = cases
  }
}
