import Equations

/// What a formulation costs as it is printed: its parameters, and the operations of one step for one sequence.
///
/// ```
/// M v, M of r rows and c columns      r c multiplications, r (c − 1) additions: 2 r c − r
/// a + b, a − b, −a, a ⊙ b             one for each unit
/// f(a)                                one evaluation for each unit, counted apart
/// ```
/// An expression that is printed twice counts twice; equations of the last step alone do not count.
struct OperationCount {
  let parameters: SizePolynomial
  private(set) var products = SizePolynomial.zero
  private(set) var elementwise = SizePolynomial.zero
  private(set) var evaluations: [Activation: SizePolynomial] = [:]

  private let formulation: Formulation

  init(_ formulation: Formulation) {
    self.formulation = formulation
    parameters = SizePolynomial(parametersOf: formulation)
    for equation in formulation.equations where equation.time == .step(0) {
      _ = count(equation.expression)
    }
  }

  /// Counts the operations of an expression.
  ///
  /// - Returns: the length of the vector; nil for a number.
  private mutating func count(_ expression: Expression) -> Axis? {
    switch expression {
    case .number: return nil
    case .signal(let symbol, _): return formulation.axis(of: symbol)
    case .vector(let symbol): return shape(symbol)?.rows
    case .product(let matrix, let vector):
      let operand = count(vector)
      guard let shape = shape(matrix.symbol), let operand else { return nil }
      let columns = shape.columns ?? []
      let index = matrix.columns?.index ?? 0
      let result =
        matrix.isTransposed
        ? (columns.indices.contains(index) ? columns[index] : operand) : shape.rows
      let rows = SizePolynomial(result)
      products = products + 2 * (rows * SizePolynomial(operand)) + -1 * rows
      return result
    case .sum(let a, let b), .difference(let a, let b), .hadamard(let a, let b):
      let (left, right) = (count(a), count(b))
      return unitByUnit(left ?? right)
    case .negation(let a): return unitByUnit(count(a))
    case .apply(let function, let a):
      let axis = count(a)
      if let axis, function.activation != .identity {
        evaluations[function.activation, default: .zero] =
          evaluations[function.activation, default: .zero] + SizePolynomial(axis)
      }
      return axis
    case .inner(let a, let b):
      let (left, right) = (count(a), count(b))
      if let axis = left ?? right { products = products + 2 * SizePolynomial(axis) }
      return nil
    }
  }

  private mutating func unitByUnit(_ axis: Axis?) -> Axis? {
    if let axis { elementwise = elementwise + SizePolynomial(axis) }
    return axis
  }

  private func shape(_ symbol: Symbol) -> ParameterShape? {
    formulation.parameters.first { $0.symbol == symbol }?.shape
  }
}

extension SizePolynomial {
  /// How many numbers the parameters of a formulation hold.
  package init(parametersOf formulation: Formulation) {
    self = .zero
    for parameter in formulation.parameters {
      let rows = parameter.shape.rowBlocks * SizePolynomial(parameter.shape.rows)
      guard let columns = parameter.shape.columns else {
        self = self + rows
        continue
      }
      self = self + rows * columns.map { SizePolynomial($0) }.reduce(.zero, +)
    }
  }
}
