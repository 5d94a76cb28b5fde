import Conformance
import Equations
import GoldenFixtures
import Tensors

extension Mutant {
  /// Activations that are cheaper than the printed ones, everywhere.
  static func activationMutants(of source: MutantSource) -> [Mutant] {
    [
      altered(
        "hard-logistic", .activation, "hard σ, max(0, min(1, x/5 + 1/2)), for σ", .logistic, source
      ) { max(0, min(1, $0 / 5 + 0.5)) },
      altered(
        "hard-logistic-of-six", .activation, "hard σ, max(0, min(1, x/6 + 1/2)), for σ", .logistic,
        source
      ) { max(0, min(1, $0 / 6 + 0.5)) },
      altered(
        "hard-tanh", .activation, "hard tanh, max(-1, min(1, x)), for tanh", .tanh, source
      ) { max(-1, min(1, $0)) },
    ].compactMap { $0 }
  }

  /// A mutant whose activation is another function; nil where the formulation does not apply it.
  ///
  /// - Parameter function: the wrong value; nil where it is the right one.
  static func altered(
    _ id: String, _ bugClass: BugClass, _ words: String, _ activation: Activation,
    _ source: MutantSource, amplitude: Double? = nil,
    _ function: @escaping @Sendable (Double) -> Double?
  ) -> Mutant? {
    let users = source.users(of: activation)
    guard !users.isEmpty else { return nil }
    let right = source.equations
    return Mutant(
      id, .implementation, bugClass, words, places: users, amplitude: amplitude, original: right
    ) {
      var subject = right
      subject.activation = { $0 == activation ? function($1) : nil }
      return subject
    }
  }
}
