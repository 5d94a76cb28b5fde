import Equations

/// A formulation as a layer with packed weights may compute it: what leads to its states, every gate with a
/// matrix on the input and one on the state, and biases wherever the layer has them.
struct Skeleton: Sendable {
  /// An equation with a matrix on the input.
  struct Gate: Sendable {
    let signal: Symbol
    /// Whether the cell uses 1 − g beside g, so that g ↔ 1 − g is another way to write it.
    let isConvex: Bool
    /// How many biases the document has in it.
    let biases: Int
  }

  /// Which of a gate's two places have a bias: beside the matrix on the input, beside that on the state.
  struct Biases: Hashable, Sendable {
    var input: Bool
    var recurrent: Bool
  }

  /// The document's formulation.
  let formulation: Formulation
  let gates: [Gate]
  /// Whether it matters beside which matrix a bias is added, as where a reset gate multiplies one of them.
  let tellsBiasesApart: Bool
  private let equations: [Equation]

  /// The skeleton of a formulation; nil where its weights cannot be packed by gates.
  init?(_ formulation: Formulation) {
    // Several directions or layers have weights of their own each.
    guard formulation.phases.map(\.direction) == [.forward], !formulation.readsFirstInputAlone
    else { return nil }
    let needed = formulation.symbolsOfTheStates
    let equations = formulation.equations.filter { needed.contains($0.signal) }
    let complements = equations.flatMap { $0.expression.complements }
    let vectors = Set(
      formulation.parameters.filter { $0.shape.columns == nil }.map(\.symbol))
    var gates: [Gate] = []
    var tellsApart = false
    for equation in equations {
      let expression = equation.expression
      // A weight that multiplies a signal unit by unit belongs to no gate's matrices.
      guard !expression.hasFactor(among: vectors) else { return nil }
      let products = expression.operandsOfMatrices
      guard !products.isEmpty else { continue }
      guard products.count == 2, products.count(where: { $0.isSignal(formulation.input) }) == 1
      else { return nil }
      gates.append(
        Gate(
          signal: equation.signal, isConvex: complements.contains(equation.signal),
          biases: expression.addends(among: vectors)))
      tellsApart = tellsApart || !expression.addsItsProducts
    }
    guard !gates.isEmpty else { return nil }
    self.formulation = formulation
    self.equations = equations
    self.gates = gates
    tellsBiasesApart = tellsApart
  }

  /// The formulation with a matrix on the input and one on the state for each gate, and the given biases.
  ///
  /// - Parameter biases: by gate.
  /// - Throws: `EquationError`, which no skeleton gives.
  func formulation(biases: [Biases]) throws(EquationError) -> Formulation {
    let vectors = Set(
      formulation.parameters.filter { $0.shape.columns == nil }.map(\.symbol))
    var declaration = formulation.declaration
    declaration.outputs = formulation.states.map(\.name)
    let rewritten = equations.map { equation in
      guard let gate = gates.firstIndex(where: { $0.signal == equation.signal }) else {
        return equation
      }
      var changed = equation
      changed.expression = equation.expression.rewritten { part in
        switch part {
        case .product(_, let operand):
          let isInput = operand.isSignal(formulation.input)
          let names = ParameterNames(gate)
          let product = Expression.product(Matrix(isInput ? names.input : names.recurrent), operand)
          guard isInput ? biases[gate].input : biases[gate].recurrent else { return product }
          return .sum(product, .vector(isInput ? names.inputBias : names.recurrentBias))
        case .sum(let a, .vector(let bias)) where vectors.contains(bias): return a
        case .sum(.vector(let bias), let a) where vectors.contains(bias): return a
        case .difference(let a, .vector(let bias)) where vectors.contains(bias): return a
        default: return part
        }
      }
      return changed
    }
    return try Formulation(declaration, equations: rewritten)
  }
}

/// The symbols of a gate's parameters, which no document has.
struct ParameterNames {
  let input, recurrent, inputBias, recurrentBias: Symbol

  init(_ gate: Int) {
    input = Symbol("A", lower: "input\(gate)")
    recurrent = Symbol("A", lower: "recurrent\(gate)")
    inputBias = Symbol("a", lower: "input\(gate)")
    recurrentBias = Symbol("a", lower: "recurrent\(gate)")
  }
}

extension Formulation {
  /// The states and every signal that leads to one of them.
  fileprivate var symbolsOfTheStates: Set<Symbol> {
    var found = Set(states)
    var isComplete = false
    while !isComplete {
      let reads = equations.filter { found.contains($0.signal) }
        .flatMap { $0.expression.reads.map(\.symbol) }
      let more = found.union(reads.filter { $0 != input })
      isComplete = more == found
      found = more
    }
    return found
  }
}

extension Expression {
  fileprivate func isSignal(_ symbol: Symbol) -> Bool {
    if case .signal(symbol, _) = self { return true }
    return false
  }

  /// What each matrix is applied to.
  fileprivate var operandsOfMatrices: [Expression] {
    var found: [Expression] = []
    forEach { if case .product(_, let operand) = $0 { found.append(operand) } }
    return found
  }

  /// The signals s of which `1 - s` is a part.
  fileprivate var complements: [Symbol] {
    var found: [Symbol] = []
    forEach {
      if case .difference(.number(1), .signal(let symbol, _)) = $0 { found.append(symbol) }
    }
    return found
  }

  /// Whether one of the vectors multiplies something unit by unit.
  fileprivate func hasFactor(among vectors: Set<Symbol>) -> Bool {
    var found = false
    forEach { part in
      guard case .hadamard(let a, let b) = part else { return }
      for case .vector(let symbol) in [a, b] where vectors.contains(symbol) { found = true }
    }
    return found
  }

  /// How many of the vectors are added somewhere.
  fileprivate func addends(among vectors: Set<Symbol>) -> Int {
    var count = 0
    forEach { if case .vector(let symbol) = $0, vectors.contains(symbol) { count += 1 } }
    return count
  }

  /// Whether the products are addends of one sum.
  fileprivate var addsItsProducts: Bool {
    var found = false
    forEach { part in
      let products = part.joined.count {
        if case .product = $0 { true } else { false }
      }
      if products == 2 { found = true }
    }
    return found
  }

  /// What a sum or difference is joined from; the expression itself where it is neither.
  private var joined: [Expression] {
    switch self {
    case .sum(let a, let b), .difference(let a, let b): a.joined + b.joined
    default: [self]
    }
  }
}
