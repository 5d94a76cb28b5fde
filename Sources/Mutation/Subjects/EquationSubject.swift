import Conformance
import Equations
import Oracle
import RealModule
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
  /// The value of an activation at an argument; nil for the right one.
  var activation: @Sendable (Activation, Double) -> Double? = { _, _ in nil }

  init(_ reference: Reference) { self.reference = reference }

  var name: String { reference.formulation.id }
  var precisions: [Precision] { Precision.wide }

  func answers(to problem: Case<Double>, in precision: Precision) throws -> Answers<Double> {
    switch (format, precision) {
    case (.asked, .float64): try answers(to: problem, in: Double.self)
    case (.asked, _): try answers(to: problem, in: Float.self)
    case (.float16, _): try answers(to: problem, in: Float16.self)
    }
  }

  private func answers<Scalar: Real & BinaryFloatingPoint & Sendable>(
    to problem: Case<Double>, in scalar: Scalar.Type
  ) throws -> Answers<Double> {
    try reference.answersWithCotangents(to: problem, in: scalar) { function, argument in
      activation(function, Double(argument)).map { Scalar($0) }
    }.mapValues { $0.converted() }
  }
}
