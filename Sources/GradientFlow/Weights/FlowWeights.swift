import BallArithmetic
import Equations
import Oracle
import Tensors

/// The numbers of one formulation: seeded, and alike for every formulation.
///
/// Matrices and biases have their numbers by their place in the order of first use, not by their letters:
/// the first recurrent matrix is the same in every formulation.
/// ```
/// recurrent matrix     orthogonal times the scale
/// other matrix         uniform in ±1/√H
/// bias                 uniform in ±0.1, and ± the gate bias where the gate carries a state
/// α                    uniform in 0.02…0.2, as in the notes that have leaky units
/// input, initial state uniform in ±0.5 and ±0.1
/// ```
struct FlowWeights {
  let problem: Case<Double>
  let layout: StateLayout
  private let formulation: Formulation
  private let sizes: Sizes

  init(_ formulation: Formulation, _ options: FlowOptions, scale: Double) {
    let size = options.hidden
    let sizes = Sizes(input: size, hidden: size, output: size)
    self.formulation = formulation
    self.sizes = sizes
    layout = StateLayout(of: formulation, sizes: sizes)
    var numbers = FlowNumbers(seed: options.seed)
    let inputBlocks = formulation.blocksOfInput
    let gates = CarryGate.all(in: formulation)

    var parameters: [String: Tensor<Double>] = [:]
    for parameter in formulation.parameters {
      let extents = parameter.shape.extents(sizes)
      var tensor = Tensor<Double>(zeros: extents)
      if let columns = parameter.shape.columns {
        for row in 0..<parameter.shape.rowBlocks {
          for column in columns.indices {
            let isRecurrent =
              parameter.shape.rows == .hidden && columns[column] == .hidden
              && !inputBlocks.contains(.init(parameter.symbol, row: row, column: column))
            let block =
              isRecurrent
              ? numbers.orthogonal(size, scale: scale) : numbers.matrix(size)
            for i in 0..<size {
              for j in 0..<size {
                tensor[row * size + i, column * size + j] = block[i * size + j]
              }
            }
          }
        }
      } else if formulation.declaration.notation.fractions.contains(parameter.name) {
        let values = numbers.fractions(extents[0])
        for unit in values.indices { tensor[unit] = values[unit] }
      } else {
        let gate = gates.first { $0.bias == parameter.symbol }
        let shift = gate.map { $0.isInverted ? -options.gateBias : options.gateBias } ?? 0
        let values = numbers.bias(extents[0])
        for unit in values.indices { tensor[unit] = values[unit] + shift }
      }
      parameters[parameter.name] = tensor
    }
    let x = numbers.input(count: options.steps * size)
    let initial = formulation.states.map { state in
      (state.name, numbers.initial(sizes[formulation.axis(of: state)]))
    }
    problem = Case(
      parameters: parameters,
      batch: SequenceBatch(
        x: Tensor(shape: [options.steps, 1, size]) { x[$0] },
        initial: Dictionary(
          initial.map { name, values in
            (name, Tensor(shape: [1, values.count]) { values[$0] })
          }, uniquingKeysWith: { first, _ in first })),
      upstream: Upstream(sequence: [:], final: [:]))
  }

  /// The recurrent matrix of a cell without gates, and the greatest slope of its function.
  var matrixOfVanillaForm: (matrix: BallMatrix, slope: Double)? {
    guard let form = formulation.vanillaForm, let slope = form.function.activation.greatestSlope,
      let tensor = problem.parameters[form.matrix.symbol.name]
    else { return nil }
    let size = sizes.hidden
    let (row, column) = (form.matrix.rows?.index ?? 0, form.matrix.columns?.index ?? 0)
    let elements = (0..<size).flatMap { i in
      (0..<size).map { j in tensor[row * size + i, column * size + j] }
    }
    return (BallMatrix(rows: size, columns: size, elements: BallVector(elements)), slope)
  }
}

/// A part of a matrix.
struct MatrixPart: Hashable {
  let symbol: Symbol
  let row: Int
  let column: Int

  init(_ symbol: Symbol, row: Int, column: Int) {
    self.symbol = symbol
    self.row = row
    self.column = column
  }
}

extension Formulation {
  /// The parts of matrices that are applied to the input itself.
  fileprivate var blocksOfInput: Set<MatrixPart> {
    var found: Set<MatrixPart> = []
    for equation in equations {
      equation.expression.forEach {
        guard case .product(let matrix, .signal(input, _)) = $0 else { return }
        found.insert(
          MatrixPart(
            matrix.symbol, row: matrix.rows?.index ?? 0, column: matrix.columns?.index ?? 0))
      }
    }
    return found
  }
}
