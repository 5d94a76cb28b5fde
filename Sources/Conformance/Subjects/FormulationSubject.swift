import Equations
import Oracle
import Tensors

/// A formulation's own equations run in Float or Double: a subject that is right by its formulation, and
/// wrong by every other.
public struct FormulationSubject: Subject {
  private let reference: Reference
  private let rename: @Sendable (Answers<Double>) -> Answers<Double>
  /// The formulation's identifier.
  public let name: String
  /// Both.
  public var precisions: [Precision] { Precision.wide }

  /// A formulation as a subject.
  ///
  /// - Parameter rename: maps its answers to another formulation's names; the identity by default.
  /// - Throws: `EquationError` where its gradients cannot be derived.
  public init(
    _ formulation: Formulation,
    rename: @escaping @Sendable (Answers<Double>) -> Answers<Double> = { $0 }
  ) throws(EquationError) {
    reference = try Reference(formulation)
    name = formulation.id
    self.rename = rename
  }

  /// Evaluates the equations and their gradients.
  ///
  /// - Throws: `OracleError` where the case does not fit the formulation; `NotOffered` in 16 bits.
  public func answers(
    to problem: Case<Double>, in precision: Precision
  ) throws -> Answers<Double> {
    switch precision {
    case .float64: rename(try reference.answers(to: problem, in: Double.self))
    case .float32:
      rename(
        try reference.answers(to: problem, in: Float.self).mapValues { $0.converted() })
    case .bfloat16, .float16: throw NotOffered.sixteenBits
    }
  }
}
