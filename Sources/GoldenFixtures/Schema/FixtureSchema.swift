import Equations
import HDF5
import Oracle
import Tensors

/// Names and places in a fixture file.
///
/// Nothing outside this module knows them.
enum FixtureSchema {
  static let format = "rnncheck"
  static let version = 1

  /// The file of a formulation: a reading's slash is a dot.
  static func fileName(of formulation: String) -> String {
    formulation.map { $0 == "/" ? "." : String($0) }.joined() + ".h5"
  }

  /// More than any tensor of a fixture holds: a damaged size takes no memory.
  static let limits = HDF5Limits(elements: 1 << 22, textBytes: 1 << 20)

  /// The largest I, H, O, T and B.
  static let largestSize = 1 << 20

  /// The kinds of a scale, along its leading axis.
  static let kinds = RoundingKind.allCases.map(\.name).joined(separator: " ")
}

extension Formulation {
  /// Every quantity of a case with its axes; the quantities that a file must hold.
  func quantityShapes(sizes: Sizes, steps: Int, batch: Int) -> [Quantity: [Int]] {
    var shapes: [Quantity: [Int]] = [:]
    for signal in signals {
      shapes[.sequence(signal.name)] = [
        self.steps(of: signal, in: steps), batch, sizes[axis(of: signal)],
      ]
    }
    for state in states {
      shapes[.final(state.name)] = [batch, sizes[axis(of: state)]]
      shapes[.initial(state.name)] = [batch, sizes[axis(of: state)]]
    }
    for parameter in learned {
      shapes[.parameter(parameter.name)] = parameter.shape.extents(sizes)
    }
    shapes[.inputs(input.name)] = [steps, batch, sizes[axis(of: input)]]
    return shapes
  }
}
