/// The logistic function of every element: σ(a) = 1 / (1 + e^{−a}).
///
/// Computed from e^{−|a|}, which never overflows: 1/(1+e) on the right, e/(1+e) on the left, so that
/// σ(a) ≈ e^{a} keeps its relative accuracy down to the subnormals. By the vector loops of
/// CRecurrentKernels, whose error is below 4 ulp. σ(0) = ½, σ(−∞) = 0 and σ(+∞) = 1 exactly.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func sigmoid<Scalar>(_ a: consuming Batch<Scalar>) -> Batch<Scalar> {
  a.scalars.withUnsafeMutableBufferPointer { numbers in
    guard let first = numbers.baseAddress else { return }
    Scalar.kernels.logistic(numbers.count, first)
  }
  return a
}

/// The hyperbolic tangent of every element.
///
/// By the vector loops of CRecurrentKernels: odd, ±1 exactly from some number on, and an error below
/// 4 ulp.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func tanh<Scalar>(_ a: consuming Batch<Scalar>) -> Batch<Scalar> {
  a.scalars.withUnsafeMutableBufferPointer { numbers in
    guard let first = numbers.baseAddress else { return }
    Scalar.kernels.hyperbolicTangent(numbers.count, first)
  }
  return a
}

/// The positive part of every element: max(a, 0).
///
/// +0 at −0 and NaN at NaN.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func relu<Scalar>(_ a: consuming Batch<Scalar>) -> Batch<Scalar> {
  a.scalars.withUnsafeMutableBufferPointer { Scalar.applyRelu(to: $0) }
  return a
}

/// The slope of relu by its value: 1 where it is positive, 0 elsewhere.
///
/// relu'(0) = 0. NaN at NaN.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func reluSlope<Scalar>(_ relu: consuming Batch<Scalar>) -> Batch<Scalar> {
  relu.scalars.withUnsafeMutableBufferPointer { Scalar.applyReluSlope(to: $0) }
  return relu
}

/// The softmax of every vector: e^{a_k} / Σ_j e^{a_j}.
///
/// Computed from a_k − max a, which never overflows.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func softmax<Scalar>(_ a: consuming Batch<Scalar>) -> Batch<Scalar> {
  let columns = a.columns
  a.scalars.withUnsafeMutableBufferPointer { Scalar.applySoftmax(toRowsOf: $0, columns: columns) }
  return a
}

/// The way back through y = softmax(a): y ⊙ (dy − ⟨dy, y⟩) for every vector; both [B,N].
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
public func softmaxBack<Scalar>(
  _ dy: consuming Batch<Scalar>, _ y: Batch<Scalar>
) -> Batch<Scalar> {
  precondition(dy.rows == y.rows && dy.columns == y.columns, "a gradient of another shape")
  let columns = y.columns
  dy.scalars.withUnsafeMutableBufferPointer { dy in
    y.scalars.withUnsafeBufferPointer {
      Scalar.applySoftmaxSlope(of: $0, toRowsOf: dy, columns: columns)
    }
  }
  return dy
}
