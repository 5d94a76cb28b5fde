import BallArithmetic
import Equations

/// The steps of one sequence, each with its Jacobian.
public struct StateTrajectory: Sendable {
  /// Where the units of the states stand.
  public let layout: StateLayout
  /// The value of every signal at each step.
  public private(set) var values: [[Symbol: BallVector]] = []
  /// The Jacobian of each step, as `LinearizedStep.jacobian`.
  public private(set) var jacobians: [BallMatrix] = []

  init(layout: StateLayout) { self.layout = layout }

  mutating func append(_ step: LinearizedStep) {
    values.append(step.values)
    jacobians.append(step.jacobian)
  }

  /// ∂s_t/∂s_{t−1} of one state, all else held: a block of the Jacobian of step t, from 1.
  public func jacobian(of state: Symbol, at t: Int) -> BallMatrix {
    let range = layout.range(of: state)
    return jacobians[t - 1].rows(range).columns(range)
  }

  /// ∂(states after step t)/∂(states after step k) = J_t J_{t−1} … J_{k+1}, the latest step leftmost.
  ///
  /// - Parameters:
  ///   - k: from 0, the states before the first step, to `t`.
  ///   - t: at most the number of steps.
  public func product(
    from k: Int, to t: Int, precision: Ball.Precision = 256
  ) -> BallMatrix {
    var product = BallMatrix(identity: layout.width)
    for jacobian in jacobians[k..<t] {
      product = jacobian.product(product, precision: precision)
    }
    return product
  }

  /// ∂s_T/∂s_k of one state for k = T, T−1, …, 0, T the last step.
  ///
  /// All other states at k, and older copies of s, are held fixed: what reaches s_T through the other
  /// states of later steps is part of it.
  public func products(of state: Symbol, precision: Ball.Precision = 256) -> [BallMatrix] {
    let range = layout.range(of: state)
    // The rows of s alone: a product from the left never mixes rows.
    var rows = BallMatrix(identity: layout.width).rows(range)
    var blocks = [rows.columns(range)]
    for jacobian in jacobians.reversed() {
      rows = rows.product(jacobian, precision: precision)
      blocks.append(rows.columns(range))
    }
    return blocks
  }
}
