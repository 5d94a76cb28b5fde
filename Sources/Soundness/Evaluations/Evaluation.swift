import Equations
import RealModule
import Tensors

/// One case computed by one variant, signals first, then their gradients, then those of the parameters.
struct Evaluation<Scalar: Real & BinaryFloatingPoint & Sendable> {
  /// A step of a sequence.
  struct Place: Hashable {
    var step: Int
    let element: Int
    static var afterLastStep: Int { .max }
  }
  private struct Key: Hashable {
    let number: Int
    let place: Place
  }

  let program: Program
  let problem: Case<Double>
  let arithmetic: RoundedArithmetic<Scalar>
  let storage: StorageFormat?
  let draws: Draws
  let sizes: Sizes
  let matrices: [[[Scalar]]]
  private var values: [Key: [Scalar]] = [:]
  private var applications: [Key: (value: [Scalar], argument: [Scalar])] = [:]
  private(set) var answers: Answers<Double> = [:]

  init(_ program: Program, _ problem: Case<Double>, _ variant: Variant) {
    self.program = program
    self.problem = problem
    arithmetic = RoundedArithmetic(flushesToZero: variant.flushesToZero, fault: variant.fault)
    storage = variant.storage
    draws = Draws(variant)
    sizes = problem.sizes(for: program.formulation)
    matrices = program.formulation.parameters.map { parameter in
      guard let tensor = problem.parameters[parameter.name] else { return [] }
      let columns = tensor.shape.count > 1 ? tensor.shape[1] : 1
      return (0..<tensor.shape[0]).map { row in
        (0..<columns).map { Scalar(tensor[row * columns + $0]) }
      }
    }
    for element in 0..<problem.batch.batch {
      forward(element)
      backward(element)
    }
    parameterGradients()
  }

  private func length(_ element: Int) -> Int { problem.batch.length(of: element) }
  private var formulation: Formulation { program.formulation }

  // MARK: Steps

  /// Phase after phase, each from its own end of the sequence; then what one step alone has.
  private mutating func forward(_ element: Int) {
    for phase in formulation.phases {
      for step in steps(of: element, phase.direction) {
        for position in phase.positions {
          defineSignal(formulation.equations[position].signal, Place(step: step, element: element))
        }
      }
    }
    for equation in formulation.orderedEquations where equation.time.isAtOneStep {
      defineSignal(equation.signal, Place(step: Place.afterLastStep, element: element))
    }
    for state in formulation.states {
      guard let id = program.symbols.firstIndex(of: state) else { continue }
      let last = read(id, Place(step: finalStep(of: state, element), element: element))
      put(last ?? [], .final(state.name), rows: nil, Place(step: 0, element: element))
    }
  }

  private mutating func defineSignal(_ symbol: Symbol, _ place: Place) {
    guard let id = program.symbols.firstIndex(of: symbol),
      case .signal(let plan, _, _) = program.definitions[id]
    else { return }
    let value = stored(value(plan, place, width(symbol)) ?? zeros(width(symbol)))
    values[Key(number: id, place: place)] = value
    put(
      value, .sequence(symbol.name),
      rows: formulation.steps(of: symbol, in: problem.batch.steps), place)
  }

  /// The same against the directions, the last phase first.
  private mutating func backward(_ element: Int) {
    for (id, adjoint) in program.adjoints where adjoint.isAtOneStepAlone {
      define(adjoint, id, Place(step: Place.afterLastStep, element: element))
    }
    for (index, phase) in formulation.phases.enumerated().reversed() {
      let adjoints = program.adjoints.filter { formulation.phase(of: $0.adjoint.signal) == index }
      for step in steps(of: element, phase.direction).reversed() {
        for (id, adjoint) in adjoints { define(adjoint, id, Place(step: step, element: element)) }
      }
    }
    for step in 0..<length(element) {
      let place = Place(step: step, element: element)
      let width = problem.batch.inputSize
      let sum = isInputRead(at: place) ? value(program.input, place, width) : nil
      put(
        stored(sum ?? zeros(width)), .inputs(formulation.input.name), rows: problem.batch.steps,
        place)
    }
    for (_, adjoint) in program.adjoints where formulation.states.contains(adjoint.signal) {
      defineInitialGradient(adjoint, element)
    }
  }

