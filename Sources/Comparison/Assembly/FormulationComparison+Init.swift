import Equations

extension FormulationComparison {
  /// Compares two formulations.
  ///
  /// An equality is only claimed where exact numbers bear it out: seeded cases whose parameters obey the
  /// relation are answered by the oracle without rounding, and every signal, final state and gradient agrees
  /// bit for bit once rounded (a gate and one minus it sum to 1 within 2^−52).
  public init(_ a: Formulation, _ b: Formulation, options: ComparisonOptions = ComparisonOptions())
  {
    let tied = a.tiesInputToHidden || b.tiesInputToHidden
    self.init(a, b, Findings(a, b, tied: tied), tied: tied, options: options)
  }

  private init(
    _ a: Formulation, _ b: Formulation, _ findings: Findings, tied: Bool,
    options: ComparisonOptions
  ) {
    let view = FindingsView(a, b, findings, tied: tied)
    self.a = Side(a)
    self.b = Side(b)
    signals = view.signals
    parameters = view.parameters
    equations = view.equations
    switch findings.outcome {
    case .agrees(let numbers, let cases):
      verdict = view.hasConditions ? .conditional : .equal
      relation = Relation(
        kinds: view.kinds, parameters: findings.parameters.relations.map(\.text),
        verification: Verification(numbers: numbers, cases: cases, unavailable: nil))
    case .unavailable(let reason):
      verdict = .unverified
      relation = Relation(
        kinds: view.kinds, parameters: findings.parameters.relations.map(\.text),
        verification: Verification(numbers: 0, cases: 0, unavailable: reason))
    case .departs, nil:
      verdict = .different
      relation = nil
    }
    statements = []
    counts = Counts(
      sizes: ["I": options.sizes.input, "H": options.sizes.hidden, "O": options.sizes.output],
      a: Cost(OperationCount(a), options.sizes), b: Cost(OperationCount(b), options.sizes))
    behaviour = Behaviour(
      SharedNumbers(
        a: a, b: b, map: findings.map, complemented: findings.complemented,
        parameters: findings.parameters),
      tied: tied, options: options)
    statements = view.statements(of: self)
  }
}

extension FormulationComparison.Side {
  fileprivate init(_ formulation: Formulation) {
    let declaration = formulation.declaration
    self.init(
      id: declaration.id, title: declaration.title, document: declaration.document,
      reading: declaration.reading)
  }
}

extension FormulationComparison.Cost {
  fileprivate init(_ count: OperationCount, _ sizes: Sizes) {
    func number(_ polynomial: SizePolynomial) -> FormulationComparison.Count {
      .init(symbolic: polynomial.text, number: polynomial.value(sizes))
    }
    self.init(
      parameters: number(count.parameters), products: number(count.products),
      elementwise: number(count.elementwise),
      operations: number(count.products + count.elementwise),
      activations: Dictionary(
        count.evaluations.map { ($0.key.word, number($0.value)) },
        uniquingKeysWith: { first, _ in first }))
  }
}
