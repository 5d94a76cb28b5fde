import BallArithmetic
import Equations
import Tensors

/// A formulation as a map from the states before a step to those after it, with exact Jacobians.
///
/// The derivatives are taken forward, equation by equation as they are written; the gradients of
/// `Reference` are taken backward from equations of their own. The two share no rule.
public struct StateDynamics: Sendable {
  /// The formulation.
  public let formulation: Formulation

  /// The dynamics of a formulation.
  ///
  /// - Throws: `OracleError` where an equation reads a later step, so that no step follows from those
  ///   before it alone.
  public init(_ formulation: Formulation) throws(OracleError) {
    for equation in formulation.equations {
      for case (let signal, .step(let offset)) in equation.expression.reads where offset > 0 {
        throw OracleError(
          code: .unsupported,
          message: "it is read at a later step, and a Jacobian from one step to the next needs"
            + " equations that run forward",
          formulation: formulation.id, place: signal.name)
      }
    }
    self.formulation = formulation
  }

  /// One step in balls.
  ///
  /// An equation of the last step alone is evaluated as if this step were the last.
  ///
  /// - Throws: `OracleError` where the point does not fit the formulation.
  public func step(
    at point: StepPoint, precision: Ball.Precision = 256
  ) throws(OracleError) -> LinearizedStep {
    let sizes = try point.sizes(for: formulation)
    return step(at: point, StateLayout(of: formulation, sizes: sizes), sizes, precision)
  }

  private func step(
    at point: StepPoint, _ layout: StateLayout, _ sizes: Sizes, _ precision: Ball.Precision
  ) -> LinearizedStep {
    var evaluation = StepEvaluation(
      formulation: formulation, point: point, layout: layout, sizes: sizes, precision: precision)
    let equations = formulation.orderedEquations
    for equation in equations.filter({ $0.time != .last }) + equations.filter({ $0.time == .last })
    {
      evaluation.define(equation)
    }
    return LinearizedStep(layout: layout, signals: evaluation.signals)
  }

  /// All steps of one sequence of a case.
  ///
  /// - Throws: `OracleError` where the case does not fit the formulation, or holds or reaches a number
  ///   that is not finite.
  public func trajectory(
    of problem: Case<Double>, element: Int = 0, precision: Ball.Precision = 256
  ) throws(OracleError) -> StateTrajectory {
    let shape = try CaseShape(of: problem, for: formulation)
    guard (0..<shape.batch).contains(element) else {
      throw OracleError(
        code: .shape, message: "sequence \(element) of \(shape.batch)",
        formulation: formulation.id, place: "inputs")
    }
    let layout = StateLayout(of: formulation, sizes: shape.sizes)
    var point = StepPoint(
      parameters: problem.parameters, input: BallVector(zeros: 0),
      past: Dictionary(
        uniqueKeysWithValues: formulation.states.map { state in
          let width = shape.sizes[formulation.axis(of: state)]
          let initial = problem.batch.initial[state.name]?.scalars ?? []
          let row = BallVector(Array(initial[(element * width)..<((element + 1) * width)]))
          let lags = formulation.longestLag(of: state)
          // Steps before the first one read the initial state.
          return (state, Array(repeating: row, count: lags))
        }))
    var trajectory = StateTrajectory(layout: layout)
    for step in 0..<shape.lengths[element] {
      let isRead = step == 0 || !formulation.readsFirstInputAlone
      point.input = BallVector(
        (0..<shape.sizes.input).map { isRead ? problem.batch.x[step, element, $0] : 0 })
      if step == 0 { _ = try point.sizes(for: formulation) }
      let next = self.step(at: point, layout, shape.sizes, precision)
      for state in formulation.states {
        guard let value = next.values[state], let past = point.past[state] else { continue }
        guard (0..<value.count).allSatisfy({ value[$0].isFinite }) else {
          throw OracleError(
            code: .notFinite, message: "a number of step \(step) leaves every range",
            formulation: formulation.id, place: "sequence/\(state.name)")
        }
        point.past[state] = [value] + past.dropLast()
      }
      trajectory.append(next)
    }
    return trajectory
  }
}

