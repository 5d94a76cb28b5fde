import Tensors

extension Tensor where Scalar: CellScalar {
  /// Sequences one below the other: [T,B,M+N] of [T,B,M] and [T,B,N].
  ///
  /// - Parameter sequences: one or more, all of the same T and B.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  init(stacking sequences: [Tensor]) {
    let leading = sequences.first?.shape.dropLast() ?? []
    let stacked = Batch(stacking: sequences.map(Batch.init(stepsOf:)))
    self = stacked.sequence(leading: Array(leading))
  }

  /// Some of the features of every step: [T,B,M] of [T,B,N].
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  func features(_ range: Range<Int>) -> Tensor {
    Batch(stepsOf: self).units(range).sequence(leading: Array(shape.dropLast()))
  }

  /// The sum, element by element, of two tensors of one shape.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  static func + (a: consuming Tensor, b: Tensor) -> Tensor {
    precondition(a.shape == b.shape, "\(a.shape) and \(b.shape) do not go together")
    a.withUnsafeMutableScalars { own in b.withUnsafeScalars { Scalar.add($0, to: own) } }
    return a
  }
}

extension Batch {
  /// The vectors of all steps of a sequence [T,B,N]: [TB,N].
  fileprivate init(stepsOf sequence: Tensor<Scalar>) {
    self.init(zeros: sequence.shape.dropLast().reduce(1, *), sequence.shape.last ?? 0)
    scalars = sequence.scalars
  }

  /// The same as a tensor of other leading axes of as many vectors.
  fileprivate func sequence(leading: [Int]) -> Tensor<Scalar> {
    var sequence = Tensor<Scalar>(zeros: leading + [columns])
    sequence.withUnsafeMutableScalars { _ = $0.update(fromContentsOf: scalars) }
    return sequence
  }
}
