import Conformance
import Equations
import GoldenFixtures
import Oracle
import Tensors

/// A hypothesis and how near plain arithmetic finds it.
struct Candidate: Sendable {
  let hypothesis: Hypothesis
  /// The state that the layer puts out.
  let output: Symbol
  let distance: Distance
}

/// How far a hypothesis is from some answers by plain arithmetic; this decides nothing but what is worth exact
/// arithmetic, and what is nearest where nothing is exact.
struct Distance: Sendable, Comparable {
  /// How many elements differ in half of the digits already.
  let failures: Int
  /// The sum of all differences.
  let total: Double

  /// The distance of a layer's answers; nil where they have other shapes.
  init?(of answers: Answers<Double>, from expected: Answers<Double>, in precision: Precision) {
    var failures = 0
    var total = 0.0
    for (quantity, found) in answers {
      guard let right = expected[quantity], right.shape == found.shape else { return nil }
      let size = right.scalars.reduce(precision.smallestNormal) { max($0, $1.magnitude) }
      let bound = size * precision.unitRoundoff.squareRoot()
      for (a, b) in zip(found.scalars, right.scalars) {
        let error = (a - b).magnitude
        if !(error <= bound) { failures += 1 }
        total += error.isNaN ? .infinity : error
      }
    }
    self.failures = failures
    self.total = total
  }

  static func < (left: Distance, right: Distance) -> Bool {
    (left.failures, left.total) < (right.failures, right.total)
  }
}

extension LayerSearch {
  /// What became of some hypotheses.
  struct Screening: Sendable {
    private(set) var candidates: [Candidate] = []
    var hits: [Hit] = []
    var tried = 0

    /// So many of those that the first step does not decide between are held against the whole case.
    private static let mostCandidates = 32

    /// Keeps a candidate if it is among the nearest.
    mutating func consider(_ candidate: Candidate) {
      let place =
        candidates.firstIndex { candidate.distance < $0.distance } ?? candidates.count
      guard place < Self.mostCandidates else { return }
      candidates.insert(candidate, at: place)
      if candidates.count > Self.mostCandidates { candidates.removeLast() }
    }

    /// Takes over what became of others.
    mutating func join(_ other: Screening) {
      hits += other.hits
      tried += other.tried
      for candidate in other.candidates { consider(candidate) }
    }
  }
}

extension LayerSearch.Answered {
  /// The first step of the first sequence alone: wrong hypotheses are known by that already, and it is an
  /// eighth of the case.
  var firstStep: LayerSearch.Answered {
    func first(_ tensor: Tensor<Double>, _ shape: [Int]) -> Tensor<Double> {
      Tensor(shape: shape) { tensor[$0] }
    }
    let output = Quantity.sequence(Hypothesis.output)
    return LayerSearch.Answered(
      entry: PackedRequestFile.Entry(
        name: entry.name, hiddenSize: sizes.hidden, x: first(entry.x, [1, 1, sizes.input]),
        states: entry.states.map { first($0, [1, sizes.hidden]) }, numbers: entry.numbers),
      sizes: sizes, weights: weights,
      answers: answers.filter { $0.key == output }.mapValues { first($0, [1, 1, sizes.hidden]) })
  }
}
