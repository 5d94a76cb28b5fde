import Conformance
import Equations
import GoldenFixtures
import RealModule
import Tensors

extension Mutant {
  /// Large arguments that overflow, tiny numbers that vanish, NaN that is hidden.
  static func overflowMutants(of source: MutantSource) -> [Mutant] {
    let cell = source.cell
    let overflowing = [
      overflowing(
        "logistic-overflows", "σ as e^x ÷ (1 + e^x), which is NaN for large x", .logistic, source,
        double: { (x: Double) in Double.exp(x) / (1 + Double.exp(x)) },
        float: { (x: Float) in Float.exp(x) / (1 + Float.exp(x)) }),
      overflowing(
        "tanh-overflows", "tanh as (e^2x - 1) ÷ (e^2x + 1), which is NaN for large x", .tanh,
        source,
        double: { (x: Double) in (Double.exp(2 * x) - 1) / (Double.exp(2 * x) + 1) },
        float: { (x: Float) in (Float.exp(2 * x) - 1) / (Float.exp(2 * x) + 1) }),
    ].compactMap { $0 }
    return overflowing + [
      Mutant(
        "tiny-inputs-vanish", .implementation, .overflow, "inputs below 2^-60 are taken for zero",
        places: source.inputReaders + source.inputMatrices, original: cell
      ) {
        ChangedSubject(
          base: cell,
          given: { $0.batch.x = $0.batch.x.map { $0.magnitude < 0x1p-60 ? 0 : $0 } })
      },
      Mutant(
        "tiny-gradients-vanish", .backward, .overflow,
        "parameter gradients below 2^-60 are taken for zero", places: source.parameterGradients,
        original: cell
      ) {
        ChangedSubject(
          base: cell,
          answered: { _, answers in
            answers.change(source.parameterGradients) { $0.magnitude < 0x1p-60 ? 0 : $0 }
          })
      },
      Mutant(
        "nan-swallowed", .implementation, .overflow, "zero for every NaN that is given or computed",
        places: [], comparison: .none, original: cell
      ) {
        ChangedSubject(
          base: cell,
          given: { $0.replaceNaN() },
          answered: { $1 = $1.mapValues { $0.map { $0.isNaN ? 0 : $0 } } })
      },
    ]
  }

  /// A mutant whose activation is right as long as no exponential overflows; nil where the formulation does
  /// not apply it.
  private static func overflowing(
    _ id: String, _ words: String, _ activation: Activation, _ source: MutantSource,
    double: @escaping @Sendable (Double) -> Double, float: @escaping @Sendable (Float) -> Float
  ) -> Mutant? {
    let users = source.users(of: activation)
    guard !users.isEmpty else { return nil }
    let right = source.equations
    return Mutant(
      id, .implementation, .overflow, words, places: users, comparison: .none, original: right
    ) {
      ReroutedSubject(base: right) { _, problem, precision in
        var subject = right
        subject.activation = { function, x in
          guard function == activation else { return nil }
          let value = precision == .float64 ? double(x) : Double(float(Float(x)))
          // Below the overflow it is as good as any other way to compute it.
          return value.isFinite ? nil : value
        }
        return try subject.answers(to: problem, in: precision)
      }
    }
  }
}

extension Case<Double> {
  fileprivate mutating func replaceNaN() {
    func replaced(_ tensor: Tensor<Double>) -> Tensor<Double> { tensor.map { $0.isNaN ? 0 : $0 } }
    parameters = parameters.mapValues(replaced)
    batch.x = replaced(batch.x)
    batch.initial = batch.initial.mapValues(replaced)
    upstream.sequence = upstream.sequence.mapValues(replaced)
    upstream.final = upstream.final.mapValues(replaced)
  }
}
