import Tensors

/// Where a cell stands in a cell composed of several, which decides its names there.
enum Place: Hashable, Sendable {
  /// Alone under other things: its own names.
  case alone
  /// A layer of a deep cell, from 1 on: `W_xi_2`, and `s_2_forward` where the layer has directions.
  case layer(Int)
  /// The direction from the first step to the last: `W_xi_forward`.
  case forward
  /// The direction from the last step to the first: `W_xi_backward`.
  case backward

  /// The name that a signal, state or parameter of a cell bears at this place.
  func name<Cell: ComposableCell>(_ own: String, of cell: Cell.Type) -> String {
    switch self {
    case .alone: own
    case .layer(let layer): cell.name(own, inLayer: layer)
    case .forward, .backward: own + suffix
    }
  }

  /// What the names end with at this place; empty in a layer, whose number need not be at the end.
  var suffix: String {
    switch self {
    case .alone, .layer: ""
    case .forward: "_forward"
    case .backward: "_backward"
    }
  }
}
