import Foundation

/// What can be reached on an example: at all, and without a memory.
///
/// Losses are means over the predictions that are trained on, of the same loss as is trained.
public struct Yardsticks: Hashable, Sendable {
  /// The least loss of an answer from everything that was read so far.
  public let least: Double
  /// The least loss of an answer from the last symbol alone.
  public let withoutMemory: Double
  /// The largest share of right answers from everything that was read so far.
  ///
  /// Below 1 where a sentence can go on in several ways.
  public let bestAccuracy: Double

  /// The yardsticks of an example for a loss.
  package init(of example: TrainingExample, _ kind: LossPlacement.Kind) {
    var byPast: [ArraySlice<Int>: [Int: Int]] = [:]
    var byLast: [ArraySlice<Int>: [Int: Int]] = [:]
    for sample in example.training {
      for (index, answer) in sample.answers.enumerated() {
        let read = example.steps == .every ? index + 1 : sample.inputs.count
        let past = sample.inputs.prefix(read)
        byPast[past, default: [:]][answer, default: 0] += 1
        byLast[past.suffix(1), default: [:]][answer, default: 0] += 1
      }
    }
    least = Self.meanLoss(Array(byPast.values), kind)
    bestAccuracy =
      Double(byPast.values.reduce(0) { $0 + ($1.values.max() ?? 0) })
      / Double(max(byPast.values.reduce(0) { $0 + $1.values.reduce(0, +) }, 1))
    withoutMemory = Self.meanLoss(Array(byLast.values), kind)
  }

  /// The least mean loss where so many answers of each class follow what is known.
  private static func meanLoss(
    _ groups: [[Int: Int]], _ kind: LossPlacement.Kind
  ) -> Double {
    var (sums, total): ([Double], Int) = ([], 0)
    for counts in groups.map({ $0.values.sorted() }) {
      let all = counts.reduce(0, +)
      total += all
      for count in counts {
        let share = Double(count) / Double(all)
        // Answered by the shares p: −Σ p log p, and for a yes p, with squared error, p (1 − p) twice over
        // the two answers.
        let loss = kind == .yesNo ? share * (1 - share) / 2 : -share * log(share)
        sums.append(Double(all) * loss)
      }
    }
    // In order of size, so that the order of a dictionary does not show.
    return sums.sorted().reduce(0, +) / Double(max(total, 1))
  }
}
