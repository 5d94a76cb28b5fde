import Tensors

/// Some signals of one step by the document's letter, each [B,H]: `now.h`, `previous.c`.
@dynamicMemberLookup
public struct Signals<Scalar: CellScalar>: Sendable, ExpressibleByDictionaryLiteral {
  /// The signals by letter.
  public private(set) var batches: [String: Batch<Scalar>]

  /// Signals by letter.
  public init(_ batches: [String: Batch<Scalar>]) {
    self.batches = batches
  }

  /// The signals of matrices [B,H] by letter.
  init(_ matrices: [String: Tensor<Scalar>]) {
    batches = matrices.mapValues { Batch($0) }
  }

  /// Signals by letter; of a letter given twice the last one counts.
  public init(dictionaryLiteral elements: (String, Batch<Scalar>)...) {
    batches = Dictionary(elements) { $1 }
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

  /// The same letters, each with another batch.
  func map(
    _ transform: (_ letter: String, _ batch: Batch<Scalar>) -> Batch<Scalar>
  ) -> Signals {
    Signals(Dictionary(uniqueKeysWithValues: batches.map { ($0, transform($0, $1)) }))
  }
}
