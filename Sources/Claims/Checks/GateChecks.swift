import BallArithmetic
import Equations
import Oracle

/// Claims about what gates do to the state they multiply.
enum GateChecks {
  /// With f = 1 and i = 0, c_t = c_{t−1}, and so is its derivative the identity.
  static func keepsCell(
    _ ids: [String], cell: String, forget: String, input: String
  ) -> ClaimCheck {
    { systems in
      var tally = Tally()
      for id in ids {
        let formulation = try systems.formulation(id)
        let cell = try formulation.signal(cell)
        let (forget, input) = (try formulation.signal(forget), try formulation.signal(input))
        for sample in Sample.all {
          var point = sample.point(of: formulation)
          let width = sample.sizes(of: formulation).hidden
          point.fixed = [forget: .constant(1, width), input: .constant(0, width)]
          let step = try StateDynamics(formulation).step(at: point)
          let (value, past) = (step.values[cell], point.past[cell]?.first)
          try tally.equal(
            value ?? BallVector(zeros: 0), past ?? BallVector(zeros: width), "\(id), \(sample)")
          try tally.equal(
            step.derivative(of: cell, withRespectTo: cell), BallMatrix(identity: width),
            "\(id), \(sample), ∂\(cell.name)_t/∂\(cell.name)_{t-1}")
        }
      }
      return tally.equalities
    }
  }

  /// ∂c_t/∂c_{t−1} with everything else held is diag f_t.
  static func cellPathIsGate(_ ids: [String], cell: String, gate: String) -> ClaimCheck {
    { systems in
      var tally = Tally()
      for id in ids {
        let formulation = try systems.formulation(id)
        let (cell, gate) = (try formulation.signal(cell), try formulation.signal(gate))
        for sample in Sample.all {
          let step = try StateDynamics(formulation).step(at: sample.point(of: formulation))
          try tally.equal(
            step.derivative(of: cell, withRespectTo: cell),
            BallMatrix(diagonal: step.values[gate] ?? BallVector(zeros: 0)),
            "\(id), \(sample), ∂\(cell.name)_t/∂\(cell.name)_{t-1} and diag \(gate.name)_t")
        }
      }
      return tally.equalities
    }
  }

  /// ∂c_t/∂c_{t−1} with everything else held is the identity, whatever the parameters.
  static func cellPathIsUnchanged(_ ids: [String], cell: String, gate: String) -> ClaimCheck {
    { systems in
      var tally = Tally()
      for id in ids {
        let formulation = try systems.formulation(id)
        let (cell, gate) = (try formulation.signal(cell), try formulation.signal(gate))
        let trajectory = try HandPoint().trajectory(of: formulation, steps: 10)
        let value = trajectory.values[0][gate]?[0] ?? .zero
        let range = trajectory.layout.range(of: cell)
        let path = trajectory.product(from: 0, to: 10)[range.lowerBound, range.lowerBound]
        try tally.equal(
          trajectory.jacobians[0][range.lowerBound, range.lowerBound], .one,
          "\(id), every parameter 0: \(gate.name)_t = σ(0) = \(value.short), so that 10 steps leave"
            + " \(path.short); the derivative of one step, and 1")
        for sample in Sample.all {
          let step = try StateDynamics(formulation).step(at: sample.point(of: formulation))
          let block = step.derivative(of: cell, withRespectTo: cell)
          try tally.equal(block, BallMatrix(identity: block.rows), "\(id), \(sample)")
        }
      }
      return tally.equalities
    }
  }

  /// Every named gate is a σ, and between 0 and 1 at every point.
  static func liveInUnitInterval(_ gates: [String: [String]]) -> ClaimCheck {
    { systems in
      var tally = Tally()
      for (id, names) in gates.sorted(by: { $0.key < $1.key }) {
        let formulation = try systems.formulation(id)
        for name in names {
          let gate = try formulation.signal(name)
          let outer = try formulation.equation(of: name).expression
          var isLogistic = false
          if case .apply(let function, _) = outer { isLogistic = function.activation == .logistic }
          tally.require(isLogistic, "\(id): \(name)_t is not a σ of something")
          for sample in Sample.all {
            let step = try StateDynamics(formulation).step(at: sample.point(of: formulation))
            let value = step.values[gate] ?? BallVector(zeros: 0)
            for unit in 0..<value.count {
              try tally.below(.zero, value[unit], "\(id), \(sample): 0 and \(name)_t")
              try tally.below(value[unit], .one, "\(id), \(sample): \(name)_t and 1")
            }
          }
        }
      }
      return tally.finding("gates and values are σ, above 0 and below 1")
    }
  }
}

extension BallVector {
  /// The same number in every unit.
  static func constant(_ value: Int, _ count: Int) -> BallVector {
    BallVector(Array(repeating: Ball(value), count: count))
  }
}
