import BallArithmetic
import Conformance
import Equations
import Oracle
import Tensors
import Testing

@Suite("Jacobians of a step")
struct JacobianTests {
  private static let distance = 150

  /// The step's values with one unit of one older state moved by ±2^−150.
  private func moved(
    _ dynamics: StateDynamics, _ point: StepPoint, _ slot: StateLayout.Slot, _ unit: Int,
    sign: Int
  ) throws -> LinearizedStep {
    var moved = point
    var value = try #require(moved.past[slot.state])
    value[slot.lag - 1][unit] = value[slot.lag - 1][unit].adding(
      Ball(sign).scaled(byPowerOfTwo: -Self.distance), precision: 1024)
    moved.past[slot.state] = value
    return try dynamics.step(at: moved, precision: 1024)
  }

  @Test("are central differences of the step's values", arguments: Workbench.ids)
  func differences(_ id: String) throws {
    let formulation = try Workbench.formulation(id)
    let dynamics = try StateDynamics(formulation)
    for seed: UInt64 in 1...2 {
      let point = Workbench.point(of: formulation, seed: seed)
      let step = try dynamics.step(at: point, precision: 1024)
      let jacobian = step.jacobian
      for slot in step.layout.slots {
        for (unit, column) in slot.range.enumerated() {
          let plus = try moved(dynamics, point, slot, unit, sign: 1)
          let minus = try moved(dynamics, point, slot, unit, sign: -1)
          for state in formulation.states {
            let (above, below) = (
              try #require(plus.values[state]), try #require(minus.values[state])
            )
            for (index, row) in step.layout.range(of: state).enumerated() {
              let difference = above[index].subtracting(below[index], precision: 1024)
                .scaled(byPowerOfTwo: Self.distance - 1)
              let error = difference.subtracting(jacobian[row, column], precision: 1024)
              // The truncation is of the order of 2^−300.
              #expect(
                error.magnitude.subtracting(
                  Ball.one.scaled(byPowerOfTwo: -280), precision: 64
                ).isNegative, "\(state.name)[\(index)] by \(slot.state.name)[\(unit)]")
            }
          }
        }
      }
    }
  }

  @Test("a difference tells a wrong Jacobian", arguments: ["donahue-lstm", "skip-rnn"])
  func rejected(_ id: String) throws {
    let formulation = try Workbench.formulation(id)
    let dynamics = try StateDynamics(formulation)
    let point = Workbench.point(of: formulation, seed: 1)
    let step = try dynamics.step(at: point, precision: 1024)
    let slot = try #require(step.layout.slots.last)
    let (plus, minus) = (
      try moved(dynamics, point, slot, 0, sign: 1), try moved(dynamics, point, slot, 0, sign: -1)
    )
    let state = formulation.states[0]
    let difference = try #require(plus.values[state]?[0])
      .subtracting(try #require(minus.values[state]?[0]), precision: 1024)
      .scaled(byPowerOfTwo: Self.distance - 1)
    let neighbour = step.jacobian[
      step.layout.range(of: state).lowerBound, slot.range.upperBound - 1]
    #expect(!difference.agrees(with: neighbour))
  }

  @Test("the values are the oracle's", arguments: Workbench.ids)
  func values(_ id: String) throws {
    let formulation = try Workbench.formulation(id)
    let problem = Workbench.problem(of: formulation, steps: 4, seed: 5)
    let trajectory = try StateDynamics(formulation).trajectory(of: problem)
    let goldens = try Reference(formulation).goldens(for: problem).answers
    for signal in formulation.signals where !formulation.isAtOneStepAlone(signal) {
      let expected = try #require(goldens[.sequence(signal.name)])
      for step in 0..<4 {
        let value = try #require(trajectory.values[step][signal])
        for unit in 0..<value.count {
          #expect(value[unit].nearestDouble() == expected[step, 0, unit])
        }
      }
    }
  }

  @Test("products are the gradients of backpropagation", arguments: Workbench.ids)
  func gradients(_ id: String) throws {
    let formulation = try Workbench.formulation(id)
    var problem = Workbench.problem(of: formulation, steps: 5, seed: 9)
    let trajectory = try StateDynamics(formulation).trajectory(of: problem)
    let product = trajectory.product(from: 0, to: 5)
    let reference = try Reference(formulation)
    for state in formulation.states {
      let rows = trajectory.layout.range(of: state)
      for (unit, row) in rows.enumerated() {
        problem.upstream.final = [
          state.name: Tensor(shape: [1, rows.count]) { $0 == unit ? 1 : 0 }
        ]
        let gradients = try reference.goldens(for: problem).answers
        for initial in formulation.states {
          let expected = try #require(gradients[.initial(initial.name)])
          for source in 0..<expected.count {
            // Every older copy of a state is the initial one.
            let total = trajectory.layout.slots.filter { $0.state == initial }.reduce(Ball.zero) {
              $0.adding(product[row, $1.range.lowerBound + source], precision: 256)
            }
            #expect(total.nearestDouble() == expected[source])
          }
        }
      }
    }
  }

  @Test("a formulation that reads d steps back has a companion matrix")
  func companion() throws {
    let formulation = try Workbench.formulation("delayed-rnn")
    let step = try StateDynamics(formulation).step(at: Workbench.point(of: formulation, seed: 3))
    #expect(step.layout.slots.map(\.lag) == [1, 2, 3])
    let jacobian = step.jacobian
    for row in 0..<9 {
      for column in 0..<9 {
        switch (row / 3, column / 3) {
        case (0, 2): #expect(!jacobian[row, column].containsZero)
        case (0, _): #expect(jacobian[row, column].isZero)
        default: #expect(jacobian[row, column].contains(row - 3 == column ? 1.0 : 0.0))
        }
      }
    }
  }

  @Test("the derivative of a softmax, of an inner branch of relu and of a fixed gate")
  func functions() throws {
    let formulation = try Workbench.formulation(
      "odd",
      [
        #"z_t = \sigma(A x_t + B h_{t-1})"#,
        #"h_t = z_t \odot h_{t-1} + \text{softmax}(W h_{t-1}) - \rho(V h_{t-1}) \odot z_t"#,
      ])
    let dynamics = try StateDynamics(formulation)
    var point = Workbench.point(of: formulation, seed: 7)
    let slot = StateLayout(of: formulation, sizes: Workbench.sizes(of: formulation)).slots[0]
    for fixed in [false, true] {
      if fixed { point.fixed = [Symbol("z"): BallVector([0.25, 0.5, 1])] }
      let jacobian = try dynamics.step(at: point, precision: 1024).jacobian
      for unit in 0..<3 {
        let plus = try moved(dynamics, point, slot, unit, sign: 1).values[Symbol("h")]
        let minus = try moved(dynamics, point, slot, unit, sign: -1).values[Symbol("h")]
        for row in 0..<3 {
          let difference = try #require(plus)[row].subtracting(
            try #require(minus)[row], precision: 1024
          ).scaled(byPowerOfTwo: Self.distance - 1)
          let error = difference.subtracting(jacobian[row, unit], precision: 1024).magnitude
          #expect(
            error.subtracting(Ball.one.scaled(byPowerOfTwo: -280), precision: 64).isNegative)
        }
      }
    }
  }

  @Test("a case or a point that does not fit is an error with its place")
  func errors() throws {
    let formulation = try Workbench.formulation("donahue-lstm")
    let dynamics = try StateDynamics(formulation)
    var point = Workbench.point(of: formulation, seed: 1)
    point.parameters["b_f"] = Tensor(zeros: [7])
    #expect { try dynamics.step(at: point) } throws: {
      ($0 as? OracleError)?.place == "parameters/b_f"
    }
    point = Workbench.point(of: formulation, seed: 1)
    point.past[Symbol("c")] = []
    #expect { try dynamics.step(at: point) } throws: { ($0 as? OracleError)?.place == "initial/c" }
    var problem = Workbench.problem(of: formulation, steps: 2, seed: 1)
    #expect(throws: OracleError.self) { try dynamics.trajectory(of: problem, element: 1) }
    problem.batch.x = Tensor(shape: problem.batch.x.shape) { _ in .nan }
    #expect { try dynamics.trajectory(of: problem) } throws: {
      ($0 as? OracleError)?.code == .notFinite
    }
    #expect(
      try dynamics.trajectory(of: Workbench.problem(of: formulation, steps: 0, seed: 1))
        .products(of: Symbol("h")).count == 1)
  }
}
