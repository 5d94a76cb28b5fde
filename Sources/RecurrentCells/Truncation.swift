/// Where backpropagation through time is cut.
///
/// The steps of a sequence fall into chunks of k: 0..<k, k..<2k and so on, the last one shorter where k
/// does not divide the length. The forward pass knows nothing of them. On the way back no gradient goes
/// from a step of one chunk to a state of another one: the states that a chunk starts from are taken as
/// given, as where a framework carries them over detached. So
///
/// - the gradients are those of the loss in which each chunk's starting states are held fixed;
/// - an initial state has the gradient through the chunk that starts from it: the first one, and in a
///   backward direction that of the sequence's own last step;
/// - a connection over d steps is cut wherever the two steps lie in different chunks, and the initial
///   state counts to the chunk that starts from it, however far back it is read;
/// - the chunks of a backward direction and of every layer are those of the input's steps, so that no
///   chunk passes anything on to another one on any way;
/// - of a ragged batch every sequence is cut at the same steps, and a gradient of a final state starts at
///   the sequence's own last step, in the chunk that has it.
///
/// With k ≥ T the gradients are the whole ones, bit for bit.
public struct Truncation: Hashable, Sendable {
  /// k, the steps of a chunk.
  public let steps: Int
  /// For each batch element how far into a chunk its first step is; nil where at its start.
  private let offsets: [Int]?

  /// Chunks of so many steps.
  ///
  /// - Parameter steps: k, 1 or more.
  /// - Throws: `CellError` when k is below 1.
  public init(every steps: Int) throws(CellError) {
    guard steps >= 1 else {
      throw CellError(
        code: .value, name: "truncation",
        message: "found chunks of \(steps) steps, expected 1 or more")
    }
    self.init(steps: steps, offsets: nil)
  }

  private init(steps: Int, offsets: [Int]?) {
    self.steps = steps
    self.offsets = offsets
  }

  /// Whether a step of a batch element passes nothing on to an earlier one.
  ///
  /// - Parameters:
  ///   - step: the step that the gradient comes from, 0 or more.
  ///   - earlier: the step whose state it would go to; below 0 the initial state.
  ///   - element: the batch element.
  public func cuts(from step: Int, to earlier: Int, element: Int) -> Bool {
    chunk(of: step, element) != chunk(of: max(earlier, 0), element)
  }

  /// (step + offset) ÷ k, the chunk of a step; k may be as large as the largest number.
  private func chunk(of step: Int, _ element: Int) -> Int {
    let offset = offsets?[element] ?? 0
    return step / steps + (step % steps >= steps - offset ? 1 : 0)
  }

  /// The batch elements of which a step passes nothing on to an earlier one.
  func elements(cutFrom step: Int, to earlier: Int, batch: Int) -> [Int] {
    (0..<batch).filter { cuts(from: step, to: earlier, element: $0) }
  }

  /// The same cuts in the steps of sequences that run from their last step to their first.
  ///
  /// - Parameter lengths: the number of steps of each batch element.
  func reversed(lengths: [Int]) -> Truncation {
    // Step r is step n − 1 − r of the input, whose chunks have a border before t where k divides t + o.
    Truncation(
      steps: steps,
      offsets: lengths.enumerated().map { element, length in
        // −(n + o) modulo k, by no sum that is above k.
        let (own, untilBorder) = (length % steps, steps - (offsets?[element] ?? 0))
        return own <= untilBorder ? (untilBorder - own) % steps : steps - (own - untilBorder)
      })
  }
}
