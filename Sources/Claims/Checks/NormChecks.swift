import BallArithmetic
import Equations
import Oracle
import Tensors

/// Claims about norms of Jacobians; the norm is the spectral one, which is submultiplicative.
enum NormChecks {
  /// ‖∂h_j/∂h_{j−1}‖ ≤ ‖W‖ ‖diag f′(h_{j−1})‖ ≤ β_W β_h, and over several steps (β_W β_h)^{t−k}.
  ///
  /// β_W is ‖W‖ and β_h the greatest slope of f.
  static func areBounded(
    _ ids: [String], matrix: String, function: String, steps: Int = 6
  ) -> ClaimCheck {
    { systems in
      var tally = Tally()
      for id in ids {
        let formulation = try systems.formulation(id)
        for sample in Sample.all {
          let problem = sample.problem(of: formulation, steps: steps)
          let trajectory = try StateDynamics(formulation).trajectory(of: problem)
          let weight = try sample.point(of: formulation).square(matrix, of: formulation)
          guard let slope = try formulation.activation(function).greatestSlope else {
            throw ClaimError(code: .undecided, message: "\(id): \(function) has no greatest slope")
          }
          let bound = SpectralNorm(of: weight).lower
            .multiplied(by: Ball(slope), precision: Tally.precision)
          for k in 0..<steps {
            var power = Ball.one
            for t in (k + 1)...steps {
              power = power.multiplied(by: bound, precision: Tally.precision)
              try tally.below(
                SpectralNorm(of: trajectory.product(from: k, to: t)).upper, power,
                "\(id), \(sample): ‖∂h_\(t)/∂h_\(k)‖ and (β_W β_h)^\(t - k)")
            }
          }
        }
      }
      return tally.finding("norms are below their bounds")
    }
  }

  /// The first of the two inequalities, with the slopes that the step itself has.
  static func stepIsBounded(_ ids: [String], matrix: String, function: String) -> ClaimCheck {
    { systems in
      var tally = Tally()
      for id in ids {
        let formulation = try systems.formulation(id)
        let state = try formulation.onlyState()
        let activation = try formulation.activation(function)
        for sample in Sample.all {
          let point = sample.point(of: formulation)
          let jacobian = try StateDynamics(formulation).step(at: point).jacobian
          let past = point.past[state]?.first ?? BallVector(zeros: 0)
          let slopes = BallMatrix(diagonal: try activation.slopes(at: past))
          let bound = SpectralNorm(of: try point.square(matrix, of: formulation)).lower
            .multiplied(by: SpectralNorm(of: slopes).lower, precision: Tally.precision)
          try tally.below(
            SpectralNorm(of: jacobian).upper, bound,
            "\(id), \(sample): ‖∂h_j/∂h_{j-1}‖ and ‖W‖ ‖diag f′‖")
        }
      }
      return tally.finding("norms are below their bounds")
    }
  }

  /// Where ‖W‖ < 1, the norm of n steps is at most ‖W‖^n, which decays.
  static func decayBelowOne(_ id: String, matrix: String, steps: Int = 8) -> ClaimCheck {
    { systems in
      var tally = Tally()
      let formulation = try systems.formulation(id)
      for sample in Sample.all {
        var problem = sample.problem(of: formulation, steps: steps)
        // An eighth of numbers below 3/4 in at most 4 × 4 places has a norm below 3/8.
        problem.parameters[matrix] = problem.parameters[matrix]?.map { $0 / 8 }
        guard let weight = problem.parameters[matrix] else {
          throw ClaimError(code: .missing, message: "\(id) has no matrix '\(matrix)'")
        }
        let norm = SpectralNorm(
          of: BallMatrix(
            rows: weight.shape[0], columns: weight.shape[1], elements: BallVector(weight.scalars))
        ).lower
        try tally.below(norm, .one, "\(sample): ‖\(matrix)‖ and 1")
        let trajectory = try StateDynamics(formulation).trajectory(of: problem)
        var power = Ball.one
        for t in 1...steps {
          power = power.multiplied(by: norm, precision: Tally.precision)
          try tally.below(
            SpectralNorm(of: trajectory.product(from: 0, to: t)).upper, power,
            "\(sample): ‖∂h_\(t)/∂h_0‖ and ‖\(matrix)‖^\(t)")
        }
      }
      return tally.finding("norms are below ‖\(matrix)‖^n < 1")
    }
  }
}
