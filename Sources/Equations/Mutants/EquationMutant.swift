/// A formulation made wrong by one change.
///
/// The names and shapes of its parameters, signals and states are those of the original, so that it answers
/// the original's cases.
public struct EquationMutant: Sendable {
  /// What kind of change makes a formulation wrong.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Gates in another order, in a matrix, a bias or everywhere; or one parameter in the place of another.
    case gates
    /// A term or a factor dropped, doubled, negated or joined by another sign.
    case term
    /// A bias dropped, doubled, negated, shared or added in the wrong place.
    case bias
    /// A peephole, `w ⊙ c` inside a gate, dropped, doubled, negated, shared or added in the wrong place.
    case peephole
    /// Another activation, or none.
    case activation
    /// A signal read at another step.
    case time
    /// z and 1 − z exchanged.
    case polarity
    /// ⊙ on the other side of a matrix product.
    case placement
    /// A square matrix transposed.
    case transpose
  }

  /// The name, one of its own among the mutants of a formulation: `bias-f-1`.
  public let id: String
  /// The kind of change.
  public let kind: Kind
  /// What was changed, in words.
  public let change: String
  /// The signals whose equations are wrong, in the order in which a step computes them.
  public let signals: [Symbol]
  /// The wrong formulation.
  public let formulation: Formulation
  /// Its gradients.
  ///
  /// They are those of the wrong equations: a mutant is wrong in one place.
  public let gradients: GradientSystem
}

extension Formulation {
  /// Every version of the formulation that is wrong by one change.
  ///
  /// Changes that do not fit the shapes, need a signal before it is computed, or give the original's or
  /// another mutant's equations are left out. Some of the rest may say the same as the original in
  /// other words.
  public func mutants() -> [EquationMutant] {
    var collection = EquationMutants(of: self)
    collection.addGateOrders()
    collection.addSharedParameters()
    for (index, equation) in equations.enumerated() {
      for change in equation.changes(in: self) { collection.add(change, toEquation: index) }
    }
    return collection.mutants
  }
}

/// One change of a right-hand side.
struct EquationChange {
  let kind: EquationMutant.Kind
  let words: String
  let expression: Expression
}

extension Equation {
  /// Every wrong right-hand side that needs no other equation.
  fileprivate func changes(in formulation: Formulation) -> [EquationChange] {
    expression.termChanges + expression.factorChanges + expression.misplacedTerms
      + expression.activationChanges + timeChanges(in: formulation)
      + expression.polarityChanges(in: formulation) + expression.placementChanges
      + expression.transpositions(in: formulation)
  }
}

/// Collects mutants, each once.
struct EquationMutants {
  let original: Formulation
  private(set) var mutants: [EquationMutant] = []
  private var known: Set<[Equation]>
  private var counts: [String: Int] = [:]

  init(of original: Formulation) {
    self.original = original
    known = [original.equations]
  }

  mutating func add(_ change: EquationChange, toEquation index: Int) {
    add(change.kind, change.words, replacing: [index: change.expression])
  }

  /// Adds the formulation with some right-hand sides replaced, if it is one and new.
  mutating func add(
    _ kind: EquationMutant.Kind, _ words: String, replacing expressions: [Int: Expression]
  ) {
    guard let changed = original.replacing(expressions),
      known.insert(changed.equations).inserted,
      let gradients = try? GradientSystem(ofMutant: changed)
    else { return }
    let signals = original.order.filter { expressions[$0] != nil }
      .map { original.equations[$0].signal }
    let place = "\(kind.rawValue)-\(signals.map(\.name).joined(separator: "+"))"
    counts[place, default: 0] += 1
    let where_ = signals.map { Expression.signal($0, .step(0)).text }.joined(separator: ", ")
    mutants.append(
      EquationMutant(
        id: "\(place)-\(counts[place] ?? 0)", kind: kind, change: "\(where_): \(words)",
        signals: signals, formulation: changed, gradients: gradients))
  }
}
