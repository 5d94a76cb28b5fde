import RecurrentCells

/// The equations of a whole sequence, written out once more in loops.
protocol SequenceEquations: Sendable {
  /// Everything that a sequence computes.
  ///
  /// - Parameter held: states that stay as they were wherever a step uses those of another chunk; nil
  ///   where every step uses the states that this run computes.
  func run(_ p: Operands, _ xs: [[Tracked]], initial: [String: [Tracked]], held: Held?) -> Run
}

/// The states of an earlier run, held fixed between the chunks of a sequence.
struct Held {
  /// The earlier run.
  var run: Run
  /// The initial states of the earlier run.
  var initial: [String: [Tracked]]
  /// The chunk that a step lies in.
  let chunk: @Sendable (Int) -> Int

  /// The states before a step: this run's own in the chunk of the step, the earlier run's in others.
  func states(before step: Int, of past: Past) -> Past {
    var mixed = past
    for (state, vectors) in past.states {
      for index in vectors.indices where chunk(max(index - 1, 0)) != chunk(step) {
        let earlier = index == 0 ? initial[state] : run.signals[state]?[index - 1]
        mixed.states[state]?[index] = earlier ?? []
      }
    }
    return mixed
  }

  /// The same for a part that has other names.
  func renamed(_ own: (String) -> String?) -> Held {
    var part = self
    part.run.signals = run.signals.renamed(own)
    part.initial = initial.renamed(own)
    return part
  }

  /// The same in the other order of steps.
  func reversed(steps: Int) -> Held {
    let chunk = chunk
    var back = Held(run: run, initial: initial) { chunk(steps - 1 - $0) }
    back.run.signals = run.signals.mapValues { $0.reversed() }
    return back
  }
}

/// What the equations of one sequence give.
struct Run {
  /// By signal, the vectors of the steps.
  var signals: [String: [[Tracked]]] = [:]
  /// By output of the last state, its vector.
  var lastOutputs: [String: [Tracked]] = [:]
  /// By state, its vector after the last step.
  var final: [String: [Tracked]] = [:]

  /// The same under other names.
  func renamed(_ name: (String) -> String) -> Run {
    func renamed<Value>(_ values: [String: Value]) -> [String: Value] {
      Dictionary(uniqueKeysWithValues: values.map { (name($0), $1) })
    }
    return Run(
      signals: renamed(signals), lastOutputs: renamed(lastOutputs), final: renamed(final))
  }

  /// This and another one.
  func merging(_ other: Run) -> Run {
    Run(
      signals: signals.merging(other.signals) { $1 },
      lastOutputs: lastOutputs.merging(other.lastOutputs) { $1 },
      final: final.merging(other.final) { $1 })
  }

  /// Some signals of every step, one below the other.
  func stacked(_ letters: [String], steps: Int) -> [[Tracked]] {
    (0..<steps).map { step in letters.flatMap { signals[$0]?[step] ?? [] } }
  }
}

extension Equations: SequenceEquations {
  func run(
    _ p: Operands, _ xs: [[Tracked]], initial: [String: [Tracked]], held: Held?
  ) -> Run {
    var past = Past(states: initial.mapValues { [$0] })
    var run = Run()
    for (t, x) in xs.enumerated() {
      let now = step(p, x, held?.states(before: t, of: past) ?? past)
      for (letter, vector) in now { run.signals[letter, default: []].append(vector) }
      for state in past.states.keys { past.states[state]?.append(now[state] ?? []) }
    }
    run.lastOutputs = output(p, past)
    for state in past.states.keys { run.final[state] = past[state] }
    return run
  }
}

/// Both directions of some equations.
struct BidirectionalEquations: SequenceEquations {
  let inner: any SequenceEquations

  func run(
    _ p: Operands, _ xs: [[Tracked]], initial: [String: [Tracked]], held: Held?
  ) -> Run {
    func direction(_ suffix: String, _ xs: [[Tracked]], _ held: Held?) -> Run {
      func own(_ name: String) -> String? {
        name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : nil
      }
      let run = inner.run(
        p.renamed(own), xs, initial: initial.renamed(own), held: held?.renamed(own))
      return run.renamed { $0 + suffix }
    }
    var back = direction("_backward", xs.reversed(), held?.reversed(steps: xs.count))
    back.signals = back.signals.mapValues { $0.reversed() }
    return direction("_forward", xs, held).merging(back)
  }
}

/// Layers of some equations.
struct DeepEquations: SequenceEquations {
  let inner: any SequenceEquations
  let layers: Int
  /// The signals of a layer that the one above reads.
  let passedUp: [String]

  func run(
    _ p: Operands, _ xs: [[Tracked]], initial: [String: [Tracked]], held: Held?
  ) -> Run {
    var (whole, xs) = (Run(), xs)
    for layer in 1...layers {
      let own = { LayerName(layer: layer).own($0) }
      let run = inner.run(
        p.renamed(own), xs, initial: initial.renamed(own), held: held?.renamed(own))
      xs = run.stacked(passedUp, steps: xs.count)
      whole = whole.merging(run.renamed { LayerName(layer: layer).whole($0) })
    }
    return whole
  }
}

/// Names within a layer: the layer comes after the own name and before a direction.
struct LayerName {
  let layer: Int

  func whole(_ own: String) -> String {
    let (stem, direction) = split(own)
    return "\(stem)_\(layer)\(direction)"
  }

  func own(_ whole: String) -> String? {
    let (stem, direction) = split(whole)
    guard stem.hasSuffix("_\(layer)") else { return nil }
    return stem.dropLast("_\(layer)".count) + direction
  }

  private func split(_ name: String) -> (stem: String, direction: String) {
    for direction in ["_forward", "_backward"] where name.hasSuffix(direction) {
      return (String(name.dropLast(direction.count)), direction)
    }
    return (name, "")
  }
}

/// Some equations with o = O(V h), or O(V h + c), at every step.
struct OutputEquations: SequenceEquations {
  let inner: any SequenceEquations
  let function: Output
  let hasBias: Bool
  /// The signals that h is made of.
  let passedUp: [String]

  func run(
    _ p: Operands, _ xs: [[Tracked]], initial: [String: [Tracked]], held: Held?
  ) -> Run {
    var run = inner.run(p, xs, initial: initial, held: held)
    run.signals["o"] = run.stacked(passedUp, steps: xs.count).map {
      function(hasBias ? p.layer("V", $0, "c") : p.times("V", $0), p)
    }
    return run
  }
}

/// Some equations whose x is zero after the first step.
struct OneToManyEquations: SequenceEquations {
  let inner: any SequenceEquations

  func run(
    _ p: Operands, _ xs: [[Tracked]], initial: [String: [Tracked]], held: Held?
  ) -> Run {
    let later = xs.dropFirst().map { $0.map { _ in Tracked(0, u: p.u) } }
    return inner.run(p, xs.prefix(1) + later, initial: initial, held: held)
  }
}

extension Operands {
  /// The parameters that have a name of their own within a part, under it.
  func renamed(_ own: (String) -> String?) -> Operands {
    Operands(parameters: parameters.renamed(own), u: u)
  }
}

extension Dictionary where Key == String {
  fileprivate func renamed(_ own: (String) -> String?) -> Self {
    reduce(into: [:]) { part, entry in
      if let name = own(entry.key) { part[name] = entry.value }
    }
  }
}
