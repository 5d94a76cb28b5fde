import Conformance
import Equations
import Oracle
import Tensors

/// Equations and gradient equations run as they are written, with the gradients of the signals.
struct EquationSubject: Subject {
  /// The number format of an evaluation.
  enum Format {
    /// The one that is asked for.
    case asked
    /// float16, widened.
    case float16
  }

  let reference: Reference
  var format = Format.asked
  /// The value of an activation at an argument, nil for the right one; nil where every one is right.
  var activation: (@Sendable (Activation, Double) -> Double?)?

  init(_ reference: Reference) { self.reference = reference }

  var name: String { reference.formulation.id }
  var precisions: [Precision] { Precision.wide }

  func answers(to problem: Case<Double>, in precision: Precision) throws -> Answers<Double> {
    let format: NumberFormat =
      switch (format, precision) {
      case (.asked, .float64): .float64
      case (.asked, _): .float32
      case (.float16, _): .float16
      }
    return try reference.answersWithCotangents(to: problem, in: format, activation: activation)
  }
}
