import RecurrentCells
import Tensors

/// Sizes of a case, and what of it is its own.
struct Sizes: Sendable {
  var input = 3
  var hidden = 4
  var output = 2
  var steps = 5
  var batch = 3
  var lengths: [Int]?
}

/// Everything that one run of a cell needs, drawn from a seed.
///
/// All numbers are multiples of 2⁻⁸ in (−1,1): exact in Float and in Double, and so are their sums with
/// the differences that the tests take. Leaks lie in ¼…¾.
struct Sample<Scalar: CellScalar>: Sendable {
  var parameters: [String: Tensor<Scalar>]
  var batch: SequenceBatch<Scalar>
  var upstream: Upstream<Scalar>
  /// The outputs of the last state alone.
  let lastOutputs: Set<String>
  /// The parameters without a gradient.
  let constants: Set<String>

  init<Cell: ComposableCell>(
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
    let cellSizes = CellSizes(
      inputSize: sizes.input, hiddenSize: sizes.hidden, outputSize: sizes.output)
    for (name, shape) in Cell.parameterExtents(of: cellSizes).sorted(by: { $0.key < $1.key }) {
      let numbers = tensor(shape)
      parameters[name] =
        name.hasPrefix("alpha")
        ? numbers.map { ($0.magnitude * 128).rounded() / 256 + 0.25 } : numbers
    }
    batch = SequenceBatch(
      x: tensor([sizes.steps, sizes.batch, sizes.input]), lengths: sizes.lengths,
      initial: tensors(Cell.states, state))
    upstream = Upstream(
      sequence: Dictionary(
        uniqueKeysWithValues: Cell.signals.map { signal in
          switch Cell.outputs[signal] {
          case nil: (signal, tensor([sizes.steps] + state))
          case .every: (signal, tensor([sizes.steps, sizes.batch, sizes.output]))
          case .last: (signal, tensor([1, sizes.batch, sizes.output]))
          }
        }),
      final: tensors(Cell.states, state))
    lastOutputs = Set(Cell.outputs.filter { $0.value == .last }.keys)
    constants = Cell.constants
  }

  /// The steps of a signal that are an element's own.
  func ownSteps(of signal: String, _ element: Int) -> Range<Int> {
    0..<(lastOutputs.contains(signal) ? 1 : batch.length(of: element))
  }

  /// Zeros for every gradient of a parameter.
  var zeroGradients: [String: Tensor<Scalar>] {
    parameters.filter { !constants.contains($0.key) }.mapValues { Tensor(zeros: $0.shape) }
  }

  /// The same with the first so many steps only.
  func prefix(_ steps: Int) -> Sample {
    var cut = self
    cut.batch.x = batch.x.prefix(steps)
    for (letter, tensor) in upstream.sequence where !lastOutputs.contains(letter) {
      cut.upstream.sequence[letter] = tensor.prefix(steps)
    }
    return cut
  }

  /// The same with the steps from one on.
  func suffix(from step: Int) -> Sample {
    var cut = self
    cut.batch.x = batch.x.suffix(from: step)
    for (letter, tensor) in upstream.sequence where !lastOutputs.contains(letter) {
      cut.upstream.sequence[letter] = tensor.suffix(from: step)
    }
    return cut
  }

  /// The same with NaN wherever a ragged batch has padding.
  func withPoisonedPadding() -> Sample {
    var poisoned = self
    poisoned.batch.x.poison(after: batch.length)
    for letter in upstream.sequence.keys where !lastOutputs.contains(letter) {
      poisoned.upstream.sequence[letter]?.poison(after: batch.length)
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
