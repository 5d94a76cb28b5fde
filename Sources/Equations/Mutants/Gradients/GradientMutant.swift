/// The gradients of a formulation made wrong by one change of their equations.
public struct GradientMutant: Sendable {
  /// What kind of change makes gradients wrong.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A term of a gradient dropped, doubled or negated.
    case term
    /// All terms of a gradient but one overwritten.
    case overwritten
    /// Nothing comes back from the next step.
    case path
    /// An upstream gradient that is not taken up.
    case upstream
    /// An activation's derivative: missing, of another activation, or of another value.
    case derivative
    /// A value of another step in the place of the one that the forward pass used.
    case stale
    /// Another gate's gradient, or another matrix.
    case gate
    /// A matrix or a matrix's gradient transposed.
    case transpose
  }

  /// Which gradient's equation is wrong.
  public enum Place: Hashable, Sendable {
    /// That of a signal.
    case signal(Symbol)
    /// That of a parameter.
    case parameter(Symbol)
    /// That of the input.
    case input
  }

  /// The name, one of its own among the gradient mutants of a formulation: `term-c-2`.
  public let id: String
  /// The kind of change.
  public let kind: Kind
  /// What was changed, in words.
  public let change: String
  /// Which gradient's equation is wrong.
  public let place: Place
  /// The wrong gradients.
  public let gradients: GradientSystem
}

extension Formulation {
  /// Every version of the formulation's gradient equations that is wrong by one change.
  ///
  /// Some of them may say the same as the right ones in other words.
  ///
  /// - Throws: `EquationError` where the gradients cannot be derived.
  public func gradientMutants() throws(EquationError) -> [GradientMutant] {
    var collection = GradientMutants(of: self, gradients: try GradientSystem(of: self))
    collection.addSignalGradients()
    collection.addInputGradients()
    collection.addParameterGradients()
    return collection.mutants
  }
}

/// Collects wrong gradients, each once.
struct GradientMutants {
  let formulation: Formulation
  let original: GradientSystem
  private(set) var mutants: [GradientMutant] = []
  private var known: Set<GradientSystem>
  private var counts: [String: Int] = [:]

  init(of formulation: Formulation, gradients: GradientSystem) {
    self.formulation = formulation
    original = gradients
    known = [gradients]
  }

  /// Adds what a change makes of the gradients, if it is new.
  mutating func add(
    _ kind: GradientMutant.Kind, _ words: String, at place: GradientMutant.Place,
    _ change: (inout GradientSystem) -> Void
  ) {
    var system = original
    change(&system)
    guard known.insert(system).inserted else { return }
    let name =
      switch place {
      case .signal(let symbol), .parameter(let symbol): symbol.name
      case .input: formulation.input.name
      }
    let key = "\(kind.rawValue)-\(name)"
    counts[key, default: 0] += 1
    mutants.append(
      GradientMutant(
        id: "\(key)-\(counts[key] ?? 0)", kind: kind, change: "∂E/∂\(name): \(words)",
        place: place, gradients: system))
  }
}
