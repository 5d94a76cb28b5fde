import Tensors

extension Reference {
  /// How much a bound on first-order errors is raised to cover the second order.
  public static let secondOrderFactor = 1.1

  /// The largest ratio of what the worst roundings really do to an output over what the first order says,
  /// over sampled outputs.
  ///
  /// For an output y every rounding k is set to the worst sign, δ_k = sign(∂y/∂δ_k) · charge_k · 2^−24, and
  /// the equations are evaluated with them.
  ///
  /// - Parameter samples: how many outputs to take, by seed.
  /// - Throws: `OracleError` when the case does not fit, or where a ratio exceeds `secondOrderFactor`.
  @discardableResult
  public func confirmFirstOrder(
    of problem: Case<Double>, seed: UInt64, samples: Int
  ) throws(OracleError) -> Double {
    let graph = try exactGraph(of: problem)
    var evaluation = FloatingPointEvaluation<Double>()
    let values = evaluation.values(of: graph, case: problem)
    let linearized = LinearizedGraph(graph, case: problem, values: values)
    var sums = ErrorSums(linearized)
    var generator = CounterGenerator(seed: seed, name: "second order")
    let candidates = graph.outputs.filter { graph.nodes[$0.node].width > 0 }
    guard !candidates.isEmpty else { return 0 }
    let unit = 0x1p-24
    var worst = 0.0
    for _ in 0..<max(0, samples) {
      let output = candidates[Int.random(in: candidates.indices, using: &generator)]
      let index = Int.random(in: 0..<graph.nodes[output.node].width, using: &generator)
      let element = graph.offsets[output.node] + index
      var perturbation = Array(repeating: 0.0, count: values.count)
      var predicted = 0.0
      _ = sums.sums(of: [element]) { element, adjoint in
        let error = linearized.charges[element].unit * unit
        perturbation[element] = adjoint[0] < 0 ? -error : error
        predicted += adjoint[0].magnitude * error
      }
      guard predicted > 0 else { continue }
      evaluation.perturbation = perturbation
      let perturbed = evaluation.values(of: graph, case: problem)
      let actual = (perturbed[element] - values[element]).magnitude
      // What the evaluation itself rounds, at 2^−53, is in both numbers.
      let ratio = actual / (predicted * (1 + 0x1p-20))
      worst = max(worst, ratio)
      guard ratio <= Self.secondOrderFactor else {
        throw OracleError(
          code: .secondOrder,
          message:
            "the worst roundings move the element by \(ratio) of what their first order says;"
            + " \(Self.secondOrderFactor) is allowed for. Change the case.",
          formulation: formulation.id,
          place: "\(output.quantity.path)[\(output.offset + index)]")
      }
    }
    return worst
  }
}
