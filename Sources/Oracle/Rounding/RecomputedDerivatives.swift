import Equations
import Tensors

/// What a program may lose where it computes an activation's derivative of the argument that it kept, and
/// not of the value that it reports: σ′ by a second σ or as e^{−x} ÷ (1 + e^{−x})², tanh′ as 1 ÷ cosh².
///
/// A product a ⊙ s ⊙ (1 − s) or a ⊙ (1 − s ⊙ s) has the squared monomial ∓ a s², and that is where an
/// activation's derivative is recognized. The value s that stands in it is off by one activation, and so
/// is a second value; a derivative in closed form is off by as many ulp of itself:
/// ```
/// |a σ″| |s| + max(|a σ″| |s|, |a σ′|)        σ″ by s: 1 − 2s of σ, −2s of tanh
/// ```
struct RecomputedDerivative {
  private let value: Graph.NodeID
  private let activation: Activation
  private let squares: [Graph.Monomial]

  /// The derivatives in a combination.
  ///
  /// - Parameter activation: which activation a node is the value of, if any.
  static func all(
    in combination: Graph.Combination, activation: (Graph.NodeID) -> Activation?
  ) -> [RecomputedDerivative] {
    var found: [RecomputedDerivative] = []
    for monomial in combination.monomials where monomial.isExpanded {
      guard let value = monomial.repeatedFactor, !found.contains(where: { $0.value == value }),
        let activation = activation(value), activation == .logistic || activation == .tanh
      else { continue }
      let squares = combination.monomials.filter { $0.repeatedFactor == value }
        .map { $0.without(value).without(value) }
      found.append(
        RecomputedDerivative(value: value, activation: activation, squares: squares))
    }
    return found
  }

  /// Adds what one unit may lose.
  func charge(_ charge: inout RoundingModel.Charge, _ node: (Graph.NodeID) -> Double) {
    var factor = 0.0
    for square in squares {
      var product = Double(square.coefficient)
      for other in square.factors { product *= node(other) }
      factor += product
    }
    let s = node(value)
    let byValue = (factor * (activation == .logistic ? 1 - 2 * s : 2 * s)).magnitude
    let derivative = (factor * activation.slope(at: s)).magnitude
    let relative = byValue * s.magnitude
    let absolute = byValue * max(1, s.magnitude)
    charge.activationRelative += relative + max(relative, derivative)
    charge.activationAbsolute += absolute + max(absolute, derivative)
  }
}

extension Graph {
  /// Which activation each signal is the value of.
  var activations: [Quantity: Activation] {
    var activations: [Quantity: Activation] = [:]
    for output in outputs {
      if case .activation(let activation, _) = nodes[output.node].operation {
        activations[output.quantity] = activation
      }
    }
    return activations
  }

  /// Which activation a node is the value of, computed or reported.
  func activation(of node: NodeID, reported: [Quantity: Activation]) -> Activation? {
    switch nodes[node].operation {
    case .activation(let activation, _): return activation
    case .leaf(let leaf):
      guard case .reported(let quantity) = leaf.source else { return nil }
      return reported[quantity]
    case .combination(let combination):
      // A copy, where two signals have one value.
      guard combination.products.isEmpty, combination.monomials.count == 1,
        combination.monomials[0].coefficient == 1, combination.monomials[0].factors.count == 1
      else { return nil }
      return activation(of: combination.monomials[0].factors[0], reported: reported)
    case .softmax, .inner, .outerSum: return nil
    }
  }
}
