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
    /// Where nothing is exact.
    var nearest: Candidate?
    var tried = 0
  }

  /// Tries every formulation in every order, and where none is exact every one with a change.
  ///
  /// - Throws: `CancellationError`.
  func run() async throws -> Outcome {
    let plain = try await screened(hypotheses { _, _ in [nil] })
    var outcome = Outcome(hits: plain.hits, tried: plain.tried)
    guard outcome.hits.isEmpty else { return outcome }
    let changed = try await screened(
      hypotheses { skeleton, biases in Self.changes(of: skeleton, biases).map { $0 } })
    outcome.hits = changed.hits
    outcome.tried += changed.tried
    outcome.nearest = nearest(among: plain.candidates)
    // A change that makes no more elements right would only mislead.
    if let other = nearest(among: changed.candidates),
      outcome.nearest.map({ other.distance.failures < $0.distance.failures }) ?? true
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
    let states = first.answers.keys.count { if case .final = $0 { true } else { false } }
    return skeletons.filter { $0.formulation.states.count >= states }.flatMap { skeleton in
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

  private func screened(_ hypotheses: [Hypothesis]) async throws -> Screening {
    // Those with the same equations go together, so that these are made ready once.
    let alike = Dictionary(grouping: hypotheses.indices, by: { hypotheses[$0].change }).values
      .sorted { $0[0] < $1[0] }
    let size = 256
    let parts = alike.flatMap { group in
      stride(from: 0, to: group.count, by: size).map { group[$0..<min($0 + size, group.count)] }
    }
    var screenings: [(order: Int, screening: Screening)] = []
    try await withThrowingTaskGroup(of: (Int, Screening).self) { group in
      for (order, part) in parts.enumerated() {
        group.addTask {
          try Task.checkCancellation()
          return (order, screened(together: part.map { hypotheses[$0] }))
        }
      }
      for try await done in group { screenings.append(done) }
    }
    var screening = Screening()
    for part in screenings.sorted(by: { $0.order < $1.order }) { screening.join(part.screening) }
    return screening
  }

  private func screened(together hypotheses: [Hypothesis]) -> Screening {
    var screening = Screening()
    var references: [Formulation: Reference] = [:]
    guard let question = cases.first?.firstStep else { return screening }
    for hypothesis in hypotheses {
      screening.tried += 1
      guard let formulation = try? hypothesis.formulation() else { continue }
      if references[formulation] == nil {
        references[formulation] = try? Reference(formulation).withoutGradients.keepingGraphs
      }
      guard let reference = references[formulation],
        let candidate = candidate(hypothesis, reference, answering: question)
      else { continue }
      screening.consider(candidate)
      guard candidate.distance.failures == 0,
        cases.allSatisfy({
          self.candidate(hypothesis, reference, answering: $0, output: candidate.output)?
            .distance.failures == 0
        }),
        let exact = try? Reference(formulation),
        let worst = exactWorst(hypothesis, exact, output: candidate.output)
      else { continue }
      screening.hits.append(
        Hit(hypothesis: hypothesis, output: candidate.output, worstRatio: worst))
    }
    return screening
  }

  /// The candidate that is nearest to all answers to the first case.
  private func nearest(among candidates: [Candidate]) -> Candidate? {
    guard let first = cases.first else { return nil }
    return candidates.compactMap { candidate in
      guard let formulation = try? candidate.hypothesis.formulation(),
        let reference = try? Reference(formulation).withoutGradients
      else { return nil }
      return self.candidate(
        candidate.hypothesis, reference, answering: first, output: candidate.output)
    }.min { $0.distance < $1.distance }
  }

  /// A hypothesis held against some answers by plain arithmetic.
  ///
  /// - Parameter output: the state that the layer puts out; the one that comes nearest where nil.
  private func candidate(
    _ hypothesis: Hypothesis, _ reference: Reference, answering answered: Answered,
    output: Symbol? = nil
  ) -> Candidate? {
    guard let problem = problem(hypothesis, of: answered),
      let expected = try? reference.answers(to: problem, in: Double.self)
    else { return nil }
    let outputs = output.map { [$0] } ?? hypothesis.skeleton.formulation.states
    return outputs.compactMap { output in
      Distance(
        of: hypothesis.answers(answered.answers, output: output), from: expected, in: precision
      ).map { Candidate(hypothesis: hypothesis, output: output, distance: $0) }
    }.min { $0.distance < $1.distance }
  }

  private func problem(_ hypothesis: Hypothesis, of answered: Answered) -> Case<Double>? {
    // The hypotheses were made from the first case's weights.
    if answered.entry.name == cases.first?.entry.name {
      return hypothesis.problem(answered.entry, hypothesis.layout)
    }
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
    guard let problem = problem(hypothesis, of: cases[index]),
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
      ) { quantity in
        tolerance.bound(goldens.scales[quantity], of: goldens.answers[quantity]?.count ?? 0)
      }
    }
    let relative = grade(.relative)
    guard relative.failures > 0 else { return relative }
    let absolute = grade(.absolute)
    return absolute.failures > 0 ? relative : absolute
  }
}
