import GradientCheck
import RecurrentCells
import Tensors

extension Answer {
  /// A forward and a backward pass of a cell.
  static func passes<Cell: ComposableCell>(_ type: Cell.Type, _ request: Request) throws -> Answer {
    let sample = Sample<Cell>(request)
    let cell = try Cell(ParameterSet(sample.parameters))
    return try timed(request.repeats) { _ in
      let found = try cell.backward(cell.forward(sample.batch), upstream: sample.upstream)
      try check(found.x.scalars.allSatisfy(\.isFinite), "a gradient is not finite")
    }
  }

  /// The full Jacobian of a cell, checked.
  static func jacobian<Cell: FusedCell>(_ type: Cell.Type, _ request: Request) throws -> Answer
  where Cell.Scalar == Double {
    let sample = Sample<Cell>(request)
    guard let stencil = Stencil(rawValue: request.stencil) else {
      throw Failure(message: "no stencil \(request.stencil)")
    }
    let bound = roundingBound(request)
    return try timed(request.repeats) { answer in
      let report = try JacobianCheck.check(
        Cell.self, parameters: sample.parameters, batch: sample.batch, stencil: stencil,
        outputBound: bound, gradientTolerance: bound, threads: request.threads)
      guard let report else { throw Failure(message: "the cell has no fused loops") }
      try check(!report.departs, "\(report.failures) entries are wrong: \(report)")
      answer.figures = [
        "entries": Double(report.entries), "evaluations": Double(report.evaluations),
        "worst": report.worst?.ratio ?? 0,
      ]
    }
  }

  /// The gradients of one loss of a cell, checked.
  static func gradients<Cell: ComposableCell>(
    _ type: Cell.Type, _ request: Request
  ) throws -> Answer where Cell.Scalar == Double {
    let sample = Sample<Cell>(request)
    let problem = Case(
      parameters: sample.parameters, batch: sample.batch, upstream: sample.upstream)
    let bound = roundingBound(request) * Double(request.batch * request.hidden * request.steps)
    return try timed(request.repeats) { answer in
      let report = try FiniteDifferences.check(
        BatchedCell(Cell.self, at: problem), lossBound: bound, gradientTolerance: { _, _ in bound })
      try check(!report.departs, "\(report.failures.count) gradients are wrong")
      answer.figures = [
        "evaluations": Double(report.evaluations), "worst": report.worst?.ratio ?? 0,
      ]
    }
  }

  /// How far rounding may take an output: (I + H + 40) operations a step on numbers of about 1.
  private static func roundingBound(_ request: Request) -> Double {
    Double((request.inputs + request.hidden + 40) * request.steps) * Double.ulpOfOne
  }

  /// Products of 1024 rows and columns, and tanh of 4096 numbers in the nearest cache.
  static func yardsticks<Scalar: CellScalar>(_ type: Scalar.Type, _ request: Request) -> Answer {
    let size = 1024
    let matrix = (0..<size * size).map { Scalar($0 % 7) - 3 }
    var result = matrix
    let product = timed(request.repeats) { _ in
      addProduct(matrix, matrix, size: size, to: &result)
    }
    var numbers = [Scalar](repeating: 0.5, count: 4096)
    let activation = timed(100 * request.repeats) { _ in
      for _ in 0..<8 { Scalar.kernels.hyperbolicTangent(numbers.count, &numbers) }
    }
    var answer = product
    answer.figures = [
      "product": 2 * Double(size * size * size) / (product.seconds.min() ?? 1),
      "tanh": (activation.seconds.min() ?? 0) / Double(8 * numbers.count),
    ]
    return answer
  }

  static func timed(
    _ repeats: Int, _ body: (inout Answer) throws -> Void
  ) rethrows -> Answer {
    var answer = Answer()
    try body(&answer)
    let clock = ContinuousClock()
    for _ in 0..<repeats {
      let time = try clock.measure { try body(&answer) }
      answer.seconds.append(time / .seconds(1))
    }
    return answer
  }

  static func check(_ holds: Bool, _ message: @autoclosure () -> String) throws {
    guard holds else { throw Failure(message: message()) }
  }
}

/// Why nothing was measured.
struct Failure: Error, CustomStringConvertible {
  let message: String
  var description: String { message }
}
