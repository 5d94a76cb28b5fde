import Conformance
import Synchronization
import Tensors

/// A right subject that answers some cases once, and gives what it answered whenever it is asked again.
///
/// Most mutants around a right cell change what it answers to the same cases. Whoever writes into the memory of
/// answers, and not into a copy of his own, writes into those of all others.
final class AnsweredOnce: Subject {
  private struct Key: Hashable {
    let problem: Int
    let precision: Precision
  }

  private let base: any Subject
  private let problems: [Case<Double>]
  private let known = Mutex<[Key: Answers<Double>]>([:])

  /// A subject that remembers its answers.
  ///
  /// - Parameter problems: the cases whose answers are kept; others are answered anew.
  init(_ base: any Subject, to problems: [Case<Double>]) {
    self.base = base
    self.problems = problems
  }

  var name: String { base.name }
  var precisions: [Precision] { base.precisions }

  func answers(to problem: Case<Double>, in precision: Precision) throws -> Answers<Double> {
    guard let index = problems.firstIndex(where: { $0.hasSameBits(as: problem) }) else {
      return try base.answers(to: problem, in: precision)
    }
    let key = Key(problem: index, precision: precision)
    if let known = known.withLock({ $0[key] }) { return known }
    let answers = try base.answers(to: problem, in: precision)
    known.withLock { $0[key] = answers }
    return answers
  }
}

extension Case<Double> {
  /// Whether two cases are the same, bit by bit.
  fileprivate func hasSameBits(as other: Case) -> Bool {
    batch.lengths == other.batch.lengths && batch.x.hasSameBits(as: other.batch.x)
      && batch.initial.hasSameBits(as: other.batch.initial)
      && upstream.sequence.hasSameBits(as: other.upstream.sequence)
      && upstream.final.hasSameBits(as: other.upstream.final)
      && parameters.hasSameBits(as: other.parameters)
  }
}

extension [String: Tensor<Double>] {
  fileprivate func hasSameBits(as other: Self) -> Bool {
    count == other.count
      && allSatisfy { name, tensor in other[name]?.hasSameBits(as: tensor) ?? false }
  }
}
