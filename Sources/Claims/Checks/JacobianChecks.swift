import BallArithmetic
import Equations
import Oracle
import Tensors

/// Claims about ∂h_j/∂h_{j−1} of h_t = W f(h_{t−1}) + ….
enum JacobianChecks {
  /// J = W diag f′(h_{j−1}).
  static func isMatrixTimesSlopes(
    _ ids: [String], matrix: String, function: String
  ) -> ClaimCheck {
    { systems in
      var tally = Tally()
      for id in ids {
        let formulation = try systems.formulation(id)
        let state = try formulation.onlyState()
        for sample in Sample.all {
          let point = sample.point(of: formulation)
          let jacobian = try StateDynamics(formulation).step(at: point).jacobian
          let expected = try matrixTimesSlopes(point, state, matrix, function, of: formulation)
          try tally.equal(jacobian, expected, "\(id), \(sample)")
        }
      }
      return tally.equalities
    }
  }

  private static func matrixTimesSlopes(
    _ point: StepPoint, _ state: Symbol, _ matrix: String, _ function: String,
    of formulation: Formulation
  ) throws -> BallMatrix {
    let past = point.past[state]?.first ?? BallVector(zeros: 0)
    let slopes = try formulation.activation(function).slopes(at: past)
    return try point.square(matrix, of: formulation)
      .product(BallMatrix(diagonal: slopes), precision: Tally.precision)
  }

  /// ∂h_j^m/∂h_{j−1}^n = W^{mk} f′(h_{j−1}^k) for every k, or for k = n alone.
  static func elements(
    _ ids: [String], matrix: String, function: String, everyIndex: Bool
  ) -> ClaimCheck {
    { systems in
      var tally = Tally()
      for id in ids {
        let formulation = try systems.formulation(id)
        let state = try formulation.onlyState()
        // By hand: f′(0) = 1, so that the Jacobian is W itself.
        let hand = HandPoint(hidden: 2, parameters: [matrix: [1, 2, 3, 4]])
        let start = try hand.trajectory(of: formulation, steps: 1)
        let numbers = [1.0, 2, 3, 4]
        for m in 0..<2 {
          for n in 0..<2 {
            for k in everyIndex ? 0..<2 : n..<(n + 1) {
              try tally.equal(
                start.jacobians[0][m, n], Ball(numbers[2 * m + k]),
                "W = [1 2; 3 4], h_{j-1} = (0, 0), m = \(m), n = \(n), k = \(k): the derivative,"
                  + " and W^{mk} f′(h^k)")
            }
          }
        }
        for sample in Sample.all {
          let point = sample.point(of: formulation)
          let jacobian = try StateDynamics(formulation).step(at: point).jacobian
          let expected = try matrixTimesSlopes(point, state, matrix, function, of: formulation)
          for m in 0..<jacobian.rows {
            for n in 0..<jacobian.columns {
              for k in everyIndex ? 0..<jacobian.columns : n..<(n + 1) {
                try tally.equal(
                  jacobian[m, n], expected[m, k], "\(id), \(sample), m = \(m), n = \(n), k = \(k)")
              }
            }
          }
        }
      }
      return tally.equalities
    }
  }

  /// ∂h_t/∂h_k = ∂h_t/∂h_{t−1} ⋯ ∂h_{k+1}/∂h_k, the latest step leftmost, against backpropagation.
  static func productOfSteps(_ ids: [String], steps: Int = 4) -> ClaimCheck {
    { systems in
      var tally = Tally()
      for id in ids {
        let formulation = try systems.formulation(id)
        let state = try formulation.onlyState()
        let reference = try Reference(formulation)
        for sample in Sample.all {
          var problem = sample.problem(of: formulation, steps: steps)
          let trajectory = try StateDynamics(formulation).trajectory(of: problem)
          let product = (1...steps).reduce(
            BallMatrix(identity: trajectory.layout.range(of: state).count)
          ) {
            trajectory.jacobian(of: state, at: $1).product($0, precision: Tally.precision)
          }
          for row in 0..<product.rows {
            problem.upstream.final = [
              state.name: Tensor(shape: [1, product.rows]) { $0 == row ? 1 : 0 }
            ]
            let gradients = try reference.enclosures(of: problem)
            try tally.equal(
              product.row(row), gradients[.initial(state.name)] ?? BallVector(zeros: 0),
              "\(id), \(sample), row \(row) of ∂h_\(steps)/∂h_0")
          }
        }
      }
      return tally.equalities
    }
  }

  /// Whether a step reads a state at each of some steps back and at no other.
  static func readsAt(_ id: String, state: String, lags: Set<Int>) -> ClaimCheck {
    { systems in
      let formulation = try systems.formulation(id)
      let state = try formulation.signal(state)
      var tally = Tally()
      for sample in Sample.all {
        let step = try StateDynamics(formulation).step(at: sample.point(of: formulation))
        for lag in 1...max(formulation.longestLag(of: state), lags.max() ?? 1) {
          let block = step.derivative(of: state, withRespectTo: state, lag: lag)
          let isConnected = (0..<block.elements.count).contains { !block.elements[$0].containsZero }
          let isAbsent = (0..<block.elements.count).allSatisfy { block.elements[$0].isZero }
          tally.require(
            lags.contains(lag) ? isConnected : isAbsent,
            "\(sample): ∂\(state.name)_t/∂\(state.name)_{t-\(lag)} is"
              + (isAbsent ? " 0" : " not 0"))
        }
      }
      return tally.finding("Jacobian blocks are 0 or not as stated")
    }
  }
}

extension Sample: CustomStringConvertible {
  /// The seed and H.
  var description: String { "seed \(seed), H = \(sizes.hidden)" }
}

extension Formulation {
  /// What a function's letter means.
  ///
  /// - Throws: `ClaimError` where the notation has no such letter.
  func activation(_ function: String) throws(ClaimError) -> Activation {
    var found: Activation?
    for equation in equations {
      equation.expression.forEach {
        if case .apply(let applied, _) = $0, applied.name == function { found = applied.activation }
      }
    }
    guard let found else {
      throw ClaimError(code: .missing, message: "\(id) has no function '\(function)'")
    }
    return found
  }
}

extension StepPoint {
  /// A parameter that is one matrix.
  ///
  /// - Throws: `ClaimError` where there is none of that name.
  func square(_ name: String, of formulation: Formulation) throws(ClaimError) -> BallMatrix {
    guard let tensor = parameters[name], tensor.shape.count == 2 else {
      throw ClaimError(code: .missing, message: "\(formulation.id) has no matrix '\(name)'")
    }
    return BallMatrix(
      rows: tensor.shape[0], columns: tensor.shape[1], elements: BallVector(tensor.scalars))
  }
}

extension BallMatrix {
  /// One row.
  func row(_ index: Int) -> BallVector { elements[(index * columns)..<((index + 1) * columns)] }
}
