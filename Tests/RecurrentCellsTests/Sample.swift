import RecurrentCells
import Tensors

/// Sizes of a case, and what of it is its own.
struct Sizes: Sendable {
  var input = 3
  var hidden = 4
  var steps = 5
  var batch = 3
  var lengths: [Int]?
}

/// Everything that one run of a cell needs, drawn from a seed.
///
/// All numbers are multiples of 2⁻⁸ in (−1,1): exact in Float and in Double, and so are their sums with
/// the differences that the tests take.
struct Sample<Scalar: CellScalar>: Sendable {
  var parameters: [String: Tensor<Scalar>]
  var batch: SequenceBatch<Scalar>
  var upstream: Upstream<Scalar>

  init<Cell: StepwiseCell>(
    of cell: Cell.Type, _ sizes: Sizes, seed: UInt64 = 1
  ) where Cell.Scalar == Scalar {
    var generator = SplitMix64(state: seed)
    func tensor(_ shape: [Int]) -> Tensor<Scalar> {
      Tensor(shape: shape) { _ in
        Scalar(Int(generator.next() % 511) - 255) / 256
      }
    }
    func tensors(_ names: [String], _ shape: [Int]) -> [String: Tensor<Scalar>] {
      Dictionary(uniqueKeysWithValues: names.map { ($0, tensor(shape)) })
    }
    let state = [sizes.batch, sizes.hidden]
    parameters = [:]
    for (name, shape) in Cell.parameterShapes.sorted(by: { $0.key < $1.key }) {
      parameters[name] = tensor(
        shape.extents(inputSize: sizes.input, hiddenSize: sizes.hidden))
    }
    batch = SequenceBatch(
      x: tensor([sizes.steps, sizes.batch, sizes.input]), lengths: sizes.lengths,
      initial: tensors(Cell.states, state))
    upstream = Upstream(
      sequence: tensors(Cell.signals, [sizes.steps] + state), final: tensors(Cell.states, state))
  }

  /// The same with NaN wherever a ragged batch has padding.
  func withPoisonedPadding() -> Sample {
    var poisoned = self
    poisoned.batch.x.poison(after: batch.length)
    poisoned.upstream.sequence = upstream.sequence.mapValues {
      var tensor = $0
      tensor.poison(after: batch.length)
      return tensor
    }
    return poisoned
  }
}

extension Tensor {
  fileprivate mutating func poison(after length: (Int) -> Int) {
    for element in 0..<shape[1] {
      for step in length(element)..<shape[0] {
        for unit in 0..<shape[2] { self[step, element, unit] = .nan }
      }
    }
  }

  /// The vector of one step and batch element of a sequence.
  func vector(_ step: Int, _ element: Int) -> [Scalar] {
    (0..<shape[2]).map { self[step, element, $0] }
  }

  /// The rows of a matrix.
  func row(_ index: Int) -> [Scalar] { (0..<shape[1]).map { self[index, $0] } }

  /// The first steps of a sequence.
  func prefix(_ steps: Int) -> Tensor {
    Tensor(shape: [steps] + shape.dropFirst()) { self[$0] }
  }

  /// The steps of a sequence from one on.
  func suffix(from step: Int) -> Tensor {
    let start = step * shape.dropFirst().reduce(1, *)
    return Tensor(shape: [shape[0] - step] + shape.dropFirst()) { self[start + $0] }
  }
}

/// Sebastiano Vigna's generator of that name.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
