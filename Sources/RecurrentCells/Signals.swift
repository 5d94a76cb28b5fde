import Tensors

/// Some signals of one step by the document's letter, each [B,H] or [B,O]: `now.h`, `previous.c`.
///
/// Of the states that a step starts from it also holds those further back: `previous[lag: 3].h`.
@dynamicMemberLookup
public struct Signals<Scalar: CellScalar>: Sendable, ExpressibleByDictionaryLiteral {
  /// The signals by letter.
  public private(set) var batches: [String: Batch<Scalar>]

  /// By d: the states at t−d by letter, where a step uses some.
  public private(set) var lagged: [Int: [String: Batch<Scalar>]]

  /// Signals by letter, and states at t−d by d and letter.
  public init(
    _ batches: [String: Batch<Scalar>], lagged: [Int: [String: Batch<Scalar>]] = [:]
  ) {
    self.batches = batches
    self.lagged = lagged
  }

  /// The signals of matrices [B,H] by letter.
  init(_ matrices: [String: Tensor<Scalar>]) {
    self.init(matrices.mapValues { Batch($0) })
  }

  /// Signals by letter; of a letter given twice the last one counts.
  public init(dictionaryLiteral elements: (String, Batch<Scalar>)...) {
    self.init(Dictionary(elements) { $1 })
  }

  /// One signal, which the cell must have declared.
  public subscript(dynamicMember letter: String) -> Batch<Scalar> {
    self[letter]
  }

  /// One signal, which the cell must have declared.
  public subscript(letter: String) -> Batch<Scalar> {
    guard let batch = batches[letter] else {
      preconditionFailure("the cell has no signal \(letter) here, only \(batches.keys.sorted())")
    }
    return batch
  }

  /// The states at t−d, for a d among the cell's `lags`.
  public subscript(lag d: Int) -> Signals {
    Signals(lagged[d] ?? [:])
  }

  /// These signals and others of the same step; of a letter that both have the other one counts.
  public func merging(_ other: Signals) -> Signals {
    Signals(batches.merging(other.batches) { $1 }, lagged: lagged)
  }

  /// The same letters, each with another batch.
  func map(
    _ transform: (_ letter: String, _ batch: Batch<Scalar>) -> Batch<Scalar>
  ) -> Signals {
    func transformed(_ batches: [String: Batch<Scalar>]) -> [String: Batch<Scalar>] {
      Dictionary(uniqueKeysWithValues: batches.map { ($0, transform($0, $1)) })
    }
    return Signals(transformed(batches), lagged: lagged.mapValues(transformed))
  }
}
