import Equations
import func Foundation.exp
import func Foundation.tanh
import Tensors

/// Computes a formulation and its gradients in Float as one program or another might: every sum in an
/// order and a tree of its own, products multiplied out or not, activations a few ulp off.
///
/// It follows the equations step by step and shares nothing with the oracle's graphs.
struct ShuffledFloat {
  private let formulation: Formulation
  private let system: GradientSystem
  private let problem: Case<Double>
  private var generator: CounterGenerator
  /// A signal that is computed wrong, by this factor.
  private let disturbance: (signal: Symbol, factor: Float)?

  /// Where a vector stands: a signal or the gradient of one, a step, a sequence.
  private struct Place: Hashable {
    let symbol: Symbol
    let step: Int
    let element: Int
  }
  private static let afterLastStep = Int.max
  private var known: [Place: [Float]] = [:]

  /// An activation at a step of a sequence.
  private struct Application: Hashable {
    let expression: Equations.Expression
    let step: Int
    let element: Int
    let width: Int
  }
  private var applications: [Application: [Float]] = [:]
  private(set) var answers: Answers<Double> = [:]

  init(
    _ formulation: Formulation, _ system: GradientSystem, _ problem: Case<Double>, seed: UInt64,
    disturbance: (signal: Symbol, factor: Float)? = nil
  ) {
    self.formulation = formulation
    self.system = system
    self.problem = problem
    self.generator = CounterGenerator(seed: seed, name: "shuffles")
    self.disturbance = disturbance
    for element in 0..<problem.batch.batch {
      forward(element)
      backward(element)
    }
    parameterGradients()
  }

  private func length(_ element: Int) -> Int { problem.batch.length(of: element) }

  // MARK: Steps

  private mutating func forward(_ element: Int) {
    for equation in formulation.equations {
      let isEnd = equation.time.isAtOneStep
      for step in isEnd ? [Self.afterLastStep] : Array(0..<length(element)) {
        _ = read(equation.signal, step, element)
      }
    }
    for state in formulation.states {
      let runsForward = formulation.direction(of: state) == .forward
      let step = length(element) == 0 || runsForward ? length(element) - 1 : 0
      let value =
        length(element) == 0
        ? problem.batch.initial[state.name].map { row($0, element, $0.shape[1]) }
        : read(state, step, element)
      put(value ?? [], .final(state.name), steps: nil, 0, element)
    }
  }

  private mutating func define(_ equation: Equation, _ step: Int, _ element: Int) {
    let symbol = equation.signal
    let width = initialWidth(of: symbol)
    var value = vector(equation.expression, step, element, width)
    if let disturbance, disturbance.signal == symbol {
      value = value.map { $0 * disturbance.factor }
    }
    known[Place(symbol: symbol, step: step, element: element)] = value
    let steps = formulation.steps(of: symbol, in: problem.batch.steps)
    put(value, .sequence(symbol.name), steps: steps, step, element)
  }

  private mutating func backward(_ element: Int) {
    let last = length(element) - 1
    for step in (0..<length(element)).reversed() {
      let width = problem.batch.inputSize
      let isRead = step == 0 || !formulation.readsFirstInputAlone
      let addends = isRead ? system.input.flatMap { terms($0, step, element, width) } : []
      put(
        sum(of: addends, width), .inputs(formulation.input.name), steps: problem.batch.steps, step,
        element)
    }
    for adjoint in system.adjoints {
      for step in adjoint.isAtOneStepAlone ? [Self.afterLastStep] : Array(0..<length(element)) {
        _ = read(adjoint.symbol, step, element)
      }
    }
    for state in formulation.states {
      guard let adjoint = system.adjoint(of: state) else { continue }
      let width = initialWidth(of: state)
      var addends: [[Float]] = []
      if last < 0 {
        if let upstream = problem.upstream.final[state.name] {
          addends.append(row(upstream, element, width))
        }
        addends += (adjoint.firstContributions + adjoint.lastContributions)
          .flatMap { terms($0, last, element, width) }
      }
      let beyond =
        formulation.direction(of: state) == .forward
        ? Array(-formulation.longestLag..<0)
        : Array(length(element)..<(length(element) + formulation.longestLead))
      for step in beyond {
        addends += adjoint.contributions.flatMap { terms($0, step, element, width) }
      }
      put(sum(of: addends, width), .initial(state.name), steps: nil, 0, element)
    }
  }

