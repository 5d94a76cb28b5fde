import RecurrentCells
import Tensors
import Testing

/// A cell under test beside its equations written out once more, in loops.
struct Subject: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let double: any ComposableCell<Double>.Type
  let float: any ComposableCell<Float>.Type
  let equations: any SequenceEquations
  /// A state of which the equation is no activation and that nothing within a step uses.
  var output: String?
  /// The state that a forget gate carries over by itself, with that gate, where there is one.
  var carried: (state: String, gate: String)?
  /// The signals of which the activation's argument has a bias, with the bias.
  var biases: [String: String] = [:]
  /// The only matrix on x, and the signal whose gradient it passes on, where there is but one.
  var input: (matrix: String, signal: String)?
  /// The outputs of which the gradient is the upstream gradient.
  var plainOutputs: [String] = []
  /// Whether a step whose activations all have the argument 0 has exact values and gradients.
  var exactAtRest = true
  /// The h of finite differences: small where a relu has a kink.
  var differenceStep = 0x1p-7
  /// A mistake in the parameters that changes what the cell computes.
  let mistake: Mistake

  /// The Double cell where it is written step by step.
  func stepwise() throws -> any StepwiseCell<Double>.Type {
    let cell = double as? any StepwiseCell<Double>.Type
    return try #require(cell)
  }

  /// The Float cell where it is written step by step.
  func narrowStepwise() throws -> any StepwiseCell<Float>.Type {
    let cell = float as? any StepwiseCell<Float>.Type
    return try #require(cell)
  }

  /// The cells that are written step by step.
  static let plain = lstmsAndGRUs + lstmsWithOutput + vanillaRNNs + multiscaleRNNs
  /// Those and some that are composed of them.
  static let all = plain + composed
}

/// A mistake that someone may make with the parameters of a cell.
enum Mistake: Sendable {
  /// Two parameters of one shape, exchanged.
  case swap(String, String)
  /// A square matrix, transposed.
  case transpose(String)
  /// The first two gates of a stacked matrix, exchanged.
  case swapGates(of: String, gates: Int)

  /// The same mistake with other names.
  func renamed(_ name: (String) -> String) -> Mistake {
    switch self {
    case .swap(let one, let other): .swap(name(one), name(other))
    case .transpose(let matrix): .transpose(name(matrix))
    case .swapGates(let matrix, let gates): .swapGates(of: name(matrix), gates: gates)
    }
  }

  /// One of the parameters.
  var parameter: String {
    switch self {
    case .swap(let name, _), .transpose(let name), .swapGates(let name, _): name
    }
  }

  /// The parameters with this mistake.
  func made<Scalar: CellScalar>(
    in parameters: [String: Tensor<Scalar>]
  ) -> [String: Tensor<Scalar>] {
    var wrong = parameters
    switch self {
    case .swap(let one, let other):
      (wrong[one], wrong[other]) = (parameters[other], parameters[one])
    case .transpose(let name):
      wrong[name] = parameters[name].map { matrix in
        let size = matrix.shape[0]
        return Tensor(shape: matrix.shape) { matrix[$0 % size, $0 / size] }
      }
    case .swapGates(let name, let gates):
      wrong[name] = parameters[name].map { matrix in
        let block = matrix.count / gates
        return Tensor(shape: matrix.shape) {
          matrix[$0 < block ? $0 + block : $0 < 2 * block ? $0 - block : $0]
        }
      }
    }
    return wrong
  }
}
