import Conformance
import GoldenFixtures
import Oracle
import Synchronization
import Tensors

/// Everything that the trials of one formulation's mutants share.
struct Bench: Sendable {
  let source: MutantSource
  /// The cases in the order in which they are tried.
  let cases: [GoldenCase]
  /// The cases in the order of the fixture.
  let casesInOrder: [GoldenCase]
  private let right = RightAnswers()

  /// A bench.
  ///
  /// - Parameter names: the cases to try; nil for all.
  /// - Throws: `EquationError`, `FixtureError` or `HDF5Error` where the formulation or its fixture cannot be
  ///   read.
  init(_ entry: Catalogue.Entry, _ fixtures: FixtureFolder, cases names: Set<String>?) throws {
    casesInOrder = try fixtures.fixture(of: entry.formulation()).cases
      .filter { names?.contains($0.name) ?? true }
    source = try MutantSource(entry, problems: casesInOrder.map(\.problem))
    // What most mutants die of comes first, and then what takes least time.
    cases = casesInOrder.sorted {
      let (left, right) = ($0.name == Self.first, $1.name == Self.first)
      return left == right ? $0.work < $1.work : left
    }
  }

  private static let first = "generic"

  /// What is checked first, on every case.
  static let goldenChecks: Set<Check> = [.values, .gradients]

  /// What is checked on a mutant whose answers all lie within their tolerances.
  ///
  /// `differences` is left out: it compares the same gradients with the mutant's own values, at an
  /// acceptance that is never below the tolerance of `gradients`.
  static let otherChecks = Set(Check.allCases).subtracting([.values, .gradients, .differences])

  /// Some checks of a subject on a case.
  func examination(
    of subject: any Subject, on golden: GoldenCase, in precision: Precision, _ checks: Set<Check>
  ) -> CaseExamination {
    CaseExamination(
      reference: source.reference, subject: subject, golden: golden, precision: precision,
      checks: checks)
  }

  /// What a mutant's original answers to a case; nil where it fails.
  func answers(
    ofOriginalOf mutant: Mutant, to golden: GoldenCase, in precision: Precision
  ) -> Answers<Double>? {
    right.answers(of: mutant.original, to: golden, in: precision)
  }
}

/// The answers of the originals, which all their mutants are compared with.
private final class RightAnswers: Sendable {
  private struct Key: Hashable {
    let original: ObjectIdentifier
    let goldenCase: String
    let precision: Precision
  }

  private let known = Mutex<[Key: Answers<Double>]>([:])

  func answers(
    of original: any Subject, to golden: GoldenCase, in precision: Precision
  ) -> Answers<Double>? {
    let key = Key(
      original: ObjectIdentifier(type(of: original)), goldenCase: golden.name,
      precision: precision)
    if let known = known.withLock({ $0[key] }) { return known }
    let answers = try? original.answers(to: golden.problem, in: precision)
    known.withLock { $0[key] = answers }
    return answers
  }
}

extension GoldenCase {
  fileprivate var work: Int {
    problem.parameters.values.reduce(0) { $0 + $1.count } * problem.batch.batch
      * max(problem.batch.steps, 1)
  }
}

extension CheckResult {
  /// Whether the check has found the subject wrong.
  var isFailure: Bool { verdict == .departs || verdict == .error }
}
