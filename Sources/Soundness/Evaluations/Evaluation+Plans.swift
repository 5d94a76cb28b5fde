import Equations

extension Evaluation {
  /// The value of a plan at a place; nil where it reads beyond the sequence and is zero.
  mutating func value(_ plan: Plan, _ place: Place, _ width: Int) -> [Scalar]? {
    switch plan {
    case .number(let value): return Array(repeating: Scalar(value), count: width)
    case .signal(let id, let time): return read(id, self.place(time, of: id, from: place))
    case .parameter(let index): return matrices[index].map { $0[0] }
    case .matrix, .sum:
      let terms = addends(plan, place, width, draws.habits)
      return terms.isEmpty ? nil : add(terms, width)
    case .product(let factors):
      guard let first = factors.first, let start = value(first, place, width) else { return nil }
      return multiply([start], Array(factors.dropFirst()), place, width)
    case .apply(let activation, let argument, let number):
      return apply(activation, to: argument, number, place, width)
    case .slope(let activation, let plan): return slope(activation, of: plan, place, width)
    case .inner(let a, let b):
      guard let left = value(a, place, width), let right = value(b, place, width) else {
        return nil
      }
      let terms = zip(left, right).map { Addend(base: [$0], factor: .scalar($1)) }
      return Array(repeating: add(terms, 1)[0], count: width)
    case .oneOf(let plans):
      return value(plans[draws.habits.arrangement % plans.count], place, width)
    }
  }

  /// The terms of a plan for one sum; a matrix product by its columns where it is not summed by itself.
  mutating func addends(
    _ plan: Plan, _ place: Place, _ width: Int, _ habits: Habits, isNegative: Bool = false
  ) -> [Addend<Scalar>] {
    switch plan {
    case .sum(let terms):
      return terms.flatMap {
        addends($0.plan, place, width, habits, isNegative: $0.isNegative != isNegative)
      }
    case .oneOf(let plans):
      let chosen = plans[draws.habits.arrangement % plans.count]
      return addends(chosen, place, width, habits, isNegative: isNegative)
    case .matrix(let part, let operand):
      let columns = columns(of: part)
      guard let vector = value(operand, place, columns.count) else { return [] }
      let products = zip(columns, vector).map {
        Addend(base: $0, factor: .scalar(isNegative ? -$1 : $1))
      }
      return habits.pools ? products : [Addend(base: add(products, width), factor: .none)]
    case .product(let factors) where factors.count > 1 && habits.fuses:
      guard let last = factors.last, let b = value(last, place, width),
        let a = value(.product(Array(factors.dropLast())), place, width)
      else { return [] }
      return [Addend(base: isNegative ? a.map(-) : a, factor: .vector(b))]
    default:
      guard let vector = value(plan, place, width) else { return [] }
      return [Addend(base: isNegative ? vector.map(-) : vector, factor: .none)]
    }
  }

  func add(_ addends: [Addend<Scalar>], _ width: Int) -> [Scalar] {
    arithmetic.sum(addends, width: width, habits: draws.habits, using: draws)
  }

  /// A vector times further factors, in any order.
  ///
  /// - Parameter factors: of which none is zero unless all of the product is.
  mutating func multiply(
    _ known: [[Scalar]], _ factors: [Plan], _ place: Place, _ width: Int
  ) -> [Scalar] {
    var vectors = known
    for factor in factors { vectors.append(value(factor, place, width) ?? zeros(width)) }
    switch draws.habits.order {
    case .written, .ascending: break
    case .reversed, .descending: vectors.reverse()
    case .shuffled:
      for index in vectors.indices.dropLast() {
        vectors.swapAt(index, index + draws.index(below: vectors.count - index))
      }
    }
    return vectors.dropFirst().reduce(vectors[0]) { arithmetic.multiply($0, $1) }
  }

  /// An activation, computed once at a place and kept.
  private mutating func apply(
    _ activation: Activation, to argument: Plan, _ number: Int, _ place: Place, _ width: Int
  ) -> [Scalar] {
    if let kept = application(number, place) { return kept.value }
    let x = value(argument, place, width) ?? zeros(width)
    let habits = draws.habits
    let value: [Scalar]
    switch activation {
    case .logistic: value = x.map { arithmetic.logistic($0, habits.logistic, using: draws) }
    case .tanh: value = x.map { arithmetic.tanh($0, habits.tanh, using: draws) }
    case .relu: value = x.map { $0 > 0 ? $0 : 0 }
    case .unitStep: value = x.map { $0 > 0 ? 1 : 0 }
    case .identity: value = x
    case .softmax: value = arithmetic.softmax(x, habits, using: draws)
    }
    // An activation is a tensor of its own in many programs.
    let kept = stored(value)
    keep(kept, of: x, number, place)
    return kept
  }

  private mutating func slope(
    _ activation: Activation, of plan: Plan, _ place: Place, _ width: Int
  ) -> [Scalar]? {
    guard let s = value(plan, place, width) else { return nil }
    var x: [Scalar]?
    if let (number, time) = program.application(of: plan) {
      let id = if case .signal(let id, _) = plan { id } else { 0 }
      x = application(number, self.place(time, of: id, from: place))?.argument
    }
    let habits = draws.habits
    return s.indices.map { unit in
      arithmetic.slope(
        activation, value: s[unit], argument: x?[unit], habits: habits, using: draws)
    }
  }

  /// The columns of a part of a matrix, or of its transpose.
  private func columns(of part: Plan.MatrixPart) -> [[Scalar]] {
    let block = block(of: part.matrix, program.formulation.parameters[part.parameter])
    let rows = matrices[part.parameter]
    if part.matrix.isTransposed {
      return block.rows.map { Array(rows[$0][block.columns]) }
    }
    return block.columns.map { column in block.rows.map { rows[$0][column] } }
  }
}
