import Tensors

/// Finite differences of a subject's own forward pass against its own backward pass, in float64.
///
/// For every parameter, input and initial state θ the loss is taken at θ ± h for h = 2^−10 … 2^−5, twelve
/// evaluations. The gradient g is right where, for the h = 2^−10 … 2^−7 of least acceptance,
///
///     |g − D(h)| ≤ acceptance(h) = truncation(h) + 1.5 e/h + tolerance(g)
///     truncation(h) = max(|D(h) − D(2h)|, 4 |D(h) − D(h/2)|)
///
/// with D the five-point difference and e how far a loss may be from the exact one. There is no D(h/2) at
/// h = 2^−10, where the first term stands alone. NaN and infinity are never right.
///
/// The second term of the truncation is there for the rare number where |D(h) − D(2h)| is small by
/// chance: of 512,630 gradients of right cells the first alone was below the true error in 5 and the two
/// together never below 3.6 times it. To refuse an h whose |D(2h) − D(4h)| ÷ |D(h) − D(2h)| is not near
/// 16 does not help, for that chance makes the truncation look smaller than the rounding.
public enum FiniteDifferences {
  /// Checks every gradient of a subject; a constant has none.
  ///
  /// Blocks of changes run on all cores; the report is the same whatever their number.
  ///
  /// - Parameters:
  ///   - subject: what is checked, at a case.
  ///   - lossBound: e, how far rounding may take a right subject's loss from the exact one.
  ///   - gradientTolerance: how far rounding may take a right subject's gradient from the exact one, by
  ///     quantity (`.parameter`, `.inputs`, `.initial`) and row-major position.
  /// - Throws: `GradientCheckError` when a gradient is missing, a shape does not fit, or a bound is
  ///   negative or not finite; and what the subject throws.
  public static func check(
    _ subject: some DifferentiableSubject, lossBound: Double,
    gradientTolerance: (Quantity, Int) -> Double
  ) throws -> GradientReport {
    let problem = subject.problem
    try problem.checkShapes()
    try check(lossBound, "lossBound")
    let quantities = problem.differentiated(except: subject.constants)
    let gradients = try checked(subject.gradients(), of: quantities, at: problem)

    let all = quantities.flatMap { quantity in
      (problem[quantity]?.scalars ?? []).enumerated().map {
        Number(quantity: quantity, index: $0, value: $1)
      }
    }
    let moved = all.filter { problem.uses($0.quantity, $0.index) }
    let differences = try differences(of: subject, at: moved, lossBound: lossBound)

    var next = differences.startIndex
    let elements = try all.map { number in
      let analytic = gradients[number.quantity]?[number.index] ?? .nan
      guard problem.uses(number.quantity, number.index) else {
        return GradientReport.Element(
          quantity: number.quantity, index: number.index, analytic: analytic, difference: 0,
          acceptance: 0, exponent: nil)
      }
      let tolerance = gradientTolerance(number.quantity, number.index)
      try check(tolerance, "\(number.quantity.path)[\(number.index)]")
      let difference = differences[next]
      next += 1
      return GradientReport.Element(
        quantity: number.quantity, index: number.index, analytic: analytic,
        difference: difference?.value ?? .nan, acceptance: (difference?.error ?? .nan) + tolerance,
        exponent: difference?.exponent)
    }
    return GradientReport(
      elements: elements, evaluations: moved.count * 2 * Steps.exponents.count)
  }

  /// One number that the loss is differentiated by.
  private struct Number: Sendable {
    let quantity: Quantity
    let index: Int
    let value: Double
  }

  /// The best difference at each number; nil where there is none.
  private static func differences(
    of subject: some DifferentiableSubject, at numbers: [Number], lossBound: Double
  ) throws -> [FivePointDifference?] {
    let evaluations = 2 * Steps.exponents.count
    let size = max(subject.changesAtOnce / evaluations, 1)
    let blocks = stride(from: 0, to: numbers.count, by: size).map {
      numbers[$0..<min($0 + size, numbers.count)]
    }
    return try concurrentMap(blocks.count) { block in
      let steps = blocks[block].map { Steps(at: $0.value) }
      var changes: [Change] = []
      changes.reserveCapacity(evaluations * steps.count)
      for (number, steps) in zip(blocks[block], steps) {
        for delta in steps.deltas {
          changes.append(Change(quantity: number.quantity, index: number.index, delta: delta))
        }
      }
      let losses = try subject.losses(of: changes)
      guard losses.count == changes.count else {
        throw GradientCheckError(
          code: .count, name: "losses",
          message: "found \(losses.count) losses, expected one for each of \(changes.count) changes"
        )
      }
      return steps.enumerated().map { place, steps in
        FivePointDifference.best(
          of: losses[place * evaluations..<(place + 1) * evaluations], steps: steps,
          bound: lossBound)
      }
    }.flatMap { $0 }
  }

  /// The gradients, if there is one of the right shape for every quantity.
  private static func checked(
    _ gradients: Answers<Double>, of quantities: [Quantity], at problem: Case<Double>
  ) throws(GradientCheckError) -> Answers<Double> {
    for quantity in quantities {
      guard let gradient = gradients[quantity] else {
        throw GradientCheckError(
          code: .missing, name: quantity.path, message: "the subject gave no such gradient")
      }
      guard let shape = problem[quantity]?.shape, gradient.shape == shape else {
        throw GradientCheckError(
          code: .shape, name: quantity.path,
          message: "found \(gradient.shape), expected \(problem[quantity]?.shape ?? [])")
      }
    }
    return gradients
  }

  private static func check(_ bound: Double, _ name: String) throws(GradientCheckError) {
    guard bound.isFinite, bound >= 0 else {
      throw GradientCheckError(
        code: .bound, name: name, message: "found \(bound), expected a finite number from 0 on")
    }
  }
}
