import Tensors

/// The decisions of one evaluation, one after another.
final class Draws {
  private let fixed: Habits?
  private var generator: CounterGenerator

  init(_ variant: Variant) {
    fixed = variant.habits
    generator = CounterGenerator(seed: variant.seed, name: "draws")
  }

  /// The habits at the next node.
  var habits: Habits { fixed ?? Habits(using: &generator) }

  /// A number from 0 to `count` − 1.
  func index(below count: Int) -> Int {
    count > 1 ? Int(generator.next() % UInt64(count)) : 0
  }

  /// By how many ulp a function is off: −3 to 3.
  var jitter: Int { index(below: 7) - 3 }
}
