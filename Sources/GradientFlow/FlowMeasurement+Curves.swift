import BallArithmetic
import Equations
import Oracle

extension FlowMeasurement {
  /// Measures how far back gradients flow.
  ///
  /// Every Jacobian is exact, every product of them a product of balls, and every norm an enclosed
  /// spectral norm, rounded once.
  ///
  /// - Throws: `FlowError` or `OracleError` where a formulation cannot be measured; `CancellationError`.
  public init(
    of formulations: [Formulation], options: FlowOptions = FlowOptions()
  ) async throws {
    let tasks = options.scales.flatMap { scale in formulations.map { (scale, $0) } }
    let curves = try await withThrowingTaskGroup(of: (Int, [FlowCurve]).self) { group in
      for (index, (scale, formulation)) in tasks.enumerated() {
        group.addTask {
          try Task.checkCancellation()
          return (index, try Self.curves(of: formulation, scale: scale, options))
        }
      }
      return try await group.reduce(into: [Int: [FlowCurve]]()) { $0[$1.0] = $1.1 }
    }
    self.options = options
    panels = options.scales.enumerated().map { panel, scale in
      FlowPanel(
        scale: scale,
        curves: formulations.indices.flatMap { curves[panel * formulations.count + $0] ?? [] })
    }
  }

  private static let highestPrecision = 4096
  /// Up to here the curves are certain; they are printed with fewer digits.
  private static let decidedBits = 40
  /// About a hundred bytes each.
  private static let mostElements = 1 << 22

  private static func curves(
    of formulation: Formulation, scale: Double, _ options: FlowOptions
  ) throws -> [FlowCurve] {
    guard !formulation.states.isEmpty else {
      throw FlowError(
        code: .stateless,
        message: "no equation reads a signal of an earlier step, so no gradient"
          + " flows from step to step", formulation: formulation.id)
    }
    let weights = FlowWeights(formulation, options, scale: scale)
    let width = weights.layout.width
    guard width.multipliedReportingOverflow(by: width).partialValue < Self.mostElements,
      width * width * options.steps <= Self.mostElements
    else {
      throw FlowError(
        code: .size,
        message: "Jacobians of \(width) units over \(options.steps) steps take too much memory;"
          + " choose fewer steps or units", formulation: formulation.id)
    }
    let dynamics = try StateDynamics(formulation)
    var bits = 256
    while true {
      try Task.checkCancellation()
      let precision = Ball.Precision(bits: bits)
      do {
        let trajectory = try dynamics.trajectory(of: weights.problem, precision: precision)
        let bound = weights.matrixOfVanillaForm.map {
          Self.bound($0.matrix, slope: $0.slope, steps: options.steps, precision)
        }
        return try formulation.states.map { state in
          let norms = try trajectory.products(of: state, precision: precision).map {
            let norm = SpectralNorm(of: $0, precision: precision)
            guard norm.isDecided(bits: Self.decidedBits) else { throw Undecided() }
            return FlowNorm(norm.upper)
          }
          return FlowCurve(
            formulation: formulation.id, state: state.name, norms: norms, bound: bound)
        }
      } catch is Undecided where bits < Self.highestPrecision {
        bits *= 2
      } catch let error as OracleError
        where error.code == .notFinite && bits < Self.highestPrecision
      {
        bits *= 2
      } catch is Undecided {
        throw FlowError(
          code: .undecided,
          message: "a norm is not decided at \(bits) bits; choose fewer steps or smaller weights",
          formulation: formulation.id)
      }
    }
  }

  /// The balls are too wide.
  private struct Undecided: Error {}

  private static func bound(
    _ matrix: BallMatrix, slope: Double, steps: Int, _ precision: Ball.Precision
  ) -> FlowCurve.Bound {
    let norm = SpectralNorm(of: matrix, precision: precision).upper
    let factor = norm.multiplied(by: Ball(slope), precision: precision)
    var power = Ball.one
    var values = [FlowNorm(power)]
    for _ in 0..<steps {
      power = power.multiplied(by: factor, precision: precision)
      values.append(FlowNorm(power))
    }
    return .init(matrixNorm: FlowNorm(norm), slope: slope, values: values)
  }
}
