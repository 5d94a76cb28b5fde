import Tensors

/// How a program computes: in which order it adds, what it fuses, how it computes its functions.
struct Habits: Sendable {
  /// The tree in which a sum is added.
  enum Tree: CaseIterable, Sendable {
    case sequential, pairwise, twoLanes, fourLanes, eightLanes, random
  }
  /// The order of the terms before they are added.
  enum Order: CaseIterable, Sendable { case written, reversed, shuffled, ascending, descending }
  /// How σ is computed.
  enum Logistic: CaseIterable, Sendable { case stable, plain, throughTanh, inaccurate }
  /// How tanh is computed.
  enum Tanh: CaseIterable, Sendable {
    case library, throughExp, throughLogistic, throughExpMinusOne, inaccurate
  }
  /// How a derivative is computed: from the value, as a product or a difference, or from the argument.
  enum Slope: CaseIterable, Sendable { case ofValue, rearranged, recomputed, closed, reflected }
  /// How a softmax is computed.
  enum Softmax: CaseIterable, Sendable { case shifted, unshifted, reciprocal, logarithmic }

  let tree: Tree
  let order: Order
  /// Whether a product is added without being rounded first.
  let fuses: Bool
  /// Whether matrix products of one sum are one dot product, or each its own.
  let pools: Bool
  let logistic: Logistic
  let tanh: Tanh
  let slope: Slope
  let softmax: Softmax
  /// Which of several arrangements, counted around.
  let arrangement: Int

  init(using generator: inout CounterGenerator) {
    // One draw decides all: habits are drawn anew at every node of some programs.
    var bits = generator.next()
    func pick<Choice>(_ choices: [Choice]) -> Choice {
      let (rest, index) = bits.quotientAndRemainder(dividingBy: UInt64(choices.count))
      bits = rest
      return choices[Int(index)]
    }
    tree = pick(Self.trees)
    order = pick(Self.orders)
    fuses = pick(Self.both)
    pools = pick(Self.both)
    logistic = pick(Self.logistics)
    tanh = pick(Self.tanhs)
    slope = pick(Self.slopes)
    softmax = pick(Self.softmaxes)
    arrangement = pick(Self.arrangements)
  }

  private static let trees = Tree.allCases
  private static let orders = Order.allCases
  private static let both = [false, true]
  private static let logistics = Logistic.allCases
  private static let tanhs = Tanh.allCases
  private static let slopes = Slope.allCases
  private static let softmaxes = Softmax.allCases
  private static let arrangements = Array(0..<60)
}

extension Habits.Logistic {
  /// Whether what it is computed through never cancels: ½ + ½ tanh does, for large negative arguments.
  var isRelative: Bool { self != .throughTanh }
}

extension Habits.Tanh {
  /// Whether what it is computed through never cancels: 1 − e^{−2x} and 2σ − 1 do, for small arguments.
  var isRelative: Bool {
    switch self {
    case .library, .throughExpMinusOne, .inaccurate: true
    case .throughExp, .throughLogistic: false
    }
  }
}
