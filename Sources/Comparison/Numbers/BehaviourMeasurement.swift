import Equations
import Oracle
import Tensors

extension FormulationComparison.Behaviour {
  /// Measures the two on the same numbers.
  init(_ numbers: SharedNumbers, tied: Bool, options: ComparisonOptions) {
    self.init(signals: [], seed: options.seed, steps: [], unavailable: nil)
    let sizes = tied ? options.sizes.tied : options.sizes
    if let obstacle = NumericalObstacle.any(
      in: [numbers.a, numbers.b], sizes: sizes, steps: options.steps)
    {
      unavailable = obstacle
      return
    }
    guard let pair = numbers.mainPair else {
      unavailable = "no output or state of A corresponds to one of B"
      return
    }
    let (a, b) = numbers.cases(
      sizes: sizes, steps: options.steps, batch: 1, seed: options.seed,
      loss: .lastStep(a: pair.a, b: pair.b))
    do {
      let x = try Reference(numbers.a).answers(to: a, in: Double.self)
      let y = try Reference(numbers.b).answers(to: b, in: Double.self)
      let values = (x[.sequence(pair.a.name)], y[.sequence(pair.b.name)])
      let gradients = (
        x[.inputs(numbers.a.input.name)], y[.inputs(numbers.b.input.name)]
      )
      steps = (0..<options.steps).map { step in
        let (h, k) = (
          Self.row(values.0, step, of: options.steps), Self.row(values.1, step, of: options.steps)
        )
        return Step(
          step: step + 1, distance: Self.norm(zip(h, k).map { $0 - $1 }),
          gradientA: Self.norm(Self.row(gradients.0, step, of: options.steps)),
          gradientB: Self.norm(Self.row(gradients.1, step, of: options.steps)))
      }
      guard steps.allSatisfy({ ($0.distance + $0.gradientA + $0.gradientB).isFinite }) else {
        steps = []
        unavailable = "the numbers leave the range of float64"
        return
      }
      signals = [pair.a.name, pair.b.name]
    } catch let error as OracleError {
      unavailable = error.description
    } catch let error as EquationError {
      unavailable = error.description
    } catch {
      unavailable = String(describing: error)
    }
  }

  /// One step of a sequence [T,1,N]; of an output of the last step alone, [1,1,N], nothing before it.
  private static func row(_ tensor: Tensor<Double>?, _ step: Int, of steps: Int) -> [Double] {
    guard let tensor, let width = tensor.shape.last else { return [] }
    let row = tensor.shape[0] == steps ? step : step - (steps - 1)
    guard (0..<tensor.shape[0]).contains(row) else { return [] }
    return (0..<width).map { tensor[row * width + $0] }
  }

  private static func norm(_ vector: [Double]) -> Double {
    vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}

extension SharedNumbers {
  /// The first pair of outputs; where there is none, the first of signals that may have an upstream gradient.
  fileprivate var mainPair: (a: Symbol, b: Symbol)? {
    let plain = signals.filter { !$0.isComplement }
    let pair =
      plain.first { a.outputs.contains($0.a) && b.outputs.contains($0.b) }
      ?? plain.first { a.mayHaveUpstream($0.a) && b.mayHaveUpstream($0.b) }
    return pair.map { ($0.a, $0.b) }
  }
}
