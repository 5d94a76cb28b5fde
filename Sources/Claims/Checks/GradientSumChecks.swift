import BallArithmetic
import Equations
import Oracle
import Tensors

/// Claims about the gradient of a parameter that every step uses.
package enum GradientSumChecks {
  /// ∂E/∂W = Σ_t ∂E_t/∂W for every parameter, E_t the loss on one step's output.
  ///
  /// - Parameter first: the first step of the sum, from 1.
  package static func isSumOverLosses(
    _ ids: [String], output: String, steps: Int = 4, from first: Int = 1
  ) -> ClaimCheck {
    { systems in
      var tally = Tally()
      for id in ids {
        let formulation = try systems.formulation(id)
        let reference = try Reference(formulation)
        for sample in Sample.all {
          var problem = sample.problem(of: formulation, steps: steps)
          let width = sample.sizes(of: formulation)[
            formulation.axis(of: try formulation.signal(output))]
          let upstream = sample.numbers("upstream", steps * width)
          func gradients(_ chosen: Range<Int>) throws -> [Quantity: BallVector] {
            problem.upstream.sequence = [
              output: Tensor(shape: [steps, 1, width]) {
                chosen.contains($0 / width) ? upstream[$0] : 0
              }
            ]
            return try reference.enclosures(of: problem)
          }
          let whole = try gradients(0..<steps)
          let parts = try ((first - 1)..<steps).map { try gradients($0..<($0 + 1)) }
          for parameter in formulation.parameters {
            let quantity = Quantity.parameter(parameter.name)
            guard let total = whole[quantity] else { continue }
            let sum = parts.reduce(BallVector(zeros: total.count)) { sum, part in
              part[quantity].map { sum.adding($0, precision: Tally.precision) } ?? sum
            }
            try tally.equal(total, sum, "\(id), \(sample), ∂E/∂\(parameter.name)")
          }
        }
      }
      return tally.equalities
    }
  }

  /// ∂E_T/∂W = Σ_{k=1}^t ∂E_t/∂y_t ∂y_t/∂h_t ∂h_t/∂h_k ∂h_k/∂W of h_t = W f(h_{t−1}) + …,
  /// y_t = W^(S) f(h_t), ∂h_k/∂W with h_{k−1} held.
  ///
  /// - Parameter everyStep: whether t is any step up to T, as the print leaves it, or T alone.
  static func isSumOverSteps(
    _ id: String, matrix: String, outputMatrix: String, function: String, output: String,
    everyStep: Bool
  ) -> ClaimCheck {
    { systems in
      let formulation = try systems.formulation(id)
      let letters = Letters(
        state: try formulation.onlyState(), matrix: matrix, outputMatrix: outputMatrix,
        activation: try formulation.activation(function), output: output)
      var tally = Tally()
      // By hand: W = 0, so that h_1 = x_1 = 1 and h_2 = x_2 = 0; then ∂E_2/∂W = f′(0) f(1) = tanh 1.
      let hand = HandPoint(
        parameters: [matrix: [0], "W_hs": [1], outputMatrix: [1]], inputs: [1, 0])
      for t in everyStep ? 1...2 : 2...2 {
        try compare(
          formulation, letters, try hand.problem(of: formulation, steps: 2), cotangent: [1], t,
          "one unit, W = 0, W^(hs) = W^(S) = 1, h_0 = 0, x = (1, 0), E_t = y_t, T = 2, t = \(t):"
            + " ∂E_T/∂W and the sum", &tally)
      }
      for sample in Sample.all {
        let width = sample.sizes(of: formulation).output
        for t in everyStep ? 1...3 : 3...3 {
          try compare(
            formulation, letters, sample.problem(of: formulation, steps: 3),
            cotangent: sample.numbers("upstream", width), t, "\(sample), T = 3, t = \(t)", &tally)
        }
      }
      return tally.equalities
    }
  }

  private struct Letters {
    let state: Symbol
    let matrix, outputMatrix: String
    let activation: Activation
    let output: String
  }

  /// The gradient of the loss on the last step by backpropagation, and the sum for E_t.
  private static func compare(
    _ formulation: Formulation, _ letters: Letters, _ problem: Case<Double>, cotangent: [Double],
    _ t: Int, _ place: String, _ tally: inout Tally
  ) throws {
    let precision = Tally.precision
    var lossy = problem
    let (steps, width) = (problem.batch.steps, cotangent.count)
    lossy.upstream.sequence = [
      letters.output: Tensor(shape: [steps, 1, width]) {
        $0 / width == steps - 1 ? cotangent[$0 % width] : 0
      }
    ]
    let left = try Reference(formulation).enclosures(of: lossy)[.parameter(letters.matrix)]
    let trajectory = try StateDynamics(formulation).trajectory(of: problem)
    guard let outputWeights = problem.parameters[letters.outputMatrix],
      let initial = problem.batch.initial[letters.state.name]
    else {
      throw ClaimError(code: .missing, message: "there is no '\(letters.outputMatrix)'")
    }
    let states =
      [BallVector(initial.scalars)] + trajectory.values.compactMap { $0[letters.state] }
    // ∂E_t/∂y_t ∂y_t/∂h_t.
    let row = BallMatrix(
      rows: outputWeights.shape[0], columns: outputWeights.shape[1],
      elements: BallVector(outputWeights.scalars)
    ).transposedProduct(BallVector(cotangent), precision: precision)
      .multiplied(by: try letters.activation.slopes(at: states[t]), precision: precision)
    var sum = BallMatrix(zeroRows: row.count, columns: row.count)
    for k in 1...t {
      let reached = trajectory.product(from: k, to: t)
        .transposedProduct(row, precision: precision)
      sum.addOuterProduct(
        reached, try letters.activation.values(at: states[k - 1]), precision: precision)
    }
    try tally.equal(left ?? BallVector(zeros: 0), sum.elements, place)
  }

  /// ∂E/∂W = Σ_k (∂E/∂s_k with the later steps) diag f′ s_{k−1}ᵀ: every step's use of W counts once.
  static func isSumOverUses(
    _ ids: [String], matrix: String, function: String, steps: Int = 4
  ) -> ClaimCheck {
    { systems in
      var tally = Tally()
      for id in ids {
        let formulation = try systems.formulation(id)
        let state = try formulation.onlyState()
        let activation = try formulation.activation(function)
        for sample in Sample.all {
          var problem = sample.problem(of: formulation, steps: steps)
          let trajectory = try StateDynamics(formulation).trajectory(of: problem)
          let width = trajectory.layout.width
          let cotangent = sample.numbers("upstream", width)
          problem.upstream.final = [state.name: Tensor(shape: [1, width]) { cotangent[$0] }]
          let left = try Reference(formulation).enclosures(of: problem)[.parameter(matrix)]
          let initial = problem.batch.initial[state.name]?.scalars ?? []
          let states = [BallVector(initial)] + trajectory.values.compactMap { $0[state] }
          var sum = BallMatrix(zeroRows: width, columns: width)
          for k in 1...steps {
            let reached = trajectory.product(from: k, to: steps)
              .transposedProduct(BallVector(cotangent), precision: Tally.precision)
            let slopes = try activation.slopes(ofValues: states[k])
            sum.addOuterProduct(
              reached.multiplied(by: slopes, precision: Tally.precision), states[k - 1],
              precision: Tally.precision)
          }
          try tally.equal(
            left ?? BallVector(zeros: 0), sum.elements, "\(id), \(sample), ∂E/∂\(matrix)")
        }
      }
      return tally.equalities
    }
  }
}

extension Activation {
  /// f′ from f's own values: σ (1 − σ), 1 − tanh², and for relu 1 where the value is above 0.
  fileprivate func slopes(ofValues values: BallVector) throws(ClaimError) -> BallVector {
    let precision = Tally.precision
    let ones = BallVector(Array(repeating: Ball.one, count: values.count))
    switch self {
    case .logistic:
      return values.multiplied(
        by: ones.subtracting(values, precision: precision), precision: precision)
    case .tanh:
      return ones.subtracting(
        values.multiplied(by: values, precision: precision), precision: precision)
    case .relu, .identity, .unitStep, .softmax: return try slopes(at: values)
    }
  }
}
