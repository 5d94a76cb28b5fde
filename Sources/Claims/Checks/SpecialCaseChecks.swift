import BallArithmetic
import Equations
import Oracle
import Tensors

/// Claims that one cell is another where something is held at a value.
enum SpecialCaseChecks {
  /// What one cell is turned into, and what is compared.
  struct Pair: Sendable {
    /// The cell with something held, and the one that it becomes.
    let special, plain: String
    /// The parameters of the plain cell by those of the special one; what is not named is copied by name.
    var parameters: [String: String] = [:]
    /// Signals of the special cell that are held at a number.
    var held: [String: Int] = [:]
    /// Parameters of the special cell that are set to zero.
    var zeroed: [String] = []
    /// The states that are compared, of the special and of the plain cell.
    let states: (special: String, plain: String)
  }

  /// The states after a step and their Jacobians are equal.
  static func isEqual(_ pairs: [Pair]) -> ClaimCheck {
    { systems in
      var tally = Tally()
      for pair in pairs {
        let special = try systems.formulation(pair.special)
        let plain = try systems.formulation(pair.plain)
        let state = try special.signal(pair.states.special)
        let other = try plain.signal(pair.states.plain)
        for sample in Sample.all {
          var point = sample.point(of: special)
          for name in pair.zeroed {
            guard let tensor = point.parameters[name] else {
              throw ClaimError(code: .missing, message: "\(special.id) has no '\(name)'")
            }
            point.parameters[name] = Tensor(zeros: tensor.shape)
          }
          let width = sample.sizes(of: special).hidden
          for (name, value) in pair.held {
            point.fixed[try special.signal(name)] = .constant(value, width)
          }
          var reduced = sample.point(of: plain)
          reduced.input = point.input
          reduced.past[other] = point.past[state]
          for (name, tensor) in reduced.parameters {
            let source = pair.parameters.first { $0.value == name }?.key ?? name
            reduced.parameters[name] = point.parameters[source] ?? tensor
          }
          let (step, expected) = (
            try StateDynamics(special).step(at: point), try StateDynamics(plain).step(at: reduced)
          )
          let place = "\(special.id) and \(plain.id), \(sample)"
          try tally.equal(
            step.values[state] ?? BallVector(zeros: 0),
            expected.values[other] ?? BallVector(zeros: 0), "\(place), the state")
          try tally.equal(
            step.derivative(of: state, withRespectTo: state),
            expected.derivative(of: other, withRespectTo: other), "\(place), the Jacobian")
        }
      }
      return tally.equalities
    }
  }

  /// A gated cell whose gates are given the leak's numbers is the leaky unit.
  ///
  /// The candidate is given F's value, and each gate α or 1 − α.
  ///
  /// - Parameters:
  ///   - gates: the gates of the cell, and whether each is one minus α.
  ///   - leaky: the leaky unit, and `leak` its α.
  static func isLeaky(
    _ ids: [String], state: String, candidate: String, gates: [String: Bool], leaky: String,
    leak: String
  ) -> ClaimCheck {
    { systems in
      var tally = Tally()
      let leaky = try systems.formulation(leaky)
      let leakyState = try leaky.onlyState()
      for id in ids {
        let formulation = try systems.formulation(id)
        let state = try formulation.signal(state)
        for sample in Sample.all {
          let leakyPoint = sample.point(of: leaky)
          let width = sample.sizes.hidden
          // F is what the leaky unit is without a leak.
          var free = leakyPoint
          free.parameters[leak] = Tensor(zeros: [width])
          let value = try StateDynamics(leaky).step(at: free).values[leakyState]
          let expected = try StateDynamics(leaky).step(at: leakyPoint).values[leakyState]

          var point = sample.point(of: formulation)
          point.past[state] = leakyPoint.past[leakyState]
          let alpha = BallVector(leakyPoint.parameters[leak]?.scalars ?? [])
          let rest = BallVector.constant(1, width)
            .subtracting(alpha, precision: Tally.precision)
          point.fixed[try formulation.signal(candidate)] = value
          for (gate, isInverted) in gates {
            point.fixed[try formulation.signal(gate)] = isInverted ? rest : alpha
          }
          let step = try StateDynamics(formulation).step(at: point)
          try tally.equal(
            step.values[state] ?? BallVector(zeros: 0), expected ?? BallVector(zeros: 0),
            "\(id), \(sample)")
        }
      }
      return tally.equalities
    }
  }

  /// With F's matrices at zero, ∂h_t/∂h_k is diag α^{t−k}, below 4^{−(t−k)} for α below 1/4.
  static func leakDecays(_ id: String, leak: String, steps: Int = 10) -> ClaimCheck {
    { systems in
      let formulation = try systems.formulation(id)
      var tally = Tally()
      for sample in Sample.all {
        var problem = sample.problem(of: formulation, steps: steps)
        for parameter in formulation.parameters where parameter.name != leak {
          problem.parameters[parameter.name] = Tensor(
            zeros: parameter.shape.extents(sample.sizes))
        }
        let alpha = BallVector(problem.parameters[leak]?.scalars ?? [])
        let trajectory = try StateDynamics(formulation).trajectory(of: problem)
        var power = BallVector.constant(1, alpha.count)
        for _ in 0..<steps { power = power.multiplied(by: alpha, precision: Tally.precision) }
        let product = trajectory.product(from: 0, to: steps)
        try tally.equal(product, BallMatrix(diagonal: power), "\(sample), diag α^\(steps)")
        for unit in 0..<alpha.count {
          try tally.below(.zero, product[unit, unit], "\(sample): 0 and the derivative")
          try tally.below(
            product[unit, unit], Ball.one.scaled(byPowerOfTwo: -2 * steps),
            "\(sample): the derivative and 4^-\(steps)")
        }
      }
      return tally.finding("equalities and inequalities for seeded α in (0.02, 0.2)")
    }
  }
}
