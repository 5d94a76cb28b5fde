import Synchronization
import Tensors

/// Graphs of one formulation that were built before.
///
/// A graph depends on the shapes of a case and on what is reported, not on the numbers, so that whoever asks
/// the same case of many subjects builds it once.
final class GraphCache: Sendable {
  struct Key: Hashable {
    let shape: CaseShape
    let upstreamSequences: Set<String>
    let upstreamFinals: Set<String>
    let reported: Set<Quantity>
    let givesCotangents: Bool
    let namesAbsentGradients: Bool
    let forwardOnly: Bool
  }

  private let graphs = Mutex<[Key: Graph]>([:])

  /// The graph that was kept under a key; nil where none was.
  subscript(key: Key) -> Graph? {
    get { graphs.withLock { $0[key] } }
    set { graphs.withLock { $0[key] = newValue } }
  }
}
