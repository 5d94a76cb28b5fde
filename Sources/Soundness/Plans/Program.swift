import Equations
import Oracle

/// A formulation and its gradients as plans, read from the expressions and not from the oracle's graphs.
struct Program: Sendable {
  enum Definition: Sendable {
    case input
    case signal(Plan, TimeIndex, isState: Bool)
    case adjoint(Adjoint)
  }

  /// The gradient of a signal.
  struct Adjoint: Sendable {
    let signal: Symbol
    let isAtOneStepAlone: Bool
    let hasUpstream: Bool
    let contributions: Plan
    let firstContributions: Plan
    let lastContributions: Plan
    let derivative: Plan?
  }

  /// An addend of a parameter's gradient.
  struct GradientTerm: Sendable {
    let cotangent: Plan
    let operand: Plan?
    let matrix: Matrix?
    let isAtOneStepAlone: Bool
  }

  let formulation: Formulation
  let definitions: [Definition]
  let symbols: [Symbol]
  /// What adds up to the gradient of the input.
  let input: Plan
  /// What adds up to the gradient of each parameter that is learned.
  let parameters: [[GradientTerm]]

  init(_ reference: Reference) {
    let formulation = reference.formulation
    let gradients = reference.gradients
    var planner = Planner(formulation, gradients)
    self.formulation = formulation
    symbols = planner.symbols
    var definitions: [Definition] = [.input]
    for equation in formulation.orderedEquations {
      definitions.append(
        .signal(
          planner.plan(equation.expression), equation.time,
          isState: formulation.states.contains(equation.signal)))
    }
    for adjoint in gradients.adjoints {
      definitions.append(
        .adjoint(
          Adjoint(
            signal: adjoint.signal, isAtOneStepAlone: adjoint.isAtOneStepAlone,
            hasUpstream: adjoint.hasUpstream,
            contributions: planner.sum(adjoint.contributions),
            firstContributions: planner.sum(adjoint.firstContributions),
            lastContributions: planner.sum(adjoint.lastContributions),
            derivative: adjoint.derivative.map { planner.factor($0) })))
    }
    self.definitions = definitions
    input = planner.sum(gradients.input)
    parameters = gradients.parameters.map { parameter in
      parameter.terms.map { term in
        GradientTerm(
          cotangent: planner.plan(term.cotangent), operand: term.operand.map { planner.plan($0) },
          matrix: term.matrix, isAtOneStepAlone: term.isAtOneStepAlone)
      }
    }
  }

  /// The gradients of the signals with their numbers, in the order in which a step computes them.
  var adjoints: [(id: Int, adjoint: Adjoint)] {
    definitions.enumerated().compactMap { id, definition in
      if case .adjoint(let adjoint) = definition { (id, adjoint) } else { nil }
    }
  }

  /// The number of the activation that a plan is the value of, and how many steps away it was computed.
  func application(of plan: Plan) -> (number: Int, time: TimeIndex)? {
    switch plan {
    case .apply(_, _, let number): return (number, .step(0))
    case .signal(let id, let time):
      guard case .signal(.apply(_, _, let number), _, _) = definitions[id] else { return nil }
      return (number, time)
    default: return nil
    }
  }
}

/// Turns expressions into plans.
struct Planner {
  let symbols: [Symbol]
  private let parameters: [Symbol: Int]
  private let numbers: [Symbol: Int]
  private let activations: [Symbol: Activation]
  private var applications: [Expression: Int] = [:]

  init(_ formulation: Formulation, _ gradients: GradientSystem) {
    symbols =
      [formulation.input] + formulation.orderedEquations.map(\.signal)
      + gradients.adjoints.map(\.symbol)
    numbers = Dictionary(
      symbols.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    parameters = Dictionary(
      formulation.parameters.enumerated().map { ($1.symbol, $0) },
      uniquingKeysWith: { first, _ in first })
    var activations: [Symbol: Activation] = [:]
    for equation in formulation.equations {
      if case .apply(let function, _) = equation.expression {
        activations[equation.signal] = function.activation
      }
    }
    self.activations = activations
  }

  /// The plan of an expression with every arrangement to choose from.
  mutating func plan(_ expression: Expression) -> Plan {
    written(expression).arranged { activation(of: $0) }
  }

  /// The plan of a factor of something else.
  mutating func factor(_ expression: Expression) -> Plan {
    Plan.product(written(expression).factors).arranged { activation(of: $0) }
  }

  /// The plan of a sum; no terms at all are zero.
  mutating func sum(_ expressions: [Expression]) -> Plan {
    let terms = expressions.flatMap { written($0).terms }
    return Plan.sum(terms).arranged { activation(of: $0) }
  }

  /// The plan of an expression as it is written, sums and products flattened.
  private mutating func written(_ expression: Expression) -> Plan {
    switch expression {
    case .number(let value): return .number(value)
    case .signal(let symbol, let time): return .signal(numbers[symbol] ?? 0, time)
    case .vector(let symbol): return .parameter(parameters[symbol] ?? 0)
    case .product(let matrix, let operand):
      return .matrix(
        .init(parameter: parameters[matrix.symbol] ?? 0, matrix: matrix), plan(operand))
    case .sum(let a, let b): return .sum(written(a).terms + written(b).terms)
    case .difference(let a, let b): return .sum(written(a).terms + written(b).negatedTerms)
    case .negation(let a): return .sum(written(a).negatedTerms)
    case .hadamard(let a, let b): return .product(written(a).factors + written(b).factors)
    case .apply(let function, let argument):
      if function.activation == .identity { return written(argument) }
      let number = applications[expression] ?? applications.count
      applications[expression] = number
      return .apply(function.activation, plan(argument), number: number)
    case .inner(let a, let b): return .inner(plan(a), plan(b))
    }
  }

  /// Which activation a plan is the value of.
  private func activation(of plan: Plan) -> Activation? {
    switch plan {
    case .apply(let activation, _, _): activation
    case .signal(let number, _): activations[symbols[number]]
    default: nil
    }
  }
}
