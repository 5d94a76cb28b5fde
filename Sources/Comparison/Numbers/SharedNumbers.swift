import Equations
import Tensors

/// Cases for two formulations with the same numbers in corresponding places.
///
/// Every number is a multiple of 2^−6, so that signs and sums of parameters are exact.
package struct SharedNumbers {
  let a: Formulation
  let b: Formulation
  /// The signals of B by those of A, printed ones only.
  let signals: [(a: Symbol, b: Symbol, isComplement: Bool)]
  let parameters: ParameterMap

  /// - Parameters:
  ///   - map: the signals of B by those of A; those that are not printed are left out.
  ///   - complemented: the gates of A that are one minus their counterparts.
  package init(
    a: Formulation, b: Formulation, map: SignalMap, complemented: Set<Symbol>,
    parameters: ParameterMap
  ) {
    self.a = a
    self.b = b
    self.parameters = parameters
    signals = a.signals.compactMap { s in
      guard let u = map.image[s], b.signals.contains(u) else { return nil }
      return (s, u, complemented.contains(s))
    }
  }

  /// Which gradients come from outside.
  enum Loss {
    /// Random ones on every corresponding signal that may have one, at every step and at the end.
    case everywhere
    /// One on every unit of a corresponding output at the last step.
    case lastStep(a: Symbol, b: Symbol)
  }

  func cases(
    sizes: Sizes, steps: Int, batch: Int, seed: UInt64, loss: Loss
  ) -> (a: Case<Double>, b: Case<Double>) {
    func numbers(_ name: String, _ shape: [Int]) -> Tensor<Double> {
      var generator = CounterGenerator(seed: seed, name: name)
      return Tensor(shape: shape) { _ in
        let bits = generator.next()
        let magnitude = Double(1 + (bits >> 32) % 47) * 0x1p-6
        return bits & 1 == 0 ? magnitude : -magnitude
      }
    }
    func width(_ signal: Symbol, in formulation: Formulation) -> Int {
      sizes[formulation.axis(of: signal)]
    }

    var left: [String: Tensor<Double>] = [:]
    var right: [String: Tensor<Double>] = [:]
    let fractions = fractions
    for parameter in a.parameters {
      let tensor = numbers("A/\(parameter.name)", parameter.shape.extents(sizes))
      left[parameter.name] =
        fractions.a.contains(parameter.name) ? tensor.map(\.magnitude) : tensor
    }
    for parameter in b.parameters {
      let tensor = numbers("B/\(parameter.name)", parameter.shape.extents(sizes))
      right[parameter.name] =
        fractions.b.contains(parameter.name) ? tensor.map(\.magnitude) : tensor
    }
    carry(&left, &right, sizes)

    let x = numbers("x", [steps, batch, width(a.input, in: a)])
    var (initialA, initialB) = ([String: Tensor<Double>](), [String: Tensor<Double>]())
    for state in a.states {
      initialA[state.name] = numbers("initial/A/\(state.name)", [batch, width(state, in: a)])
    }
    for state in b.states {
      let source = signals.first { $0.b == state }?.a
      initialB[state.name] =
        source.flatMap { initialA[$0.name] }
        ?? numbers("initial/B/\(state.name)", [batch, width(state, in: b)])
    }

    var upstreamA = Upstream<Double>(sequence: [:], final: [:])
    var upstreamB = upstreamA
    switch loss {
    case .everywhere:
      for (s, u, isComplement) in signals
      where !isComplement && a.mayHaveUpstream(s) && b.mayHaveUpstream(u)
        && a.isAtOneStepAlone(s) == b.isAtOneStepAlone(u)
      {
        let rows = a.steps(of: s, in: steps)
        let sequence = numbers("upstream/\(s.name)", [rows, batch, width(s, in: a)])
        upstreamA.sequence[s.name] = sequence
        upstreamB.sequence[u.name] = sequence
        if a.states.contains(s), b.states.contains(u) {
          let final = numbers("final/\(s.name)", [batch, width(s, in: a)])
          upstreamA.final[s.name] = final
          upstreamB.final[u.name] = final
        }
      }
    case .lastStep(let s, let u):
      func last(_ signal: Symbol, in formulation: Formulation) -> Tensor<Double> {
        let count = batch * width(signal, in: formulation)
        let rows = formulation.steps(of: signal, in: steps)
        return Tensor(shape: [rows, batch, width(signal, in: formulation)]) {
          $0 >= (rows - 1) * count ? 1 : 0
        }
      }
      upstreamA.sequence[s.name] = last(s, in: a)
      upstreamB.sequence[u.name] = last(u, in: b)
    }
    return (
      Case(
        parameters: left, batch: SequenceBatch(x: x, initial: initialA), upstream: upstreamA),
      Case(
        parameters: right, batch: SequenceBatch(x: x, initial: initialB), upstream: upstreamB)
    )
  }

  /// The parameters whose numbers must not be negative: those that lie between 0 and 1, and what is copied
  /// to or from one of them.
  private var fractions: (a: Set<String>, b: Set<String>) {
    let (ofA, ofB) = (a.declaration.notation.fractions, b.declaration.notation.fractions)
    var fractions = (a: ofA, b: ofB)
    for relation in parameters.relations {
      let (left, right) = (
        relation.a.map(\.slot.symbol.name), relation.b.map(\.slot.symbol.name)
      )
      if right.contains(where: ofB.contains) { fractions.a.formUnion(left) }
      if left.contains(where: ofA.contains) { fractions.b.formUnion(right) }
    }
    return fractions
  }

  /// Makes the parameters obey their relations: the last one of B's sum takes what is left.
  private func carry(
    _ left: inout [String: Tensor<Double>], _ right: inout [String: Tensor<Double>], _ sizes: Sizes
  ) {
    let (layoutA, layoutB) = (SlotLayout(a, sizes: sizes), SlotLayout(b, sizes: sizes))
    func sum(
      _ slots: some Sequence<SignedSlot>, _ tensors: [String: Tensor<Double>], _ layout: SlotLayout,
      _ total: inout [Double], sign: Double
    ) {
      for slot in slots {
        guard let tensor = tensors[slot.slot.symbol.name] else { continue }
        for (index, position) in layout.positions(of: slot.slot).enumerated()
        where total.indices.contains(index) {
          total[index] += (slot.isNegative ? -sign : sign) * tensor[position]
        }
      }
    }
    func store(
      _ total: [Double], _ slot: SignedSlot, _ tensors: inout [String: Tensor<Double>],
      _ layout: SlotLayout
    ) {
      for (value, position) in zip(total, layout.positions(of: slot.slot)) {
        tensors[slot.slot.symbol.name]?[position] = slot.isNegative ? -value : value
      }
    }
    for relation in parameters.relations {
      if let target = relation.b.last {
        var total = layoutB.positions(of: target.slot).map { _ in 0.0 }
        sum(relation.a, left, layoutA, &total, sign: 1)
        sum(relation.b.dropLast(), right, layoutB, &total, sign: -1)
        store(total, target, &right, layoutB)
      } else if let target = relation.a.last {
        var total = layoutA.positions(of: target.slot).map { _ in 0.0 }
        sum(relation.a.dropLast(), left, layoutA, &total, sign: -1)
        store(total, target, &left, layoutA)
      }
    }
  }
}

extension Formulation {
  /// Whether a loss may have a gradient on a signal.
  func mayHaveUpstream(_ signal: Symbol) -> Bool {
    outputs.contains(signal) || states.contains(signal)
  }
}