  private mutating func define(_ adjoint: GradientSystem.Adjoint, _ step: Int, _ element: Int) {
    let name = adjoint.signal.name
    let width = initialWidth(of: adjoint.signal)
    let row = step == Self.afterLastStep ? 0 : step
    var addends: [[Float]] = []
    if let upstream = problem.upstream.sequence[name] {
      addends.append(self.row(upstream, row * problem.batch.batch + element, width))
    }
    let runsForward = formulation.direction(of: adjoint.signal) == .forward
    if step == (runsForward ? length(element) - 1 : 0), let upstream = problem.upstream.final[name]
    {
      addends.append(self.row(upstream, element, width))
    }
    addends += adjoint.contributions.flatMap { terms($0, step, element, width) }
    if step == 0 || step == Self.afterLastStep {
      addends += adjoint.firstContributions.flatMap { terms($0, step, element, width) }
    }
    if step >= length(element) - 1 {
      addends += adjoint.lastContributions.flatMap { terms($0, step, element, width) }
    }
    var gradient = sum(of: addends, width)
    if let derivative = adjoint.derivative {
      gradient = product(gradient, by: derivative, step, element, width)
    }
    known[Place(symbol: adjoint.symbol, step: step, element: element)] = gradient
    let steps = formulation.steps(of: adjoint.signal, in: problem.batch.steps)
    put(gradient, .cotangent(name), steps: steps, step, element)
  }

  private mutating func parameterGradients() {
    for gradient in system.parameters {
      guard let parameter = problem.parameters[gradient.symbol.name] else { continue }
      var addends: [[Float]] = Array(repeating: [], count: parameter.count)
      for term in gradient.terms {
        let rows = blockRows(of: term.matrix, parameter)
        let columns = term.matrix.map { blockColumns(of: $0, parameter) }
        for element in 0..<problem.batch.batch {
          let steps =
            term.isAtOneStepAlone
            ? [Self.afterLastStep] : Array(0..<length(element))
          for step in steps {
            let cotangent = vector(term.cotangent, step, element, rows.count)
            guard let columns, let operand = term.operand else {
              for (position, value) in cotangent.enumerated() { addends[position].append(value) }
              continue
            }
            let values = vector(operand, step, element, columns.count)
            for (a, row) in zip(cotangent, rows) {
              for (b, column) in zip(values, columns) {
                addends[row * parameter.shape[1] + column].append(a * b)
              }
            }
          }
        }
      }
      var total = Tensor<Double>(zeros: parameter.shape)
      for index in addends.indices { total[index] = Double(treeSum(addends[index])) }
      answers[.parameter(gradient.symbol.name)] = total
    }
  }

  // MARK: Expressions

  /// The value of an expression; zero where it reads beyond the sequence.
  private mutating func vector(
    _ expression: Expression, _ step: Int, _ element: Int, _ width: Int
  ) -> [Float] {
    sum(of: terms(expression, step, element, width), width)
  }

