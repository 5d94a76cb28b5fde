import Conformance
import Equations
import GoldenFixtures
import RealModule
import Tensors

/// A series of mutants that differ in the size of the change alone.
struct Sweep: Sendable {
  /// The name: that of its mutants without the size.
  let id: String
  /// The sizes that count as mutants.
  let listed: [Double]
  /// The mutant of a size.
  let mutant: @Sendable (Double) -> Mutant

  /// The mutants that count.
  var mutants: [Mutant] { listed.map(mutant) }

  /// The sizes at which the smallest that is detected is looked for, the largest first.
  static let decades = (2...16).map { Double.pow(10, -$0) }

  /// Every series of a formulation.
  static func all(of source: MutantSource) -> [Sweep] { forward(of: source) + backward(of: source) }

  /// Values computed to so many digits.
  static func forward(of source: MutantSource) -> [Sweep] {
    interpolations(of: source)
      + source.formulation.outputs.map(\.name).flatMap { output in
        perturbations(
          of: [.sequence(output)], "\(output)", .implementation, source,
          places: [.sequence(output)])
      }
  }

  /// Gradients wrong by so much.
  static func backward(of source: MutantSource) -> [Sweep] {
    let gradients =
      source.parameterGradients + [Quantity.inputs(source.formulation.input.name)]
      + source.states.map { .initial($0) }
    return gradients.flatMap { quantity in
      perturbations(
        of: [quantity], quantity.path.split(separator: "/").joined(separator: "-"), .backward,
        source, places: [quantity])
    } + perturbations(of: gradients, "gradients", .backward, source, places: gradients)
  }

  /// tanh and σ from a table between whose values is interpolated, the largest error given.
  private static func interpolations(of source: MutantSource) -> [Sweep] {
    // The error of linear interpolation in steps of h is at most h²/8 · max|f''|.
    let functions: [(Activation, String, Double, @Sendable (Double) -> Double)] = [
      (.tanh, "tanh", 4 / (3 * Double.sqrt(3)), { .tanh($0) }),
      (.logistic, "σ", 1 / (6 * Double.sqrt(3)), { 1 / (1 + .exp(-$0)) }),
    ]
    return functions.filter { !source.users(of: $0.0).isEmpty }.map {
      activation, name, curvature, function in
      let places = source.users(of: activation)
      return Sweep(id: "implementation/fast-\(activation)", listed: [1e-3, 1e-4, 1e-5, 1e-6]) {
        amplitude in
        let right = source.equations
        return Mutant(
          "fast-\(activation)-\(amplitude)", .implementation, .precision,
          "\(name) from a table, with an error of up to \(amplitude)", places: places,
          amplitude: amplitude, original: right
        ) {
          var subject = right
          subject.activation = { used, x in
            guard used == activation else { return nil }
            let h = Double.sqrt(8 * amplitude / curvature)
            let left = (x / h).rounded(.down)
            let (a, b) = (function(left * h), function((left + 1) * h))
            return a + (b - a) * (x / h - left)
          }
          return subject
        }
      }
    }
  }

  /// One number × (1 + a), and all of them.
  private static func perturbations(
    of quantities: [Quantity], _ name: String, _ origin: Mutant.Origin, _ source: MutantSource,
    places: [Quantity]
  ) -> [Sweep] {
    func sweep(
      _ id: String, _ words: String, listed: [Double],
      _ change: @escaping @Sendable (Double, Tensor<Double>) -> Tensor<Double>
    ) -> Sweep {
      Sweep(id: "\(origin.rawValue)/\(name)-\(id)", listed: listed) { amplitude in
        Mutant(
          "\(name)-\(id)-\(amplitude)", origin, .precision,
          "\(words) of \(name) × (1 + \(amplitude))", places: places, amplitude: amplitude,
          original: source.cell
        ) {
          ChangedSubject(
            base: source.cell,
            answered: { _, answers in
              for quantity in quantities {
                answers[quantity] = answers[quantity].map { change(amplitude, $0) }
              }
            })
        }
      }
    }
    return [
      sweep("one", "one element", listed: [5e-4, 1e-5]) { amplitude, right in
        var wrong = right
        // The first from the middle on that a factor changes.
        let positions = Array(right.count / 2..<right.count) + Array(0..<right.count / 2)
        if let position = positions.first(where: { right[$0] != 0 }) {
          wrong[position] *= 1 + amplitude
        }
        return wrong
      },
      sweep("all", "every element", listed: [1e-4, 1e-6]) { amplitude, right in
        right.map { $0 * (1 + amplitude) }
      },
    ]
  }
}
