import Tensors

/// What numbers that are not finite make of an element of an answer.
public enum Reach: Hashable, Sendable {
  /// It does not depend on any of them.
  case untouched
  /// It depends on them and is finite in every right evaluation.
  case finite
  /// It is an activation's value at an infinity: this number, but for the activation's own inaccuracy.
  case saturated(Double)
  /// It is infinite, of one sign, in every right evaluation.
  case infinite(FloatingPointSign)
  /// It is not a number in every right evaluation.
  case notANumber
  /// Right evaluations differ: 0·∞, ∞ − ∞, the larger of a number and NaN.
  case open
}

extension Reference {
  /// How far the numbers of a case that are not finite reach along the paths that the equations have.
  ///
  /// - Parameter problem: a case in which some inputs, states, parameters or upstream gradients are NaN or
  ///   infinite.
  /// - Returns: for each quantity an element's reach, row-major; the padding is untouched.
  /// - Throws: `OracleError` when the case does not fit the formulation.
  public func reach(
    of problem: Case<Double>
  ) throws(OracleError) -> [Quantity: [Reach]] {
    let graph = try graph(of: problem, namesAbsentGradients: true)
    let values = graph.values(of: problem, in: ReachArithmetic()) { node, vector in
      guard case .leaf(let leaf) = graph.nodes[node].operation, case .absent = leaf.source
      else { return }
      vector = vector.map { _ in .absent }
    }
    var reach = graph.shapes.mapValues { Array(repeating: Reach.untouched, count: $0.reduce(1, *)) }
    for output in graph.outputs {
      let vector = values[output.node].map(\.reach)
      reach[output.quantity]?.replaceSubrange(
        output.offset..<output.offset + vector.count, with: vector)
    }
    return reach
  }
}
