import BallArithmetic
import Comparison
import Equations
import Oracle
import Tensors

/// Claims about what an equation reads and how it is built.
package enum StructureChecks {
  /// The equation of a signal reads some signals and nothing else.
  static func reads(
    _ ids: [String], signal: String, exactly expected: [(name: String, offset: Int)]
  ) -> ClaimCheck {
    let expected = expected.map { Read(name: $0.name, time: .step($0.offset)) }
    return { systems in
      var tally = Tally()
      for id in ids {
        let equation = try systems.formulation(id).equation(of: signal)
        let found = equation.expression.reads.map { Read(name: $0.symbol.name, time: $0.time) }
        tally.require(
          Set(found) == Set(expected),
          "\(id): \(signal)_t reads \(found.map(\.text).joined(separator: ", "))")
      }
      return tally.finding("equations read what is stated and nothing else")
    }
  }

  private struct Read: Hashable, Sendable {
    let name: String
    let time: TimeIndex

    var text: String {
      switch time {
      case .step(0): "\(name)_t"
      case .step(let offset): "\(name)_{t\(offset > 0 ? "+" : "")\(offset)}"
      case .first: "\(name)_1"
      case .last: "\(name)_T"
      }
    }
  }

  /// An output is the same whatever the input and the past are, as long as the state is.
  static func outputFollowsFromState(_ ids: [String], output: String) -> ClaimCheck {
    { systems in
      var tally = Tally()
      for id in ids {
        let formulation = try systems.formulation(id)
        let (state, output) = (try formulation.onlyState(), try formulation.signal(output))
        let reads = try formulation.equation(of: output.name).expression.reads
        tally.require(
          reads.allSatisfy { $0.symbol == state && $0.time == .step(0) },
          "\(id): \(output.name)_t reads more than \(state.name)_t")
        for sample in Sample.all {
          var point = sample.point(of: formulation)
          let width = sample.sizes(of: formulation).hidden
          point.fixed = [state: sample.vector("held", width)]
          let first = try StateDynamics(formulation).step(at: point).values[output]
          point.input = sample.vector("another input", point.input.count)
          point.past[state] = [sample.vector("another past", width)]
          let second = try StateDynamics(formulation).step(at: point).values[output]
          try tally.equal(
            first ?? BallVector(zeros: 0), second ?? BallVector(zeros: 0), "\(id), \(sample)")
        }
      }
      return tally.equalities
    }
  }

  /// Each named gate is σ of matrices applied to x_t and to a state before, and a bias.
  static func gatesAreAffine(_ id: String, gates: [String], state: String) -> ClaimCheck {
    { systems in
      let formulation = try systems.formulation(id)
      let state = try formulation.signal(state)
      var tally = Tally()
      for gate in gates {
        guard
          case .apply(let function, let argument) = try formulation.equation(of: gate).expression
        else {
          tally.require(false, "\(gate)_t is not a function of something")
          continue
        }
        tally.require(function.activation == .logistic, "\(gate)_t is not a σ")
        let addends = argument.addends
        let operands = addends.compactMap { addend -> Expression? in
          if case .product(_, let operand) = addend { return operand }
          return nil
        }
        let vectors = addends.count {
          if case .vector = $0 { return true }
          return false
        }
        tally.require(
          Set(operands) == [.signal(formulation.input, .step(0)), .signal(state, .step(-1))]
            && operands.count + vectors == addends.count,
          "\(gate)_t is not σ of an affine map of x_t and \(state.name)_{t-1}")
      }
      return tally.finding("properties of \(gates.count) gates' equations")
    }
  }

  /// A gate is computed from x_t and a state before, by parameters.
  static func dependsOnContext(_ ids: [String], gate: String, state: String) -> ClaimCheck {
    { systems in
      var tally = Tally()
      for id in ids {
        let formulation = try systems.formulation(id)
        let expression = try formulation.equation(of: gate).expression
        let reads = expression.reads
        tally.require(
          reads.contains { $0.symbol == formulation.input }
            && reads.contains { $0.symbol.name == state && $0.time == .step(-1) },
          "\(id): \(gate)_t does not read x_t and \(state)_{t-1}")
        var hasParameter = false
        expression.forEach {
          switch $0 {
          case .product, .vector: hasParameter = true
          default: break
          }
        }
        tally.require(hasParameter, "\(id): \(gate)_t has no parameter")
      }
      return tally.finding("properties of the gate's equation")
    }
  }

  /// The weight of the state before is one minus another gate: no gate forgets on its own.
  static func hasNoForgetGate(_ id: String, state: String) -> ClaimCheck {
    { systems in
      let formulation = try systems.formulation(id)
      var tally = Tally()
      let connection = formulation.selfConnections.first { $0.state.name == state }
      guard let connection,
        case .difference(.number(1), .signal(let gate, .step(0))) =
          connection.weight
      else {
        return .isFalse(
          "\(id): \(state)_{t-1} is multiplied by \(connection?.weight.text ?? "nothing"), not by"
            + " one minus a gate")
      }
      var writes = false
      connection.rest.forEach { if $0 == .signal(gate, .step(0)) { writes = true } }
      tally.require(writes, "\(id): \(gate.name)_t does not gate what is written too")
      return tally.finding(
        "weight: \(state)_{t-1} is kept by 1 - \(gate.name)_t, the rest of the gate that writes")
    }
  }

  /// One cell has fewer parameters than others for all sizes.
  static func hasFewerParameters(_ id: String, than others: [String]) -> ClaimCheck {
    { systems in
      let few = SizePolynomial(parametersOf: try systems.formulation(id))
      var counts: [String] = []
      for other in others {
        let formulation = try systems.formulation(other)
        let many = SizePolynomial(parametersOf: formulation)
        let difference = many + -1 * few
        guard difference.isPositiveForAllSizes else {
          return .isFalse("\(id) has \(few.text) parameters, \(other) \(many.text)")
        }
        counts.append("\(other) \(many.text)")
      }
      return .holds("\(id) has \(few.text) parameters, \(counts.joined(separator: ", "))")
    }
  }

  /// The same step taken by itself gives the same as within a sequence: the parameters have no time.
  ///
  /// - Parameter alone: the parameters with which the step is taken by itself; the sequence's own.
  package static func stepsAreTheSame(
    _ ids: [String], steps: Int = 4,
    alone: @escaping @Sendable ([String: Tensor<Double>]) -> [String: Tensor<Double>] = { $0 }
  ) -> ClaimCheck {
    { systems in
      var tally = Tally()
      for id in ids {
        let formulation = try systems.formulation(id)
        let dynamics = try StateDynamics(formulation)
        for sample in Sample.all {
          let problem = sample.problem(of: formulation, steps: steps)
          let trajectory = try dynamics.trajectory(of: problem)
          let width = sample.sizes(of: formulation).input
          for step in 1..<steps {
            var point = sample.point(of: formulation)
            point.parameters = alone(problem.parameters)
            point.input = BallVector((0..<width).map { problem.batch.x[step, 0, $0] })
            for state in formulation.states {
              point.past[state] = trajectory.values[step - 1][state].map { [$0] } ?? []
            }
            let again = try dynamics.step(at: point).values
            for signal in formulation.signals {
              try tally.equal(
                trajectory.values[step][signal] ?? BallVector(zeros: 0),
                again[signal] ?? BallVector(zeros: 0), "\(id), \(sample), step \(step + 1)")
            }
          }
        }
      }
      return tally.equalities
    }
  }

  /// A state reaches itself in a later step.
  static func hasFeedback(_ ids: [String]) -> ClaimCheck {
    { systems in
      var tally = Tally()
      for id in ids {
        let formulation = try systems.formulation(id)
        let problem = Sample.all[0].problem(of: formulation, steps: 3)
        let trajectory = try StateDynamics(formulation).trajectory(of: problem)
        for state in formulation.states {
          let range = trajectory.layout.range(of: state)
          let product = trajectory.product(from: 0, to: 3)
          let reached = range.contains { row in
            range.contains { !product[row, $0].containsZero }
          }
          tally.require(reached, "\(id): \(state.name) does not reach itself")
        }
        tally.require(!formulation.states.isEmpty, "\(id) has no state")
      }
      return tally.finding("states reach themselves")
    }
  }

  /// An output changes with an earlier input.
  static func outputsFollowFromThePast(_ ids: [String], output: String) -> ClaimCheck {
    { systems in
      var tally = Tally()
      for id in ids {
        let formulation = try systems.formulation(id)
        let output = try formulation.signal(output)
        let steps = 3
        for sample in Sample.all {
          var problem = sample.problem(of: formulation, steps: steps)
          let first = try StateDynamics(formulation).trajectory(of: problem)
          problem.batch.x[0, 0, 0] += 0.5
          let second = try StateDynamics(formulation).trajectory(of: problem)
          let (a, b) = (first.values[steps - 1][output], second.values[steps - 1][output])
          let differs = (0..<(a?.count ?? 0)).contains { unit in
            a.flatMap { a in b.map { !a[unit].overlaps($0[unit]) } } ?? false
          }
          tally.require(
            differs, "\(id), \(sample): another x_1 leaves \(output.name)_\(steps) as it was")
        }
      }
      return tally.finding("changes of an earlier input change a later output")
    }
  }
}

extension Expression {
  /// The addends of a sum.
  fileprivate var addends: [Expression] {
    switch self {
    case .sum(let a, let b), .difference(let a, let b): a.addends + b.addends
    case .negation(let a): a.addends
    default: [self]
    }
  }
}
