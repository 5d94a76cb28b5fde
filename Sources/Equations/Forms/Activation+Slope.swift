extension Activation {
  /// The greatest |f′|: 1/4 of σ, 1 of tanh, relu and the identity; nil for a softmax.
  public var greatestSlope: Double? {
    switch self {
    case .logistic: 0.25
    case .tanh, .relu, .identity: 1
    case .unitStep: 0
    case .softmax: nil
    }
  }
}
