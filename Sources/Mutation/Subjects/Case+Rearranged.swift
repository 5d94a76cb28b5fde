import Tensors

extension Tensor<Double> {
  /// Zeros of the same shape.
  var zeroed: Tensor { Tensor(zeros: shape) }

  /// The sum of two tensors of one shape.
  func adding(_ other: Tensor) -> Tensor { Tensor(shape: shape) { self[$0] + other[$0] } }

  /// The elements in another order: each from the position along an axis that `source` gives for its own.
  ///
  /// - Parameter source: of the index along the axis, and of the whole position.
  func rearranged(along axis: Int, _ source: (_ index: Int, _ position: Int) -> Int) -> Tensor {
    guard shape.indices.contains(axis) else { return self }
    let extent = shape[axis]
    let stride = shape[(axis + 1)...].reduce(1, *)
    return Tensor(shape: shape) { position in
      let index = position / stride % extent
      return self[position + (source(index, position) - index) * stride]
    }
  }

  /// The batch element of a position in a tensor whose axis `axis` is the batch.
  func element(of position: Int, axis: Int) -> Int {
    position / shape[(axis + 1)...].reduce(1, *) % shape[axis]
  }

  /// The part of one index of an axis, which stays with the extent 1.
  func slice(along axis: Int, _ index: Int) -> Tensor {
    var extents = shape
    extents[axis] = 1
    let stride = shape[(axis + 1)...].reduce(1, *)
    return Tensor(shape: extents) { position in
      let (outer, inner) = position.quotientAndRemainder(dividingBy: max(stride, 1))
      return self[(outer * shape[axis] + index) * stride + inner]
    }
  }

  /// Tensors one after the other along the first axis.
  static func joined(_ parts: [Tensor], shape: [Int]) -> Tensor {
    let scalars = parts.flatMap(\.scalars)
    return Tensor(shape: shape) { $0 < scalars.count ? scalars[$0] : 0 }
  }

  /// A matrix or stack of rows read in the other order of its two leading axes: as if it lay in memory
  /// `[b, a, …]` where it lies `[a, b, …]`.
  var misread: Tensor {
    guard shape.count > 1 else { return self }
    let (a, b) = (shape[0], shape[1])
    let width = shape[2...].reduce(1, *)
    return Tensor(shape: shape) { position in
      let (pair, unit) = position.quotientAndRemainder(dividingBy: width)
      let (i, j) = pair.quotientAndRemainder(dividingBy: b)
      return self[(j * a + i) * width + unit]
    }
  }

  /// The inverse of `misread`.
  var miswritten: Tensor {
    guard shape.count > 1 else { return self }
    let (a, b) = (shape[0], shape[1])
    let width = shape[2...].reduce(1, *)
    return Tensor(shape: shape) { position in
      let (pair, unit) = position.quotientAndRemainder(dividingBy: width)
      let (j, i) = pair.quotientAndRemainder(dividingBy: a)
      return self[(i * b + j) * width + unit]
    }
  }
}

extension Case<Double> {
  /// The last step of a sequence; nil where it has none.
  func lastStep(of element: Int) -> Int? {
    let length = batch.length(of: element)
    return length > 0 ? length - 1 : nil
  }

  /// The case with every upstream gradient changed.
  mutating func changeUpstream(_ change: (Double) -> Double) {
    upstream.sequence = upstream.sequence.mapValues { $0.map(change) }
    upstream.final = upstream.final.mapValues { $0.map(change) }
  }

  /// One sequence of the batch by itself.
  func element(_ index: Int) -> Case {
    Case(
      parameters: parameters,
      batch: SequenceBatch(
        x: batch.x.slice(along: 1, index), lengths: batch.lengths.map { [$0[index]] },
        initial: batch.initial.mapValues { $0.slice(along: 0, index) }),
      upstream: Upstream(
        sequence: upstream.sequence.mapValues { $0.slice(along: 1, index) },
        final: upstream.final.mapValues { $0.slice(along: 0, index) }))
  }
}
