import Tensors

/// The gradients of every parameter, summed while a backward pass walks back through the steps.
public struct ParameterGradients<Scalar: CellScalar>: Sendable {
  /// ∂E/∂θ by the parameter's name, each of the parameter's shape.
  public private(set) var tensors: [String: Tensor<Scalar>]

  /// Zero gradients of every parameter that is no constant.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public init(zerosOf parameters: CellParameters<Scalar>, except constants: Set<String> = []) {
    tensors = parameters.tensors.filter { !constants.contains($0.key) }
      .mapValues { Tensor(zeros: $0.shape) }
  }

  /// Adds what one step W x gives: ∂E/∂W += Σ_b d_b x_bᵀ.
  ///
  /// - Parameters:
  ///   - d: the gradient with respect to W x, [B,N].
  ///   - x: what W was applied to, [B,M].
  ///   - weight: W, [N,M].
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func add(_ d: Batch<Scalar>, _ x: Batch<Scalar>, to weight: Weight<Scalar>) {
    d.addOuterProduct(
      with: x, to: &tensors[weight.name, default: Tensor(zeros: weight.matrix.shape)])
  }

  /// Adds what one step of a sum with b gives: ∂E/∂b += Σ_b d_b.
  ///
  /// - Parameters:
  ///   - d: the gradient with respect to the sum, [B,N].
  ///   - bias: b, [N].
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func add(_ d: Batch<Scalar>, to bias: Bias<Scalar>) {
    add(rowsOf: d, to: bias.name, bias.vector)
  }

  /// Adds what one step of a product with α gives: ∂E/∂α += Σ_b d_b.
  ///
  /// - Parameters:
  ///   - d: the gradient with respect to α as each batch element sees it, [B,N].
  ///   - scale: α, [N].
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func add(_ d: Batch<Scalar>, to scale: Scale<Scalar>) {
    add(rowsOf: d, to: scale.name, scale.vector)
  }

  private mutating func add(rowsOf d: Batch<Scalar>, to name: String, _ vector: Tensor<Scalar>) {
    precondition(vector.count == d.columns, "\(name) does not fit \(d.columns) units")
    tensors[name, default: Tensor(zeros: vector.shape)].withUnsafeMutableScalars { sum in
      d.scalars.withUnsafeBufferPointer { Scalar.add(rowsOf: $0, to: sum) }
    }
  }
}