  private mutating func defineInitialGradient(_ adjoint: Program.Adjoint, _ element: Int) {
    let state = adjoint.signal
    let width = width(state)
    var terms: [Addend<Scalar>] = []
    func add(_ plan: Plan, at step: Int) {
      terms += addends(plan, Place(step: step, element: element), width, draws.habits)
    }
    if length(element) == 0 {
      terms += upstream(problem.upstream.final[state.name], element, width)
      add(adjoint.firstContributions, at: -1)
      add(adjoint.lastContributions, at: -1)
    }
    if formulation.direction(of: state) == .forward {
      for lag in 0..<formulation.longestLag { add(adjoint.contributions, at: -1 - lag) }
    } else {
      for lead in 0..<formulation.longestLead {
        add(adjoint.contributions, at: length(element) + lead)
      }
    }
    put(
      stored(self.add(terms, width)), .initial(state.name), rows: nil,
      Place(step: 0, element: element))
  }

  private mutating func define(_ adjoint: Program.Adjoint, _ id: Int, _ place: Place) {
    let name = adjoint.signal.name
    let width = width(adjoint.signal)
    let row = place.step == Place.afterLastStep ? 0 : place.step
    let isEnd = place.step == Place.afterLastStep
    let isFirst = isEnd || place.step == 0
    let isLast = isEnd || place.step == length(place.element) - 1
    let batch = problem.batch.batch
    var terms = upstream(problem.upstream.sequence[name], row * batch + place.element, width)
    if place.step == finalStep(of: adjoint.signal, place.element) {
      terms += upstream(problem.upstream.final[name], place.element, width)
    }
    terms += addends(adjoint.contributions, place, width, draws.habits)
    if isFirst { terms += addends(adjoint.firstContributions, place, width, draws.habits) }
    if isLast { terms += addends(adjoint.lastContributions, place, width, draws.habits) }
    var gradient = add(terms, width)
    if let derivative = adjoint.derivative {
      gradient = multiply([gradient], [derivative], place, width)
    }
    gradient = stored(gradient)
    values[Key(number: id, place: place)] = gradient
    put(
      gradient, .cotangent(name),
      rows: formulation.steps(of: adjoint.signal, in: problem.batch.steps), place)
  }

  private mutating func parameterGradients() {
    for (parameter, terms) in zip(formulation.learned, program.parameters) {
      guard let tensor = problem.parameters[parameter.name] else { continue }
      // Every block of a matrix is a sum of its own.
      var blocks: [MatrixBlock: [Addend<Scalar>]] = [:]
      for term in terms {
        let block = block(of: term.matrix, parameter)
        for element in 0..<problem.batch.batch {
          let steps =
            term.isAtOneStepAlone ? [Place.afterLastStep] : Array(0..<length(element))
          for step in steps {
            let place = Place(step: step, element: element)
            guard let cotangent = value(term.cotangent, place, block.rows.count) else { continue }
            guard let operand = term.operand else {
              blocks[block, default: []].append(Addend(base: cotangent, factor: .none))
              continue
            }
            guard let vector = value(operand, place, block.columns.count) else { continue }
            blocks[block, default: []].append(
              Addend(
                base: cotangent.flatMap { Array(repeating: $0, count: vector.count) },
                factor: .vector(cotangent.flatMap { _ in vector })))
          }
        }
      }
      var total = Tensor<Double>(zeros: tensor.shape)
      let columns = tensor.shape.count > 1 ? tensor.shape[1] : 1
      for (block, addends) in blocks.sorted(by: { $0.key < $1.key }) {
        let sum = stored(add(addends, block.rows.count * block.columns.count))
        for (index, element) in sum.enumerated() {
          let (row, column) = index.quotientAndRemainder(dividingBy: block.columns.count)
          total[(block.rows.lowerBound + row) * columns + block.columns.lowerBound + column] =
            Double(element)
        }
      }
      answers[.parameter(parameter.name)] = total
    }
  }

