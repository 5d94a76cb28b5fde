import Conformance
import Equations
import GoldenFixtures
import Oracle
import Tensors

/// The search for what a layer is, over what it answered.
struct LayerSearch: Sendable {
  /// A case as it was asked and answered.
  struct Answered: Sendable {
    let entry: PackedRequestFile.Entry
    let sizes: LayerSizes
    let weights: [ResponseFile.Weight]
    let answers: Answers<Double>
  }

  let cases: [Answered]
  let precision: Precision
  let skeletons: [Skeleton]

  /// How far a hypothesis is from the first case's answers.
  struct Distance: Sendable, Comparable {
    /// How many elements differ in half of the digits already.
    let failures: Int
    /// The largest difference.
    let largest: Double

    static func < (left: Distance, right: Distance) -> Bool {
      (left.failures, left.largest) < (right.failures, right.largest)
    }
  }

  /// A hypothesis that agrees with every answer.
  struct Hit: Sendable {
    let hypothesis: Hypothesis
    /// The state that the layer puts out.
    let output: Symbol
    /// The largest error over tolerance.
    let worstRatio: Double
  }

  /// What was found.
  struct Outcome: Sendable {
    var hits: [Hit] = []
    var nearest: (hypothesis: Hypothesis, output: Symbol, distance: Distance)?
    var tried = 0
  }

  /// Tries every formulation in every order, and where none is exact every one with a change.
  ///
  /// - Throws: `CancellationError`.
  func run() async throws -> Outcome {
    var outcome = try await run(hypotheses { _, _ in [nil] })
    guard outcome.hits.isEmpty else { return outcome }
    let changed = try await run(
      hypotheses { skeleton, biases in Self.changes(of: skeleton, biases).map { $0 } })
    outcome.hits = changed.hits
    outcome.tried += changed.tried
    if let other = changed.nearest,
      outcome.nearest.map({ other.distance < $0.distance }) ?? true
    {
      outcome.nearest = other
    }
    return outcome
  }

  // MARK: What is tried

  private func hypotheses(
    _ changes: (Skeleton, [Skeleton.Biases]) -> [Hypothesis.Change?]
  ) -> [Hypothesis] {
    guard let first = cases.first else { return [] }
    return skeletons.flatMap { skeleton in
      let layouts = WeightLayout.layouts(
        of: first.weights, gates: skeleton.gates.count, first.sizes,
        tellingBiasesApart: skeleton.tellsBiasesApart)
      var known: [[Skeleton.Biases]: [Hypothesis.Change?]] = [:]
      return layouts.flatMap { layout in
        skeleton.gates.count.orders.flatMap { order -> [Hypothesis] in
          let biases = Hypothesis.biases(layout, order)
          let changes = known[biases] ?? changes(skeleton, biases)
          known[biases] = changes
          return skeleton.complementChoices.flatMap { complements in
            skeleton.stateChoices.flatMap { states in
              changes.map {
                Hypothesis(
                  skeleton: skeleton, layout: layout, order: order, complements: complements,
                  states: states, change: $0)
              }
            }
          }
        }
      }
    }
  }

  /// The changes of equations that are no matter of where gates lie.
  private static func changes(
    of skeleton: Skeleton, _ biases: [Skeleton.Biases]
  ) -> [Hypothesis.Change] {
    let kinds: Set<EquationMutant.Kind> = [.activation, .placement, .time, .peephole]
    let mutants = (try? skeleton.formulation(biases: biases).mutants()) ?? []
    return [.zeroStates]
      + mutants.filter { kinds.contains($0.kind) }.map { .equations($0.change, $0.formulation) }
  }

  // MARK: Trying

  private func run(_ hypotheses: [Hypothesis]) async throws -> Outcome {
    // Those with the same equations go together, so that these are made ready once.
    let size = 256
    var outcome = Outcome()
    try await withThrowingTaskGroup(of: Outcome.self) { group in
      for alike in Dictionary(grouping: hypotheses, by: \.change).values {
        for start in stride(from: 0, to: alike.count, by: size) {
          group.addTask {
            try Task.checkCancellation()
            return tried(alike[start..<min(start + size, alike.count)])
          }
        }
      }
      for try await part in group {
        outcome.hits += part.hits
        outcome.tried += part.tried
        if let other = part.nearest,
          outcome.nearest.map({ other.distance < $0.distance }) ?? true
        {
          outcome.nearest = other
        }
      }
    }
    return outcome
  }

  private func tried(_ hypotheses: ArraySlice<Hypothesis>) -> Outcome {
    var outcome = Outcome()
    var references: [Formulation: Reference] = [:]
    for hypothesis in hypotheses {
      outcome.tried += 1
      guard let formulation = try? hypothesis.formulation() else { continue }
      if references[formulation] == nil {
        references[formulation] = try? Reference(valuesOf: formulation)
      }
      guard let reference = references[formulation] else { continue }
      guard let (output, distance) = nearestOutput(hypothesis, reference, in: 0) else { continue }
      if outcome.nearest.map({ distance < $0.distance }) ?? true {
        outcome.nearest = (hypothesis, output, distance)
      }
      guard distance.failures == 0,
        cases.indices.dropFirst().allSatisfy({
          guard let expected = values(of: hypothesis, reference, in: $0) else { return false }
          return self.distance(hypothesis, from: expected, output: output, in: $0)?.failures == 0
        }),
        let exact = try? Reference(formulation),
        let worst = exactWorst(hypothesis, exact, output: output)
      else { continue }
      outcome.hits.append(Hit(hypothesis: hypothesis, output: output, worstRatio: worst))
    }
    return outcome
  }

