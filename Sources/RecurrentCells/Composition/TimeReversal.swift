import Tensors

/// The steps of every sequence of a batch from its own last one to its first.
///
/// Step r of a sequence of n steps becomes step n − 1 − r; what lies in the padding becomes 0. Done twice
/// it changes nothing but the padding.
struct TimeReversal {
  /// The number of steps of each batch element.
  let lengths: [Int]

  /// The reversal of a batch whose lengths were checked.
  init<Scalar>(of batch: SequenceBatch<Scalar>) {
    lengths = batch.lengths ?? Array(repeating: batch.steps, count: batch.batch)
  }

  /// A sequence [T,B,N] in reverse.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  func callAsFunction<Scalar>(_ sequence: Tensor<Scalar>) -> Tensor<Scalar> {
    precondition(sequence.shape.count == 3 && sequence.shape[1] == lengths.count)
    let width = sequence.shape[2]
    var reversed = Tensor<Scalar>(zeros: sequence.shape)
    reversed.withUnsafeMutableScalars { target in
      sequence.withUnsafeScalars { source in
        for step in 0..<(lengths.max() ?? 0) {
          for (element, length) in lengths.enumerated() where step < length {
            let from = (step * lengths.count + element) * width
            let to = ((length - 1 - step) * lengths.count + element) * width
            for unit in 0..<width { target[to + unit] = source[from + unit] }
          }
        }
      }
    }
    return reversed
  }
}
