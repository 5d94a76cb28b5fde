import Conformance
import Equations
import GoldenFixtures
import Tensors

/// What a subject in another process is asked at once: every case of the suite, the same with upstream
/// gradients scaled as the linearity check needs them, and with numbers that are not finite as the propagation
/// check needs them.
public struct Question: Sendable {
  /// What the subject is to compute.
  public let formulation: Formulation
  /// Every case by a name of its own.
  public let entries: [RequestFile.Entry]

  /// What stands behind a case's name when the same is asked again.
  static let again = "~again"

  /// The question about some golden cases.
  public init(_ formulation: Formulation, cases: [GoldenCase]) {
    self.formulation = formulation
    entries = cases.flatMap { golden in
      let scaled = Check.linearityFactors.map { factor in
        var problem = golden.problem
        problem.upstream = problem.upstream.scaled(by: factor)
        return RequestFile.Entry(name: "\(golden.name)~times\(factor)", problem: problem)
      }
      let poisoned = Poison.all(in: golden, of: formulation).map { poison in
        RequestFile.Entry(name: "\(golden.name)~\(poison.label)", problem: poison.problem)
      }
      return [
        RequestFile.Entry(name: golden.name, problem: golden.problem),
        RequestFile.Entry(name: golden.name + Self.again, problem: golden.problem),
      ] + scaled + poisoned
    }
  }

  /// The request for one arithmetic.
  public func request(dtype: String) -> RequestFile {
    RequestFile(formulation, entries: entries, dtype: dtype)
  }
}