  /// The addends of an expression, a matrix product by its columns; none where it is zero.
  private mutating func terms(
    _ expression: Expression, _ step: Int, _ element: Int, _ width: Int
  ) -> [[Float]] {
    switch expression {
    case .number(let value): return [Array(repeating: Float(value), count: width)]
    case .signal(let symbol, let time):
      return read(symbol, time, step, element).map { [$0] } ?? []
    case .vector(let symbol):
      return [(problem.parameters[symbol.name]?.scalars ?? []).map { Float($0) }]
    case .product(let matrix, let operand):
      guard let parameter = problem.parameters[matrix.symbol.name] else { return [] }
      let rows = blockRows(of: matrix, parameter)
      let columns = blockColumns(of: matrix, parameter)
      let inner = terms(operand, step, element, matrix.isTransposed ? rows.count : columns.count)
      if inner.isEmpty { return [] }
      let value = sum(of: inner, inner[0].count)
      return value.indices.map { index -> [Float] in
        let weights =
          matrix.isTransposed
          ? columns.map { parameter[rows.lowerBound + index, $0] }
          : rows.map { parameter[$0, columns.lowerBound + index] }
        return weights.map { Float($0) * value[index] }
      }
    case .sum(let a, let b):
      return terms(a, step, element, width) + terms(b, step, element, width)
    case .difference(let a, let b):
      return terms(a, step, element, width) + terms(b, step, element, width).map { $0.map(-) }
    case .negation(let a): return terms(a, step, element, width).map { $0.map(-) }
    case .hadamard(.difference(let a, let b), let c)
    where !a.hasProduct && !b.hasProduct && !c.hasProduct && Bool.random(using: &generator):
      return terms(.hadamard(a, c), step, element, width)
        + terms(.hadamard(b, c), step, element, width).map { $0.map(-) }
    case .hadamard(let a, let b):
      let left = terms(a, step, element, width)
      if left.isEmpty { return [] }
      return [product(sum(of: left, width), by: b, step, element, width)]
    case .apply(let function, let a):
      // A program computes an activation once and keeps it; two of them would not cancel.
      let place = Application(expression: expression, step: step, element: element, width: width)
      if let known = applications[place] { return [known] }
      let value = apply(function.activation, vector(a, step, element, width))
      applications[place] = value
      return [value]
    case .inner(let a, let b):
      let left = terms(a, step, element, width)
      let right = terms(b, step, element, width)
      if left.isEmpty || right.isEmpty { return [] }
      let products = zip(sum(of: left, width), sum(of: right, width)).map { $0 * $1 }
      return [Array(repeating: treeSum(products), count: width)]
    }
  }

  /// `a ⊙ b`, and `a ⊙ (b ⊙ c)` in either order.
  private mutating func product(
    _ a: [Float], by expression: Expression, _ step: Int, _ element: Int, _ width: Int
  ) -> [Float] {
    if case .hadamard(let b, let c) = expression, Bool.random(using: &generator) {
      return product(product(a, by: b, step, element, width), by: c, step, element, width)
    }
    return zip(a, vector(expression, step, element, width)).map { $0 * $1 }
  }

  private mutating func apply(_ activation: Activation, _ x: [Float]) -> [Float] {
    switch activation {
    case .logistic: return x.map { inaccurate(1 / (1 + exp(-Double($0)))) }
    case .tanh: return x.map { inaccurate(Foundation.tanh(Double($0))) }
    case .relu: return x.map { max(0, $0) }
    case .unitStep: return x.map { $0 > 0 ? 1 : 0 }
    case .identity: return x
    case .softmax:
      let shift = Bool.random(using: &generator) ? x.max() ?? 0 : 0
      let powers = x.map { inaccurate(exp(Double($0 - shift))) }
      let total = treeSum(powers)
      return powers.map { $0 / total }
    }
  }

  /// A value rounded and moved by up to three ulp.
  private mutating func inaccurate(_ value: Double) -> Float {
    let nearest = Float(value)
    return nearest + Float(Int.random(in: -3...3, using: &generator)) * nearest.ulp
  }

  // MARK: Sums

  private mutating func sum(of addends: [[Float]], _ width: Int) -> [Float] {
    (0..<width).map { unit in treeSum(addends.map { $0[unit] }) }
  }

  /// The sum in a random order: one after another, or by a random tree.
  private mutating func treeSum(_ terms: [Float]) -> Float {
    var terms = terms.shuffled(using: &generator)
    if Bool.random(using: &generator) { return terms.reduce(0, +) }
    while terms.count > 1 {
      let last = terms.removeLast()
      terms[Int.random(in: terms.indices, using: &generator)] += last
    }
    return terms.first ?? 0
  }

  // MARK: Places

