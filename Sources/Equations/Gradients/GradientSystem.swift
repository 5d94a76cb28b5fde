/// The gradients of a formulation by reverse mode over its tree, as equations that run against its own
/// direction in time.
///
/// Each signal has one gradient. Where its equation is an activation of something it is the gradient with
/// respect to the activation's argument, otherwise with respect to the signal itself:
///
/// ```
/// δo_t = h̄_t ⊙ φ(c_t) ⊙ o_t ⊙ (1 − o_t)            o_t = σ(…)
/// c̄_t  = ∂E/∂c_t + h̄_t ⊙ o_t ⊙ φ'(c_t) + c̄_{t+1} ⊙ f_{t+1}
/// ```
///
/// A read beyond the sequence contributes nothing.
public struct GradientSystem: Hashable, Sendable {
  /// The gradient of one signal.
  public struct Adjoint: Hashable, Sendable {
    /// The signal.
    public let signal: Symbol
    /// The symbol of its gradient: the signal marked δ (an activation's argument) or with a bar, or
    /// with a caron where the document's own letters have bars.
    public let symbol: Symbol
    /// Whether a loss may have a gradient on the signal: it is an output or a state.
    public let hasUpstream: Bool
    /// What the equations that read the signal add to its gradient.
    public package(set) var contributions: [Expression]
    /// What the equations of one step alone add to its gradient at the first step.
    public package(set) var firstContributions: [Expression]
    /// What they add to it at the last step.
    public package(set) var lastContributions: [Expression]
    /// Where the signal is defined: at every step, or at the first or the last one alone.
    public let time: TimeIndex
    /// The activation's derivative, where the gradient is one with respect to its argument.
    public package(set) var derivative: Expression?

    /// The symbol of the upstream gradient ∂E/∂s_t.
    public var upstream: Symbol { signal.marked(.partial) }

    /// The whole right-hand side.
    ///
    /// What the first or the last step alone adds is in it; its times say so.
    public var expression: Expression {
      let addends =
        (hasUpstream ? [.signal(upstream, time)] : []) + contributions + firstContributions
        + lastContributions
      let total = Expression.total(addends)
      return derivative.map { total.times($0) } ?? total
    }

    /// The gradient's equation.
    public var equation: Equation { Equation(symbol, at: time, expression) }

    /// Whether the signal is defined at the first or the last step alone.
    public var isAtOneStepAlone: Bool { time.isAtOneStep }
  }

  /// The gradient of one parameter: a sum over all steps of all sequences.
  public struct ParameterGradient: Hashable, Sendable {
    /// One addend at step t: `cotangent operand^T` for a matrix, `cotangent` for a vector.
    public struct Term: Hashable, Sendable {
      /// The gradient with respect to what the parameter contributes to.
      public let cotangent: Expression
      /// What a matrix is applied to; nil for a vector.
      public let operand: Expression?
      /// The part of the matrix.
      public let matrix: Matrix?

      /// Whether it is an addend of the first or the last step alone.
      public var isAtOneStepAlone: Bool { cotangent.reads.contains { $0.time.isAtOneStep } }
    }

    /// The parameter.
    public let symbol: Symbol
    /// The addends.
    public package(set) var terms: [Term]
  }

  /// The gradients of the signals in the order in which a step computes them.
  public package(set) var adjoints: [Adjoint]
  /// What adds up to the gradient of the input at step t.
  public package(set) var input: [Expression]
  /// The gradients of the parameters, in the formulation's order; constants have none.
  public package(set) var parameters: [ParameterGradient]
  /// What marks a signal's letter for the gradient with respect to it.
  let adjointMark: Symbol.Mark
  /// Whether the gradient of the input is zero after the first step, where the input is not read.
  let readsFirstInputAlone: Bool

  /// Each softmax around another doubles the length of what is inside.
  private static let deepestSoftmax = 4

