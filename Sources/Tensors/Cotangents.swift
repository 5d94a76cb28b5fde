/// The upstream gradients of a loss with respect to a cell's outputs.
public struct Upstream<Scalar: BinaryFloatingPoint & Sendable>: Hashable, Sendable {
  /// ∂E/∂s_t by output signal, each [T,B,H].
  ///
  /// A signal that is not here has none. Values in the padding of a ragged batch are ignored.
  public var sequence: [String: Tensor<Scalar>]
  /// ∂E/∂s by state after each sequence's own last step, each [B,H]; added to `sequence`.
  public var final: [String: Tensor<Scalar>]

  /// Upstream gradients.
  @inlinable
  public init(sequence: [String: Tensor<Scalar>], final: [String: Tensor<Scalar>]) {
    self.sequence = sequence
    self.final = final
  }
}

/// The gradients of a loss with respect to everything a cell was given.
public struct Gradients<Scalar: BinaryFloatingPoint & Sendable>: Hashable, Sendable {
  /// ∂E/∂θ by the parameter's name, each of the parameter's shape.
  public var parameters: [String: Tensor<Scalar>]
  /// ∂E/∂x [T,B,I]; zero in the padding.
  public var x: Tensor<Scalar>
  /// ∂E/∂s_0 by state, each [B,H].
  public var initial: [String: Tensor<Scalar>]
  /// The backward pass from inside, by signal, each [T,B,H].
  ///
  /// The gradient with respect to the argument of the activation where the signal's equation is an
  /// activation of something (the gates, the candidate), and with respect to the signal itself where it
  /// is not (c, h). It includes the
  /// signal's own upstream gradient. Zero in the padding. Empty where a subject does not offer it.
  public var signals: [String: Tensor<Scalar>]

  /// Gradients.
  public init(
    parameters: [String: Tensor<Scalar>], x: Tensor<Scalar>,
    initial: [String: Tensor<Scalar>], signals: [String: Tensor<Scalar>] = [:]
  ) {
    self.parameters = parameters
    self.x = x
    self.initial = initial
    self.signals = signals
  }
}

extension Upstream {
  /// Every gradient multiplied by a factor.
  public func scaled(by factor: Scalar) -> Upstream {
    Upstream(
      sequence: sequence.mapValues { $0.map { $0 * factor } },
      final: final.mapValues { $0.map { $0 * factor } })
  }
}
