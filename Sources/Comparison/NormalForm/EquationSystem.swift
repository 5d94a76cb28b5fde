import Equations

/// The equations of a formulation in normal form.
struct EquationSystem: Sendable {
  /// A left-hand side and what it is.
  struct Signal: Sendable {
    let symbol: Symbol
    var polynomial: Polynomial
    let isState: Bool
    let isOutput: Bool
    let axis: Axis
    /// Where it is defined: at every step, or at the first or the last one alone.
    let time: TimeIndex

    /// Whether it may correspond to another: a state to a state, in equal sizes.
    func fits(_ other: Signal) -> Bool {
      isState == other.isState && axis == other.axis && time == other.time
    }
  }

  let input: Symbol
  let inputAxis: Axis
  /// In an order in which every signal is computed before it is used.
  var signals: [Signal]
  let shapes: [Slot: SlotShape]

  /// The system of a formulation.
  ///
  /// - Parameter tied: whether I and H count as one size, because one of two formulations needs it so.
  init(_ formulation: Formulation, tied: Bool) {
    func axis(_ axis: Axis) -> Axis { tied && axis == .input ? .hidden : axis }
    input = formulation.input
    inputAxis = axis(formulation.axis(of: formulation.input))
    signals = formulation.orderedEquations.map {
      Signal(
        symbol: $0.signal, polynomial: Polynomial(of: $0.expression),
        isState: formulation.states.contains($0.signal),
        isOutput: formulation.outputs.contains($0.signal),
        axis: axis(formulation.axis(of: $0.signal)), time: $0.time)
    }
    var shapes: [Slot: SlotShape] = [:]
    for parameter in formulation.parameters {
      let shape = parameter.shape
      formulation.equations.forEach {
        $0.expression.forEach {
          switch $0 {
          case .vector(let symbol) where symbol == parameter.symbol:
            shapes[Slot(symbol)] = SlotShape(rows: axis(shape.rows), columns: nil)
          case .product(let matrix, _) where matrix.symbol == parameter.symbol:
            let columns = shape.columns ?? []
            let index = matrix.columns?.index ?? 0
            shapes[Slot(matrix)] = SlotShape(
              rows: axis(shape.rows),
              columns: columns.indices.contains(index) ? axis(columns[index]) : nil)
          default: break
          }
        }
      }
    }
    self.shapes = shapes
  }

  subscript(symbol: Symbol) -> Signal? { signals.first { $0.symbol == symbol } }

  /// How many symbols, functions and terms the equations have.
  var size: Int { signals.reduce(0) { $0 + $1.polynomial.size + 1 } }

  /// The system with factors replaced in every equation.
  func replacing(_ replacement: (Factor) -> Polynomial?) -> EquationSystem {
    var system = self
    for index in signals.indices {
      system.signals[index].polynomial = signals[index].polynomial.replacing(replacement)
    }
    return system
  }

  /// The system with some slots at zero.
  func zeroing(_ slots: Set<Slot>) -> EquationSystem {
    guard !slots.isEmpty else { return self }
    return replacing {
      switch $0 {
      case .vector(let slot) where slots.contains(slot): Polynomial([])
      case .product(let slot, _, _) where slots.contains(slot): Polynomial([])
      default: nil
      }
    }
  }
}
