import Equations
import Oracle
import Tensors

extension CaseFamily {
  /// The case of this family for a formulation: the same numbers on every machine.
  ///
  /// Parameters are distinct and, saturated cases aside, small enough that no gate is near its ends; biases
  /// and initial states are never zero. Upstream gradients are dense, signed and of mixed scale.
  ///
  /// - Parameter seed: one after the family's own; nil for that.
  public func problem(for formulation: Formulation, seed: UInt64? = nil) -> Case<Double> {
    let numbers = CaseNumbers(seed: seed ?? self.seed)
    let sizes = sizes(for: formulation)

    var parameters: [String: Tensor<Double>] = [:]
    for parameter in formulation.parameters {
      let extents = parameter.shape.extents(sizes)
      let range = range(of: parameter, in: formulation, extents: extents)
      let tensor = numbers.tensor(
        "parameters/\(parameter.name)", extents, low: range.low, high: range.high)
      let isFraction = formulation.declaration.notation.fractions.contains(parameter.name)
      parameters[parameter.name] =
        if isFraction {
          tensor.map { $0.magnitude }
        } else if regime == .cancelling {
          Cancellation.paired(tensor, parameter.shape, sizes)
        } else {
          tensor
        }
    }
    func vectors(
      _ folder: String, _ signals: [Symbol], _ leading: [Int], _ range: (low: Int, high: Int)
    ) -> [String: Tensor<Double>] {
      Dictionary(
        uniqueKeysWithValues: signals.map { signal in
          (
            signal.name,
            numbers.tensor(
              "\(folder)/\(signal.name)", leading + [sizes[formulation.axis(of: signal)]],
              low: range.low, high: range.high)
          )
        })
    }
    var upstream = Upstream<Double>(sequence: [:], final: [:])
    if upstreamPlan != .finalStates {
      for output in formulation.outputs {
        let rows = formulation.steps(of: output, in: steps)
        upstream.sequence.merge(
          vectors("upstream/sequence", [output], [rows, batch], cotangentRange)
        ) { $1 }
      }
      if upstreamPlan == .lastStep {
        upstream.sequence = upstream.sequence.mapValues { tensor in
          let rows = tensor.shape[0]
          let earlier = tensor.count / max(rows, 1) * (rows - 1)
          var position = -1
          return tensor.map { number -> Double in
            position += 1
            return position < earlier ? 0 : number
          }
        }
      }
    }
    if upstreamPlan != .lastStep {
      upstream.final = vectors("upstream/final", formulation.states, [batch], cotangentRange)
    }
    let x = numbers.tensor(
      "inputs/x", [steps, batch, sizes.input], low: inputRange(of: formulation).low,
      high: inputRange(of: formulation).high)
    return Case(
      parameters: parameters,
      batch: SequenceBatch(
        x: regime == .cancelling ? Cancellation.opposed(x) : x,
        lengths: lengths,
        initial: vectors("initial", formulation.states, [batch], stateRange)),
      upstream: upstream)
  }

  /// The seed of the case's numbers: the family's name, so that formulations with parameters of one name
  /// have the same ones.
  public var seed: UInt64 {
    var generator = CounterGenerator(seed: Self.publishedSeed, name: name)
    return generator.next()
  }

  /// The seed that all cases start from.
  public static let publishedSeed: UInt64 = 20_150_311

  /// The seed of the case for a formulation: the family's own, or the first after it whose case keeps
  /// clear of the kinks of relu.
  ///
  /// - Throws: `OracleError` when the case does not fit the formulation, or no seed serves.
  func seed(for reference: Reference) throws(OracleError) -> UInt64 {
    for attempt in 0..<10_000 as Range<UInt64> {
      let candidate = seed &+ attempt
      if try reference.isClearOfKinks(problem(for: reference.formulation, seed: candidate)) {
        return candidate
      }
    }
    throw OracleError(
      code: .undecided, message: "no seed of the case '\(name)' keeps clear of the kinks of relu",
      formulation: reference.formulation.id)
  }

  private var upstreamPlan: UpstreamPlan { upstream }

  /// The sizes, the input's made equal to the states' where the equations add them.
  func sizes(for formulation: Formulation) -> Sizes {
    var sizes = sizes
    if formulation.tiesInputToHidden { sizes.input = sizes.hidden }
    return sizes
  }

  // Ranges of magnitude, as exponents of two.

  private func range(
    of parameter: Parameter, in formulation: Formulation, extents: [Int]
  ) -> (low: Int, high: Int) {
    if formulation.declaration.notation.fractions.contains(parameter.name) { return (-4, 0) }
    return extents.count == 1 ? biasRange : weightRange(fanIn: extents[1])
  }

  private func weightRange(fanIn: Int) -> (low: Int, high: Int) {
    fanIn > 8 ? (-6, -1) : (-5, 0)
  }

  private var biasRange: (low: Int, high: Int) {
    switch regime {
    case .ordinary, .cancelling: (-4, 0)
    case .saturated: (2, 5)
    case .tiny: (-72, -68)
    }
  }

  /// Where there is no bias to saturate the gates, the inputs do.
  private func inputRange(of formulation: Formulation) -> (low: Int, high: Int) {
    let fractions = formulation.declaration.notation.fractions
    let hasBias = formulation.parameters.contains {
      $0.shape.columns == nil && !fractions.contains($0.name)
    }
    return switch regime {
    case .ordinary: (-4, 1)
    case .cancelling: (3, 6)
    case .saturated: hasBias ? (0, 3) : (3, 6)
    case .tiny: (-72, -68)
    }
  }

  private var stateRange: (low: Int, high: Int) {
    switch regime {
    case .ordinary, .cancelling: (-4, 0)
    case .saturated: (0, 3)
    case .tiny: (-72, -68)
    }
  }

  /// Tiny ones lie on both sides of where their products with tiny inputs fall below the smallest normal
  /// float32, so that some gradients are there to be seen in it.
  private var cotangentRange: (low: Int, high: Int) { regime == .tiny ? (-72, -40) : (-3, 2) }
}
