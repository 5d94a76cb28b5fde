import Equations
import RealModule
import Tensors

/// The number formats in which equations are run as a wrong implementation runs them.
package enum NumberFormat: Sendable {
  case float64
  case float32
  case float16
}

extension Reference {
  /// The answers computed as by a wrong implementation, the gradients of the signals among them, widened.
  ///
  /// - Parameter activation: the value of an activation at an argument, which is rounded to the format; nil for
  ///   the right one.
  /// - Throws: `OracleError` when the case does not fit the formulation.
  package func answersWithCotangents(
    to problem: Case<Double>, in format: NumberFormat,
    activation: ((Activation, Double) -> Double?)? = nil
  ) throws(OracleError) -> Answers<Double> {
    // Each format by name, so that the compiler makes code of its own for it.
    switch format {
    case .float64: try widenedAnswers(to: problem, in: Double.self, activation)
    case .float32: try widenedAnswers(to: problem, in: Float.self, activation)
    case .float16: try widenedAnswers(to: problem, in: Float16.self, activation)
    }
  }

  private func widenedAnswers<Scalar: Real & BinaryFloatingPoint & Sendable>(
    to problem: Case<Double>, in scalar: Scalar.Type,
    _ activation: ((Activation, Double) -> Double?)?
  ) throws(OracleError) -> Answers<Double> {
    let graph = try graph(of: problem, givesCotangents: true)
    var evaluation = FloatingPointEvaluation<Scalar>()
    evaluation.activation = activation.map { activation in
      { activation($0, Double($1)).map { Scalar($0) } }
    }
    return graph.answers(evaluation.values(of: graph, case: problem).map { Double($0) })
  }
}
