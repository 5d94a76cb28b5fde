import Tensors

extension Tensor where Scalar: CellScalar {
  /// Sequences one below the other: [T,B,M+N] of [T,B,M] and [T,B,N].
  ///
  /// - Parameter sequences: one or more, all of the same T and B.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  init(stacking sequences: [Tensor]) {
    let leading = Array(sequences.first?.shape.dropLast() ?? [])
    precondition(sequences.allSatisfy { $0.shape.dropLast() == leading[...] })
    self.init(zeros: leading + [sequences.reduce(0) { $0 + $1.features }])
    var start = 0
    for sequence in sequences {
      copy(sequence, from: 0, to: start, count: sequence.features)
      start += sequence.features
    }
  }

  /// Some of the features of every step: [T,B,M] of [T,B,N].
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  func features(_ range: Range<Int>) -> Tensor {
    precondition(range.lowerBound >= 0 && range.upperBound <= features)
    var part = Tensor(zeros: shape.dropLast() + [range.count])
    part.copy(self, from: range.lowerBound, to: 0, count: range.count)
    return part
  }

  /// N, the number of features of every step.
  private var features: Int { shape.last ?? 0 }

  /// Copies some features of sequences of the same T and B, all of them within both.
  private mutating func copy(_ other: Tensor, from: Int, to: Int, count: Int) {
    let (own, width) = (features, other.features)
    withUnsafeMutableScalars { target in
      other.withUnsafeScalars { source in
        for (row, start) in stride(from: 0, to: source.count, by: max(width, 1)).enumerated() {
          for unit in 0..<count { target[row * own + to + unit] = source[start + from + unit] }
        }
      }
    }
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