  private func signal(of symbol: Symbol) -> Symbol {
    formulation.axes[symbol] == nil ? symbol.unmarked : symbol
  }

  private mutating func read(
    _ symbol: Symbol, _ time: TimeIndex, _ step: Int, _ element: Int
  ) -> [Float]? {
    if case .step(let offset) = time { return read(symbol, step + offset, element) }
    if formulation.isAtOneStepAlone(signal(of: symbol)) {
      return read(symbol, Self.afterLastStep, element)
    }
    guard length(element) > 0 else {
      return problem.batch.initial[symbol.name].map { row($0, element, $0.shape[1]) }
    }
    return read(symbol, time == .first ? 0 : length(element) - 1, element)
  }

  /// What is read is computed when it is first needed, so that no order is shared with the oracle.
  private mutating func read(_ symbol: Symbol, _ step: Int, _ element: Int) -> [Float]? {
    let isInside = (0..<length(element)).contains(step)
    if symbol == formulation.input {
      guard isInside, step == 0 || !formulation.readsFirstInputAlone else { return nil }
      let x = problem.batch.x
      return row(x, step * problem.batch.batch + element, problem.batch.inputSize)
    }
    guard isInside || step == Self.afterLastStep else {
      let isStart = (step < 0) == (formulation.direction(of: symbol) == .forward)
      guard isStart else { return nil }
      return problem.batch.initial[symbol.name].map { row($0, element, $0.shape[1]) }
    }
    let place = Place(symbol: symbol, step: step, element: element)
    if known[place] == nil {
      if let equation = formulation.equations.first(where: { $0.signal == symbol }) {
        define(equation, step, element)
      } else if let adjoint = system.adjoints.first(where: { $0.symbol == symbol }) {
        define(adjoint, step, element)
      }
    }
    return known[place]
  }

  private func row(_ tensor: Tensor<Double>, _ row: Int, _ width: Int) -> [Float] {
    (0..<width).map { Float(tensor[row * width + $0]) }
  }

  /// The width of a signal, from the tensors of the case.
  private func initialWidth(of signal: Symbol) -> Int {
    let axis = formulation.axis(of: signal)
    if axis == .input { return problem.batch.inputSize }
    for parameter in formulation.parameters where parameter.shape.rows == axis {
      if let rows = problem.parameters[parameter.name]?.shape.first {
        return rows / parameter.shape.rowBlocks
      }
    }
    return 0
  }

  private func blockRows(of matrix: Matrix?, _ parameter: Tensor<Double>) -> Range<Int> {
    guard let block = matrix?.rows else { return 0..<(parameter.shape.first ?? 0) }
    let height = (parameter.shape.first ?? 0) / block.count
    return (block.index * height)..<((block.index + 1) * height)
  }

  /// The columns of a block; where there are two, the first is as wide as the state.
  private func blockColumns(of matrix: Matrix, _ parameter: Tensor<Double>) -> Range<Int> {
    guard let block = matrix.columns, let shape = shape(of: matrix) else {
      return 0..<parameter.shape[1]
    }
    let widths = shape.map { axis in
      axis == .input ? problem.batch.inputSize : initialWidth(of: formulation.states[0])
    }
    let start = widths[..<block.index].reduce(0, +)
    return start..<(start + widths[block.index])
  }

  private func shape(of matrix: Matrix) -> [Axis]? {
    formulation.parameters.first { $0.symbol == matrix.symbol }?.shape.columns
  }

  private mutating func put(
    _ value: [Float], _ quantity: Quantity, steps: Int?, _ step: Int, _ element: Int
  ) {
    let batch = problem.batch.batch
    let shape = (steps.map { [$0] } ?? []) + [batch, value.count]
    let row = step == Self.afterLastStep ? 0 : step
    for (unit, number) in value.enumerated() {
      answers[quantity, default: Tensor(zeros: shape)][
        (row * batch + element) * value.count + unit] = Double(number)
    }
  }
}

extension Expression {
  fileprivate var hasProduct: Bool {
    if case .product = self { return true }
    return operands.contains(where: \.hasProduct)
  }
}
