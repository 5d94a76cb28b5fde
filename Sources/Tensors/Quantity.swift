/// One of the tensors that a case asks for.
public enum Quantity: Hashable, Sendable, Comparable {
  /// A signal at every step, [T,B,H].
  case sequence(String)
  /// A state after the last step, [B,H].
  case final(String)
  /// The gradient of a parameter.
  case parameter(String)
  /// The gradient of the inputs, [T,B,I].
  case inputs(String)
  /// The gradient of a state before the first step, [B,H].
  case initial(String)
  /// The gradient of a signal at every step, [T,B,H], as in `Gradients.signals`.
  case cotangent(String)

  /// Whether it is a gradient.
  public var isGradient: Bool {
    switch self {
    case .sequence, .final: false
    case .parameter, .inputs, .initial, .cotangent: true
    }
  }

  /// The letter of the signal, parameter or state.
  public var name: String {
    switch self {
    case .sequence(let name), .final(let name), .parameter(let name), .inputs(let name),
      .initial(let name), .cotangent(let name):
      name
    }
  }

  /// The place in fixtures and responses: `sequence/h`, `gradients/parameters/W_xi`.
  public var path: String {
    switch self {
    case .sequence(let name): "sequence/\(name)"
    case .final(let name): "final/\(name)"
    case .parameter(let name): "gradients/parameters/\(name)"
    case .inputs(let name): "gradients/inputs/\(name)"
    case .initial(let name): "gradients/initial/\(name)"
    case .cotangent(let name): "gradients/signals/\(name)"
    }
  }

  /// By path: those of one folder stand together, in the order of their names.
  public static func < (left: Quantity, right: Quantity) -> Bool {
    (left.folder, left.name) < (right.folder, right.name)
  }

  /// The place of the path's folder among all of them.
  private var folder: Int {
    switch self {
    case .final: 0
    case .initial: 1
    case .inputs: 2
    case .parameter: 3
    case .cotangent: 4
    case .sequence: 5
    }
  }
}

/// Answers to a case: a tensor for each quantity.
public typealias Answers<Scalar: BinaryFloatingPoint & Sendable> = [Quantity: Tensor<Scalar>]
