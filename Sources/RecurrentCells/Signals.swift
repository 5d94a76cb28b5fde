import Tensors

/// Some signals of one step by the document's letter, each [B,H] or [B,O]: `now.h`, `previous.c`.
///
/// Of the states that a step starts from it also holds those further back: `previous[lag: 3].h`.
@dynamicMemberLookup
public struct Signals<Scalar: CellScalar>: Sendable, ExpressibleByDictionaryLiteral {
  /// The signals, which are so few that looking through them is faster than hashing a letter.
  private var entries: [(String, Batch<Scalar>)]

  /// By d: the states at t−d, where a step uses some.
  public internal(set) var lagged: [Int: Signals]

  /// Signals by letter, and states at t−d by d.
  public init(
    _ batches: [String: Batch<Scalar>], lagged: [Int: Signals] = [:]
  ) {
    self.init(entries: batches.map { ($0, $1) }, lagged: lagged)
  }

  /// Signals by letter, none of them twice.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  init(entries: [(String, Batch<Scalar>)]) {
    self.init(entries: entries, lagged: [:])
  }

  /// Signals by letter, none of them twice, and states at t−d by d.
  init(entries: [(String, Batch<Scalar>)], lagged: [Int: Signals]) {
    self.entries = entries
    self.lagged = lagged
  }

  /// The signals of matrices [B,H] by letter.
  init(_ matrices: [String: Tensor<Scalar>]) {
    self.init(entries: matrices.map { ($0, Batch($1)) })
  }

  /// Signals by letter, none of them twice.
  public init(dictionaryLiteral elements: (String, Batch<Scalar>)...) {
    self.init(entries: elements)
  }

  /// The signals by letter.
  public var batches: [String: Batch<Scalar>] { Dictionary(entries) { $1 } }

  /// The signals by letter, each [B,H] or [B,O].
  var tensors: [String: Tensor<Scalar>] { batches.mapValues { $0.tensor } }

  /// One signal, which the cell must have declared.
  public subscript(dynamicMember letter: String) -> Batch<Scalar> {
    self[letter]
  }

  /// One signal, which the cell must have declared.
  public subscript(letter: String) -> Batch<Scalar> {
    guard let batch = find(letter) else {
      preconditionFailure("the cell has no signal \(letter) here, only \(entries.map(\.0))")
    }
    return batch
  }

  /// One signal, if it is here.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  func find(_ letter: String) -> Batch<Scalar>? {
    for (own, batch) in entries where own == letter { return batch }
    return nil
  }

  /// The states at t−d, for a d among the cell's `lags`.
  public subscript(lag d: Int) -> Signals {
    lagged[d] ?? [:]
  }

  /// These signals and others of the same step; of a letter that both have the other one counts.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func merging(_ other: Signals) -> Signals {
    Signals(
      entries: entries.filter { other.find($0.0) == nil } + other.entries, lagged: lagged)
  }

  /// The same letters, each with another batch.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  func map(
    _ transform: (_ letter: String, _ batch: Batch<Scalar>) -> Batch<Scalar>
  ) -> Signals {
    Signals(
      entries: entries.map { ($0, transform($0, $1)) },
      lagged: lagged.mapValues { $0.map(transform) })
  }
}
