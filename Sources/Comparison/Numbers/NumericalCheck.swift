import Equations
import Oracle
import Tensors

/// Whether numbers bear a relationship out.
///
/// Both formulations are answered exactly and rounded once, on seeded cases whose parameters obey the map
/// exactly. Equal numbers then round to equal bits, so the bound is zero: every signal, final state and
/// gradient must agree bit for bit. One minus a gate is rounded apart from the gate, each within 2^−54, and
/// their sum within 2^−53: the bound is 2^−52 there.
package struct NumericalCheck {
  package enum Outcome: Hashable, Sendable {
    /// So many numbers of so many cases agree.
    case agrees(numbers: Int, cases: Int)
    /// A number that differs, as found in A and in B.
    case departs(place: String, a: Double, b: Double)
    /// The oracle does not answer, and why.
    case unavailable(String)
  }

  private static let complementBound = 0x1p-52
  private static let cases: [(sizes: Sizes, steps: Int, batch: Int, seed: UInt64)] = [
    (Sizes(input: 2, hidden: 3, output: 2), 3, 1, 0x5EED_0001),
    (Sizes(input: 4, hidden: 2, output: 3), 2, 2, 0x5EED_0002),
  ]

  private let numbers: SharedNumbers

  package init(_ numbers: SharedNumbers) { self.numbers = numbers }

  /// - Parameter tied: whether I must equal H.
  package func outcome(tied: Bool) -> Outcome {
    do {
      let (left, right) = (try Reference(numbers.a), try Reference(numbers.b))
      var count = 0
      for (sizes, steps, batch, seed) in Self.cases {
        let sizes = tied ? sizes.tied : sizes
        let (a, b) = numbers.cases(
          sizes: sizes, steps: steps, batch: batch, seed: seed, loss: .everywhere)
        let (x, y) = (
          try left.roundedAnswers(to: a).answers, try right.roundedAnswers(to: b).answers
        )
        var comparison = AnswerComparison(complementBound: Self.complementBound)
        compare(x, y, sizes, &comparison)
        if let departure = comparison.departure {
          return .departs(place: departure.place, a: departure.a, b: departure.b)
        }
        count += comparison.count
      }
      return .agrees(numbers: count, cases: Self.cases.count)
    } catch let error as OracleError {
      return .unavailable(error.description)
    } catch let error as EquationError {
      return .unavailable(error.description)
    } catch {
      return .unavailable(String(describing: error))
    }
  }

  private func compare(
    _ x: Answers<Double>, _ y: Answers<Double>, _ sizes: Sizes,
    _ comparison: inout AnswerComparison
  ) {
    for (s, u, isComplement) in numbers.signals {
      comparison.compare(
        .sequence(s.name), x, .sequence(u.name), y, isComplement: isComplement)
      if numbers.a.states.contains(s), numbers.b.states.contains(u) {
        comparison.compare(.final(s.name), x, .final(u.name), y)
        comparison.compare(.initial(s.name), x, .initial(u.name), y)
      }
    }
    comparison.compare(
      .inputs(numbers.a.input.name), x, .inputs(numbers.b.input.name), y)
    let (layoutA, layoutB) = (
      SlotLayout(numbers.a, sizes: sizes), SlotLayout(numbers.b, sizes: sizes)
    )
    for relation in numbers.parameters.relations {
      for s in relation.a where !numbers.a.isConstant(s.slot) {
        for u in relation.b where !numbers.b.isConstant(u.slot) {
          comparison.compare(
            s, x[.parameter(s.slot.symbol.name)], layoutA, u, y[.parameter(u.slot.symbol.name)],
            layoutB)
        }
      }
    }
  }
}

/// Counts numbers that agree and keeps the first that does not.
private struct AnswerComparison {
  let complementBound: Double
  private(set) var count = 0
  private(set) var departure: (place: String, a: Double, b: Double)?

  init(complementBound: Double) { self.complementBound = complementBound }

  mutating func compare(
    _ s: Quantity, _ x: Answers<Double>, _ u: Quantity, _ y: Answers<Double>,
    isComplement: Bool = false
  ) {
    guard let left = x[s]?.scalars, let right = y[u]?.scalars, left.count == right.count else {
      departure = departure ?? (s.path, .nan, .nan)
      return
    }
    for (a, b) in zip(left, right) {
      note(
        "A \(s.path), B \(u.path)", a, b,
        agrees: isComplement ? abs(a + b - 1) <= complementBound : a == b)
    }
  }

  /// The gradients of two slots of one relation: equal up to the signs that they have in it.
  mutating func compare(
    _ s: SignedSlot, _ x: Tensor<Double>?, _ layoutA: SlotLayout, _ u: SignedSlot,
    _ y: Tensor<Double>?, _ layoutB: SlotLayout
  ) {
    let (left, right) = (layoutA.positions(of: s.slot), layoutB.positions(of: u.slot))
    guard let x, let y, left.count == right.count else {
      departure = departure ?? ("gradients/parameters/\(s.slot.name)", .nan, .nan)
      return
    }
    for (i, j) in zip(left, right) {
      let b = s.isNegative == u.isNegative ? y[j] : -y[j]
      note("A gradient of \(s.slot.name), B of \(u.slot.name)", x[i], b, agrees: x[i] == b)
    }
  }

  private mutating func note(_ place: String, _ a: Double, _ b: Double, agrees: Bool) {
    if agrees, a.isFinite {
      count += 1
    } else {
      departure = departure ?? (place, a, b)
    }
  }
}

extension Sizes {
  /// The same with I = H.
  var tied: Sizes { Sizes(input: hidden, hidden: hidden, output: output) }
}