  /// The state whose values come nearest to what the layer puts out.
  private func nearestOutput(
    _ hypothesis: Hypothesis, _ reference: Reference, in index: Int
  ) -> (output: Symbol, distance: Distance)? {
    guard let expected = values(of: hypothesis, reference, in: index) else { return nil }
    return hypothesis.skeleton.formulation.states.compactMap { state in
      distance(hypothesis, from: expected, output: state, in: index).map { (state, $0) }
    }.min { $0.distance < $1.distance }
  }

  private func values(
    of hypothesis: Hypothesis, _ reference: Reference, in index: Int
  ) -> Answers<Double>? {
    problem(hypothesis, in: index).flatMap { try? reference.answers(to: $0, in: Double.self) }
  }

  /// How far plain arithmetic is from the answers; it decides nothing but what is worth exact arithmetic.
  private func distance(
    _ hypothesis: Hypothesis, from expected: Answers<Double>, output: Symbol, in index: Int
  ) -> Distance? {
    var failures = 0
    var largest = 0.0
    for (quantity, found) in hypothesis.answers(cases[index].answers, output: output) {
      guard let right = expected[quantity], right.shape == found.shape else { return nil }
      let size = right.scalars.reduce(precision.smallestNormal) { max($0, $1.magnitude) }
      let bound = size * precision.unitRoundoff.squareRoot()
      for (a, b) in zip(found.scalars, right.scalars) {
        let error = (a - b).magnitude
        if !(error <= bound) { failures += 1 }
        largest = error.isNaN ? .infinity : max(largest, error)
      }
    }
    return Distance(failures: failures, largest: largest)
  }

  private func problem(_ hypothesis: Hypothesis, in index: Int) -> Case<Double>? {
    let answered = cases[index]
    // The hypotheses were made from the first case's weights.
    guard index > 0 else { return hypothesis.problem(answered.entry, hypothesis.layout) }
    let layout = WeightLayout.layouts(
      of: answered.weights, gates: hypothesis.skeleton.gates.count, answered.sizes,
      tellingBiasesApart: hypothesis.skeleton.tellsBiasesApart
    ).first { $0.roles == hypothesis.layout.roles }
    return layout.map { hypothesis.problem(answered.entry, $0) }
  }

  // MARK: Exact arithmetic

  /// The largest error over the derived tolerance in any case; nil where something departs.
  private func exactWorst(
    _ hypothesis: Hypothesis, _ reference: Reference, output: Symbol
  ) -> Double? {
    var worst = 0.0
    for index in cases.indices {
      guard let grading = grading(hypothesis, reference, output: output, in: index),
        grading.failures == 0, grading.elements > 0, grading.malformed == nil
      else { return nil }
      worst = max(worst, grading.worst?.ratio ?? 0)
    }
    return worst
  }

  /// A layer's answers held against the exact ones.
  func grading(
    _ hypothesis: Hypothesis, _ reference: Reference, output: Symbol, in index: Int
  ) -> Grading? {
    guard let problem = problem(hypothesis, in: index),
      let goldens = try? reference.goldens(for: problem)
    else { return nil }
    let states = hypothesis.skeleton.formulation.states.map(\.name)
    let found = hypothesis.answers(cases[index].answers, output: output)
    func grade(_ activations: ActivationClass) -> Grading {
      let tolerance = Tolerance(precision, activations: activations)
      return Grading(
        found, order: [.sequence(output.name)] + states.map { .final($0) },
        walk: { reference.formulation.walk(of: $0, backwardPass: false) },
        expected: goldens.answers.filter { found[$0.key] != nil }
      ) { quantity, index, expected in
        guard let scale = goldens.scales[quantity], let count = goldens.answers[quantity]?.count
        else { return 0 }
        return tolerance.tolerance(scale, at: index, of: count, expected: expected)
      }
    }
    let relative = grade(.relative)
    guard relative.failures > 0 else { return relative }
    let absolute = grade(.absolute)
    return absolute.failures > 0 ? relative : absolute
  }
}

extension Reference {
  /// A formulation whose gradients nobody asks for: every one of them is zero, and quick.
  fileprivate init(valuesOf formulation: Formulation) throws(EquationError) {
    var system = try GradientSystem(of: formulation)
    for index in system.adjoints.indices {
      system.adjoints[index].contributions = []
      system.adjoints[index].firstContributions = []
      system.adjoints[index].lastContributions = []
    }
    system.input = []
    for index in system.parameters.indices { system.parameters[index].terms = [] }
    self = Reference(formulation, gradients: system).keepingGraphs
  }
}
