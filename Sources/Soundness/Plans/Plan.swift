import Equations

/// A right-hand side as programs may compute it: sums and products of any number of operands, and
/// arrangements of one polynomial to choose from.
indirect enum Plan: Hashable, Sendable {
  case number(Int)
  /// A signal, the input or the gradient of a signal, by its place in `Program.definitions`.
  case signal(Int, TimeIndex)
  /// A vector parameter, by its place in the formulation's parameters.
  case parameter(Int)
  case matrix(MatrixPart, Plan)
  case sum([Term])
  case product([Plan])
  /// An activation; what it gave at a step is kept under its number.
  case apply(Activation, Plan, number: Int)
  /// The derivative of an activation whose value the plan is.
  case slope(Activation, of: Plan)
  case inner(Plan, Plan)
  /// The same polynomial, arranged differently.
  case oneOf([Plan])

  struct Term: Hashable, Sendable {
    var isNegative = false
    let plan: Plan
  }

  /// A part of a matrix parameter, by the parameter's place.
  struct MatrixPart: Hashable, Sendable {
    let parameter: Int
    let matrix: Matrix
  }
}

extension Plan {
  static func difference(_ a: Plan, _ b: Plan) -> Plan {
    .sum([Term(plan: a), Term(isNegative: true, plan: b)])
  }

  /// The terms of a sum; one for anything else.
  var terms: [Term] {
    if case .sum(let terms) = self { return terms }
    return [Term(plan: self)]
  }

  var negatedTerms: [Term] {
    terms.map { Term(isNegative: !$0.isNegative, plan: $0.plan) }
  }

  /// The factors of a product; one for anything else.
  var factors: [Plan] {
    if case .product(let factors) = self { return factors }
    return [self]
  }

  /// What `1 − z` is the complement of.
  var complemented: Plan? {
    guard case .sum(let terms) = self, terms.count == 2,
      terms[0] == Term(plan: .number(1)), terms[1].isNegative
    else { return nil }
    return terms[1].plan
  }

  var hasMatrix: Bool {
    switch self {
    case .matrix: true
    case .sum(let terms): terms.contains { $0.plan.hasMatrix }
    case .product(let factors): factors.contains(where: \.hasMatrix)
    case .oneOf(let plans): plans.contains(where: \.hasMatrix)
    case .number, .signal, .parameter, .apply, .slope, .inner: false
    }
  }
}
