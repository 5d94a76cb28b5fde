import BallArithmetic
import Equations
import Tensors

extension Reference {
  /// Confirms the gradients of a case by central differences of the forward equations, in balls.
  ///
  /// With h = 2^−150 at 512 bits the truncation is about 2^−300, so along a direction v
  /// ```
  /// (E(θ + h v) − E(θ − h v)) ÷ 2h = Σ_i g_i v_i        to 2^−200 of Σ|g_i v_i|
  /// ```
  /// The differences use no derivative of anything. Where balls are too wide to tell, as after many steps, twice the
  /// bits are taken.
  ///
  /// - Parameters:
  ///   - everyElement: whether to take every scalar as a direction of its own, beside three dense ones.
  /// - Returns: how many directions were confirmed.
  /// - Throws: `OracleError` with the element and both numbers where they differ.
  @discardableResult
  public func confirmGradients(
    of problem: Case<Double>, seed: UInt64, everyElement: Bool = false
  ) throws(OracleError) -> Int {
    let graph = try exactGraph(of: problem)
    var bits = 512
    while true {
      do {
        return try confirmGradients(
          of: problem, graph, seed: seed, everyElement: everyElement,
          in: BallEvaluation(precision: Ball.Precision(bits: bits)))
      } catch {
        guard error.code == .undecided, bits < Self.highestPrecision else { throw error }
        bits *= 2
      }
    }
  }

  private func confirmGradients(
    of problem: Case<Double>, _ graph: Graph, seed: UInt64, everyElement: Bool,
    in evaluation: BallEvaluation
  ) throws(OracleError) -> Int {
    let values = evaluation.values(of: graph, case: problem)
    let gradients = graph.enclosures(values).filter { $0.key.isGradient }
    let dense = (0..<3).map {
      Direction("dense direction \($0 + 1)", dense: gradients, seed: seed &+ UInt64($0))
    }
    let elements = gradients.sorted { $0.key < $1.key }.flatMap { quantity, elements in
      (0..<elements.count).map { Direction(unit: quantity, $0, of: elements.count) }
    }
    func departure(along direction: Direction) -> OracleError? {
      let difference = graph.centralDifference(of: problem, along: direction, in: evaluation)
      return direction.departure(
        of: difference, from: gradients, precision: evaluation.precision,
        formulation: formulation.id)
    }
    for direction in dense {
      guard let whole = departure(along: direction) else { continue }
      // Which element it is helps more than that it is one of all.
      throw elements.lazy.compactMap { departure(along: $0) }.first ?? whole
    }
    guard everyElement else { return dense.count }
    for direction in elements {
      if let error = departure(along: direction) { throw error }
    }
    return dense.count + elements.count
  }
}

/// A change of every parameter, input and initial state.
private struct Direction {
  let name: String
  /// Exact numbers by the quantity that is the gradient with respect to them.
  var components: [Quantity: [Double]] = [:]

  init(_ name: String, dense gradients: [Quantity: BallVector], seed: UInt64) {
    self.name = name
    for (quantity, elements) in gradients {
      var generator = CounterGenerator(seed: seed, name: quantity.path)
      components[quantity] = (0..<elements.count).map { _ in
        Double(Int64(truncatingIfNeeded: generator.next() >> 48) - 0x8000) * 0x1p-15
      }
    }
  }

  init(unit quantity: Quantity, _ index: Int, of count: Int) {
    name = "\(quantity.path)[\(index)]"
    components[quantity] = (0..<count).map { $0 == index ? 1 : 0 }
  }

  /// How a difference of the forward equations departs from what the gradients say; nil where it does not.
  ///
  /// The error is `.undecided` where the balls are too wide to tell.
  func departure(
    of difference: Ball, from gradients: [Quantity: BallVector], precision: Ball.Precision,
    formulation: String
  ) -> OracleError? {
    let (sum, magnitude) = dot(gradients, precision: precision)
    let bound = magnitude.scaled(byPowerOfTwo: -200)
    let departure = difference.subtracting(sum, precision: precision).magnitude
    let excess = departure.subtracting(bound, precision: precision)
    let isDecided = departure.radius <= max(bound.midpoint, 0x1p-300)
    guard excess.isPositive || !isDecided else { return nil }
    return OracleError(
      code: excess.isPositive ? .unconfirmed : .undecided,
      message: "the gradient along it is \(sum.decimal(digits: 25)), and central differences of"
        + " the forward equations give \(difference.decimal(digits: 25))",
      formulation: formulation, place: name)
  }

  /// `Σ g_i v_i` and `Σ |g_i v_i|`.
  private func dot(
    _ gradients: [Quantity: BallVector], precision: Ball.Precision
  ) -> (Ball, Ball) {
    var sum = Ball.zero
    var magnitude = Ball.zero
    for (quantity, component) in components {
      guard let g = gradients[quantity] else { continue }
      let v = BallVector(component)
      sum = g.dot(v, addedTo: sum, precision: precision)
      magnitude = g.magnitude.dot(v.magnitude, addedTo: magnitude, precision: precision)
    }
    return (sum, magnitude)
  }
}

extension Graph {
  /// h = 2^−150, a power of two by which a component of a direction is scaled exactly.
  private static var step: (size: Double, exponent: Int) { (0x1p-150, -150) }

  fileprivate func centralDifference(
    of problem: Case<Double>, along direction: Direction, in evaluation: BallEvaluation
  ) -> Ball {
    let plus = loss(of: problem, along: direction, sign: 1, in: evaluation)
    let minus = loss(of: problem, along: direction, sign: -1, in: evaluation)
    return plus.subtracting(minus, precision: evaluation.precision)
      .scaled(byPowerOfTwo: -Self.step.exponent - 1)
  }

  /// `E(θ ± h v)`, by the forward equations alone.
  private func loss(
    of problem: Case<Double>, along direction: Direction, sign: Double,
    in evaluation: BallEvaluation
  ) -> Ball {
    var moved = evaluation
    moved.change = { source in
      let component: [Double]? =
        switch source {
        case .parameter(let name): direction.components[.parameter(name)]
        case .input: inputGradient.flatMap { direction.components[$0] }
        case .initial(let name): direction.components[.initial(name)]
        case .upstreamSequence, .upstreamFinal, .reported, .absent: nil
        }
      return component?.map { $0 * sign * Self.step.size }
    }
    let values = moved.values(of: self, case: problem, forwardOnly: true)
    var total = Ball.zero
    for (upstream, signal) in loss {
      guard case .leaf(let leaf) = nodes[upstream].operation else { continue }
      let width = nodes[upstream].width
      let cotangent = BallVector(
        Array(problem.scalars(leaf.source)[leaf.offset..<(leaf.offset + width)]))
      total = cotangent.slice(count: width).dot(
        values.slice(from: offsets[signal], count: width), addedTo: total,
        precision: evaluation.precision)
    }
    return total
  }

  /// The gradient of the inputs among the answers.
  private var inputGradient: Quantity? {
    shapes.keys.first { if case .inputs = $0 { true } else { false } }
  }
}