  // MARK: Places

  /// A signal or the gradient of one; nil beyond the sequence.
  func read(_ id: Int, _ place: Place) -> [Scalar]? {
    let symbol = program.symbols[id]
    switch program.definitions[id] {
    case .input:
      guard isInputRead(at: place) else { return nil }
      return row(
        problem.batch.x, place.step * problem.batch.batch + place.element, problem.batch.inputSize)
    case .signal(_, _, let isState):
      if let value = values[Key(number: id, place: place)] { return value }
      let isBeyond =
        formulation.direction(of: symbol) == .forward
        ? place.step < 0 : place.step >= length(place.element)
      guard isState, isBeyond, let initial = problem.batch.initial[symbol.name] else { return nil }
      return row(initial, place.element, initial.shape[1])
    case .adjoint: return values[Key(number: id, place: place)]
    }
  }

  private func isInputRead(at place: Place) -> Bool {
    (0..<length(place.element)).contains(place.step)
      && (place.step == 0 || !formulation.readsFirstInputAlone)
  }

  /// Where a time index points to, seen from a place.
  func place(_ time: TimeIndex, of id: Int, from place: Place) -> Place {
    switch time {
    case .step(let offset): Place(step: place.step + offset, element: place.element)
    case .first:
      Place(step: isAtOneStepAlone(id) ? Place.afterLastStep : 0, element: place.element)
    case .last:
      Place(
        step: isAtOneStepAlone(id) ? Place.afterLastStep : length(place.element) - 1,
        element: place.element)
    }
  }

  private func isAtOneStepAlone(_ id: Int) -> Bool {
    switch program.definitions[id] {
    case .input: false
    case .signal(_, let time, _): time.isAtOneStep
    case .adjoint(let adjoint): adjoint.isAtOneStepAlone
    }
  }

  /// The steps of a sequence in the order of a direction.
  private func steps(of element: Int, _ direction: Direction) -> [Int] {
    let steps = Array(0..<length(element))
    return direction == .forward ? steps : steps.reversed()
  }

  /// The step of a state's final value; without a step the place of its initial one.
  private func finalStep(of state: Symbol, _ element: Int) -> Int {
    formulation.direction(of: state) == .forward ? length(element) - 1 : 0
  }

  func application(_ number: Int, _ place: Place) -> (value: [Scalar], argument: [Scalar])? {
    applications[Key(number: number, place: place)]
  }

  mutating func keep(
    _ value: [Scalar], of argument: [Scalar], _ number: Int, _ place: Place
  ) {
    applications[Key(number: number, place: place)] = (value, argument)
  }

  private func upstream(
    _ tensor: Tensor<Double>?, _ row: Int, _ width: Int
  ) -> [Addend<Scalar>] {
    tensor.map { [Addend(base: self.row($0, row, width), factor: .none)] } ?? []
  }

  private func row(_ tensor: Tensor<Double>, _ row: Int, _ width: Int) -> [Scalar] {
    (0..<width).map { Scalar(tensor[row * width + $0]) }
  }

  func zeros(_ width: Int) -> [Scalar] { Array(repeating: 0, count: width) }

  private func width(_ symbol: Symbol) -> Int { sizes[formulation.axis(of: symbol)] }

  /// What a tensor keeps of a vector.
  func stored(_ vector: [Scalar]) -> [Scalar] {
    guard let storage else { return vector }
    return vector.map { Scalar(storage.nearest(Double($0))) }
  }

  private mutating func put(
    _ value: [Scalar], _ quantity: Quantity, rows: Int?, _ place: Place
  ) {
    let batch = problem.batch.batch
    let shape = (rows.map { [$0] } ?? []) + [batch, value.count]
    let row = place.step == Place.afterLastStep ? 0 : place.step
    let start = (row * batch + place.element) * value.count
    for (unit, number) in value.enumerated() {
      answers[quantity, default: Tensor(zeros: shape)][start + unit] = Double(number)
    }
  }
}
