/// A part of a run's cases: the k-th of n.
public struct Shard: Hashable, Sendable {
  /// k, from 1 to n.
  public let number: Int
  /// n.
  public let count: Int

  /// A part; nil unless 1 ≤ k ≤ n.
  public init?(_ number: Int, of count: Int) {
    guard number >= 1, number <= count else { return nil }
    self.number = number
    self.count = count
  }

  /// The part that `k/n` names; nil where the text is not of that form.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1] else { return nil }
    self.init(number, of: count)
  }

  /// What the part has of some works, as their positions in order.
  ///
  /// The largest goes first to the part with the least so far, so that all parts take about as long; the same
  /// works are always dealt out alike.
  func positions(of weights: [Int]) -> [Int] {
    var loads = Array(repeating: 0, count: count)
    var own: [Int] = []
    for position in weights.indices.sorted(by: { (-weights[$0], $0) < (-weights[$1], $1) }) {
      let least = loads.indices.min { loads[$0] < loads[$1] } ?? 0
      loads[least] += weights[position]
      if least == number - 1 { own.append(position) }
    }
    return own.sorted()
  }
}