  /// Derives the gradients.
  ///
  /// - Throws: `EquationError` where so many softmaxes stand in each other that the gradients would be
  ///   too long to write down.
  public init(of formulation: Formulation) throws(EquationError) {
    var sweep = ReverseSweep()
    var adjoints: [Adjoint] = []
    // A document's own h̄ is not the gradient with respect to its h.
    adjointMark = formulation.signals.contains { $0.marks.contains(.bar) } ? .check : .bar
    readsFirstInputAlone = formulation.readsFirstInputAlone
    for equation in formulation.orderedEquations.reversed() {
      let signal = equation.signal
      let time = equation.time
      var derivative: Expression?
      var argument = equation.expression
      var symbol = signal.marked(adjointMark)
      if case .apply(let function, let inner) = equation.expression,
        function.activation.isElementwise
      {
        derivative = function.activation.derivative(at: .signal(signal, time))
        argument = inner
        symbol = signal.marked(.delta)
      }
      guard argument.softmaxDepth <= Self.deepestSoftmax else {
        throw EquationError(
          code: .unsupported,
          message: "at most \(Self.deepestSoftmax) softmaxes inside each other are expected in the"
            + " equation of '\(signal.name)'", formulation: formulation.id)
      }
      if case .apply(let function, let inner) = argument, function.activation == .softmax {
        // The softmax's value is the signal's own.
        sweep.visit(
          inner, .softmaxGradient(.signal(symbol, time), value: .signal(signal, time)))
      } else {
        sweep.visit(argument, .signal(symbol, time))
      }
      adjoints.append(
        Adjoint(
          signal: signal, symbol: symbol,
          hasUpstream: formulation.outputs.contains(signal) || formulation.states.contains(signal),
          contributions: [], firstContributions: [], lastContributions: [], time: time,
          derivative: derivative))
    }
    self.adjoints = adjoints.map {
      Adjoint(
        signal: $0.signal, symbol: $0.symbol, hasUpstream: $0.hasUpstream,
        contributions: sweep.contributions[$0.signal] ?? [],
        firstContributions: sweep.firstContributions[$0.signal] ?? [],
        lastContributions: sweep.lastContributions[$0.signal] ?? [],
        time: $0.time, derivative: $0.derivative)
    }
    input = sweep.contributions[formulation.input] ?? []
    parameters = formulation.learned.map {
      ParameterGradient(symbol: $0.symbol, terms: sweep.parameters[$0.symbol] ?? [])
    }
  }

  /// The gradient of a signal.
  public func adjoint(of signal: Symbol) -> Adjoint? { adjoints.first { $0.signal == signal } }
}

extension Expression {
  /// How many softmaxes stand in each other.
  fileprivate var softmaxDepth: Int {
    let inside = operands.map(\.softmaxDepth).max() ?? 0
    if case .apply(let function, _) = self, function.activation == .softmax { return inside + 1 }
    return inside
  }
}

/// Collects what each equation adds to the gradients of what it reads.
private struct ReverseSweep {
  var contributions: [Symbol: [Expression]] = [:]
  var firstContributions: [Symbol: [Expression]] = [:]
  var lastContributions: [Symbol: [Expression]] = [:]
  var parameters: [Symbol: [GradientSystem.ParameterGradient.Term]] = [:]

  /// Adds the contributions of `expression` at step t when its own gradient is `cotangent`.
  mutating func visit(_ expression: Expression, _ cotangent: Expression) {
    switch expression {
    case .number: break
    case .signal(let symbol, .step(let offset)):
      contributions[symbol, default: []].append(cotangent.shifted(by: -offset))
    case .signal(let symbol, .first):
      firstContributions[symbol, default: []].append(cotangent)
    case .signal(let symbol, .last):
      lastContributions[symbol, default: []].append(cotangent)
    case .vector(let symbol):
      parameters[symbol, default: []].append(
        .init(cotangent: cotangent, operand: nil, matrix: nil))
    case .product(let matrix, let vector):
      parameters[matrix.symbol, default: []].append(
        .init(cotangent: cotangent, operand: vector, matrix: matrix))
      visit(vector, matrix.transpose.applied(to: cotangent))
    case .sum(let a, let b):
      visit(a, cotangent)
      visit(b, cotangent)
    case .difference(let a, let b):
      visit(a, cotangent)
      visit(b, cotangent.negated)
    case .negation(let a): visit(a, cotangent.negated)
    case .hadamard(let a, let b):
      visit(a, cotangent.times(b))
      visit(b, cotangent.times(a))
    case .apply(let function, let argument):
      if function.activation == .softmax {
        visit(argument, .softmaxGradient(cotangent, value: expression))
      } else if let derivative = function.activation.derivative(at: expression) {
        visit(argument, cotangent.times(derivative))
      } else {
        visit(argument, cotangent)
      }
    case .inner(let a, let b):
      visit(a, b.times(.inner(cotangent, .number(1))))
      visit(b, a.times(.inner(cotangent, .number(1))))
    }
  }
}
