import Tensors

/// One way to read a packed matrix as matrices of gates, [H,N] each, applied as W x.
struct MatrixReading: Hashable, Sendable {
  /// What the matrix is applied to.
  enum Operand: Hashable, Sendable {
    case input, recurrent
    /// Both, stacked: the input first or the state first.
    case both(inputFirst: Bool)
  }

  let operand: Operand
  /// How many gates it packs.
  let gates: Int
  /// Whether a column of it, and not a row, makes a unit: it is applied as x W.
  let isTransposed: Bool
  /// Whether the gates of a unit lie beside each other, and not the units of a gate.
  let isInterleaved: Bool

  /// Every way to read a matrix of some gates by its shape.
  static func readings(of shape: [Int], gates: Int, _ sizes: LayerSizes) -> [MatrixReading] {
    let units = gates * sizes.hidden
    let operands: [(Operand, Int)] =
      [(.input, sizes.input), (.recurrent, sizes.hidden)]
      + [true, false].map { (.both(inputFirst: $0), sizes.input + sizes.hidden) }
    return operands.flatMap { operand, width in
      [false, true].flatMap { isTransposed -> [MatrixReading] in
        guard shape == (isTransposed ? [width, units] : [units, width]) else { return [] }
        return (gates > 1 && sizes.hidden > 1 ? [false, true] : [false]).map {
          MatrixReading(
            operand: operand, gates: gates, isTransposed: isTransposed, isInterleaved: $0)
        }
      }
    }
  }

  /// The matrix of one gate, [H,N].
  ///
  /// - Parameters:
  ///   - matrix: of the shape that the reading was made for.
  ///   - gate: its position.
  ///   - columns: which of what the matrix is applied to.
  func block(_ matrix: Tensor<Double>, gate: Int, columns: Range<Int>) -> Tensor<Double> {
    let units = (isTransposed ? matrix.shape[1] : matrix.shape[0])
    let hidden = units / gates
    return Tensor(shape: [hidden, columns.count]) { index in
      let (unit, column) = index.quotientAndRemainder(dividingBy: max(columns.count, 1))
      let row = position(of: unit, gate: gate, hidden: hidden)
      let place = columns.lowerBound + column
      return isTransposed ? matrix[place, row] : matrix[row, place]
    }
  }

  /// The bias of one gate, [H], that is packed as the rows of the matrix are.
  func block(_ bias: Tensor<Double>, gate: Int) -> Tensor<Double> {
    let hidden = bias.count / gates
    return Tensor(shape: [hidden]) { bias[position(of: $0, gate: gate, hidden: hidden)] }
  }

  private func position(of unit: Int, gate: Int, hidden: Int) -> Int {
    isInterleaved ? unit * gates + gate : gate * hidden + unit
  }

  /// How the gates lie, in words.
  var words: String {
    let side = isTransposed ? "columns" : "rows"
    let applied =
      switch operand {
      case .input: isTransposed ? "x W" : "W x"
      case .recurrent: isTransposed ? "h W" : "W h"
      case .both(let inputFirst):
        isTransposed
          ? (inputFirst ? "[x h] W" : "[h x] W") : (inputFirst ? "W [x; h]" : "W [h; x]")
      }
    guard gates > 1 else { return applied }
    return "\(applied), gates in \(side)\(isInterleaved ? ", side by side in each unit" : "")"
  }
}

/// I and H of a layer.
struct LayerSizes: Hashable, Sendable {
  let input, hidden: Int

  /// A shape in letters: `[3H, I]`.
  func text(_ shape: [Int], gates: Int) -> String {
    let letters = shape.map { extent -> String in
      for blocks in [1, gates, 2 * gates, 2] where extent == blocks * hidden && extent != input {
        return blocks == 1 ? "H" : "\(blocks)H"
      }
      if extent == input { return "I" }
      if extent == input + hidden { return "I+H" }
      return "\(extent)"
    }
    return "[\(letters.joined(separator: ", "))]"
  }
}
