import BallArithmetic
import Equations

/// One step of a formulation: its values, and their derivatives with respect to the states before it.
public struct LinearizedStep: Sendable {
  /// Where the units of the states stand.
  public let layout: StateLayout
  /// The value of every signal.
  public let values: [Symbol: BallVector]
  private let derivatives: [Symbol: [BallVector?]]

  init(layout: StateLayout, signals: [Symbol: Dual]) {
    self.layout = layout
    values = signals.mapValues(\.value)
    derivatives = signals.mapValues(\.columns)
  }

  /// The derivative of a signal with respect to a state some steps back, a row for each unit of the
  /// signal; without columns where the formulation does not read the state there.
  public func derivative(
    of signal: Symbol, withRespectTo state: Symbol, lag: Int = 1
  ) -> BallMatrix {
    derivative(of: signal, along: layout.range(of: state, lag: lag))
  }

  private func derivative(of signal: Symbol, along range: Range<Int>) -> BallMatrix {
    let rows = values[signal]?.count ?? 0
    let columns = derivatives[signal].map { Array($0[range]) } ?? []
    return BallMatrix(
      rows: rows, columns: columns.count,
      elements: BallVector(
        (0..<rows).flatMap { row in columns.map { $0?[row] ?? .zero } }))
  }

  /// ∂(the states from t on back)/∂(the states from t−1 on back), `layout.width` rows and columns.
  ///
  /// The rows of an older copy have a single 1: it is what was one step newer before.
  public var jacobian: BallMatrix {
    let width = layout.width
    var elements: [Ball] = []
    for slot in layout.slots {
      if slot.lag == 1 {
        let rows = derivative(of: slot.state, along: 0..<width).elements
        elements += (0..<rows.count).map { rows[$0] }
      } else {
        let newer = layout.range(of: slot.state, lag: slot.lag - 1)
        for source in newer {
          elements += (0..<width).map { Ball($0 == source ? 1 : 0) }
        }
      }
    }
    return BallMatrix(rows: width, columns: width, elements: BallVector(elements))
  }
}
