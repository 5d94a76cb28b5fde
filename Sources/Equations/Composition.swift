/// A way to put several copies of a formulation together.
///
/// Every symbol of a copy gets the copy's layer and direction, so that all of its signals and parameters
/// stay (`h_forward`, `W_xi_2_backward`).
///
/// A copy that runs backward reads t+d where the original reads t−d, and the first step where it reads the
/// last: what the original computes last, from the last step alone, it computes from the first.
///
/// A layer reads the hidden output of the layer below in place of the input: the first output of H units,
/// or else the first state that an output is computed from; of a bidirectional layer that of both
/// directions, stacked, forward first. The outputs of the top layer are those of the whole.
public enum Composition: Hashable, Sendable {
  /// One layer of two copies, one in each direction, which read the same input.
  case bidirectional
  /// Layers, from 1 on.
  case deep(layers: Int)
  /// Layers, each of them bidirectional.
  case deepBidirectional(layers: Int)

  /// What follows the identifier of a composed formulation: `+deep-2`.
  public var suffix: String {
    switch self {
    case .bidirectional: "+bidirectional"
    case .deep(let layers): "+deep-\(layers)"
    case .deepBidirectional(let layers): "+deep-bidirectional-\(layers)"
    }
  }

  /// The composition of a suffix; nil of any other text.
  public init?(suffix: String) {
    func layers(after prefix: String) -> Int? {
      suffix.hasPrefix(prefix) ? Int(suffix.dropFirst(prefix.count)) : nil
    }
    if suffix == "+bidirectional" {
      self = .bidirectional
    } else if let layers = layers(after: "+deep-bidirectional-") {
      self = .deepBidirectional(layers: layers)
    } else if let layers = layers(after: "+deep-") {
      self = .deep(layers: layers)
    } else {
      return nil
    }
    guard self.suffix == suffix else { return nil }
  }

  var title: String {
    switch self {
    case .bidirectional: "bidirectional"
    case .deep(let layers): "\(layers) layers"
    case .deepBidirectional(let layers): "\(layers) bidirectional layers"
    }
  }

  /// How many layers there are.
  var layerCount: Int {
    switch self {
    case .bidirectional: 1
    case .deep(let layers), .deepBidirectional(let layers): layers
    }
  }

  /// The labels of the layers from the lowest on; nil where there is only one, without a label.
  var layers: [Int?] { self == .bidirectional ? [nil] : Array(1...max(layerCount, 1)) }

  /// The directions of a layer; nil for one without a direction of its own.
  var directions: [Direction?] {
    switch self {
    case .bidirectional, .deepBidirectional: [.forward, .backward]
    case .deep: [nil]
    }
  }
}

extension Formulation {
  /// Copies of this formulation put together.
  ///
  /// - Throws: `EquationError` where the formulation does not fit the composition: it has layers or
  ///   directions of its own already, nothing to pass on to a next layer, or uses its input otherwise
  ///   than by a matrix where two states take its place; and where there are no layers or too many.
  public func composed(_ composition: Composition) throws(EquationError) -> Formulation {
    do throws(EquationError) {
      let composer = Composer(self, composition)
      try composer.check()
      let equations = try composer.equations()
      return try Formulation(
        composer.declaration(of: equations), equations: equations)
    } catch {
      var named = error
      named.formulation = id + composition.suffix
      throw named
    }
  }
}