/// Evaluates the equations of one step in the order in which they need each other.
private struct StepEvaluation {
  let formulation: Formulation
  let point: StepPoint
  let layout: StateLayout
  let sizes: Sizes
  let precision: Ball.Precision
  var signals: [Symbol: Dual] = [:]
  private var matrices: [Matrix: BallMatrix] = [:]

  init(
    formulation: Formulation, point: StepPoint, layout: StateLayout, sizes: Sizes,
    precision: Ball.Precision
  ) {
    self.formulation = formulation
    self.point = point
    self.layout = layout
    self.sizes = sizes
    self.precision = precision
  }

  private var arithmetic: DualArithmetic {
    DualArithmetic(precision: precision, directions: layout.width)
  }

  mutating func define(_ equation: Equation) {
    let width = sizes[formulation.axis(of: equation.signal)]
    if let given = point.fixed[equation.signal] {
      signals[equation.signal] = arithmetic.constant(given)
    } else {
      signals[equation.signal] = value(of: equation.expression).widened(to: width)
    }
  }

  private mutating func value(of expression: Expression) -> Dual {
    switch expression {
    case .number(let number): return arithmetic.constant(BallVector([Ball(number)]))
    case .signal(let symbol, let time): return read(symbol, time)
    case .vector(let symbol):
      return arithmetic.constant(BallVector(point.parameters[symbol.name]?.scalars ?? []))
    case .product(let matrix, let a):
      let operand = value(of: a)
      return arithmetic.product(
        self.matrix(matrix), isTransposed: matrix.isTransposed, operand)
    case .sum(let a, let b): return arithmetic.sum(value(of: a), value(of: b))
    case .difference(let a, let b):
      return arithmetic.sum(value(of: a), arithmetic.negation(value(of: b)))
    case .negation(let a): return arithmetic.negation(value(of: a))
    case .hadamard(let a, let b): return arithmetic.hadamard(value(of: a), value(of: b))
    case .apply(let function, let a):
      return arithmetic.apply(function.activation, to: value(of: a))
    case .inner(let a, let b): return arithmetic.inner(value(of: a), value(of: b))
    }
  }

  private func read(_ symbol: Symbol, _ time: TimeIndex) -> Dual {
    if symbol == formulation.input { return arithmetic.constant(point.input) }
    guard case .step(let offset) = time, offset < 0 else {
      return signals[symbol]
        ?? arithmetic.constant(BallVector(zeros: sizes[formulation.axis(of: symbol)]))
    }
    let lag = -offset
    let value = point.past[symbol]?[lag - 1] ?? BallVector(zeros: 0)
    return arithmetic.variable(value, along: layout.range(of: symbol, lag: lag))
  }

  /// The part of a parameter that an equation applies; its transpose is left to the product.
  private mutating func matrix(_ matrix: Matrix) -> BallMatrix {
    let key = matrix.isTransposed ? matrix.transpose : matrix
    if let known = matrices[key] { return known }
    guard let tensor = point.parameters[matrix.symbol.name],
      let shape = formulation.parameters.first(where: { $0.symbol == matrix.symbol })?.shape
    else { return BallMatrix(zeroRows: 0, columns: 0) }
    let height = sizes[shape.rows]
    let widths = (shape.columns ?? []).map { sizes[$0] }
    let column = matrix.columns?.index ?? 0
    let firstRow = (matrix.rows?.index ?? 0) * height
    let firstColumn = widths.prefix(column).reduce(0, +)
    let block = BallMatrix(
      rows: height, columns: widths[column],
      elements: BallVector(
        (firstRow..<(firstRow + height)).flatMap { row in
          (firstColumn..<(firstColumn + widths[column])).map { tensor[row, $0] }
        }))
    matrices[key] = block
    return block
  }
}
