/// A logarithmic axis: its range in powers of ten, and where its ticks are.
struct LogAxis {
  private let range: ClosedRange<Int>
  /// The exponents to mark, 0 always among them.
  let ticks: [Int]

  /// At most so many ticks above and below 1 each.
  private static let mostTicks = 6

  /// An axis that holds some logarithms and 0, with room around them.
  init(containing logarithms: [Double]) {
    let low = Int((min(logarithms.min() ?? 0, -1)).rounded(.down))
    let high = Int((max(logarithms.max() ?? 0, 1)).rounded(.up))
    let step = Self.step(for: max(-low, high), atMost: Self.mostTicks)
    ticks = Array(
      stride(from: (low / step) * step, through: (high / step) * step, by: step))
    range = low...high
  }

  /// Where a logarithm stands, from 0 at the bottom to 1 at the top.
  func position(of logarithm: Double) -> Double {
    (logarithm - Double(range.lowerBound)) / Double(range.upperBound - range.lowerBound)
  }

  /// Round numbers from 0 to `last`.
  static func ticks(upTo last: Int) -> [Int] {
    Array(stride(from: 0, through: last, by: step(for: last, atMost: 10)))
  }

  /// 1, 2 or 5 times a power of ten.
  private static func step(for extent: Int, atMost count: Int) -> Int {
    var power = 1
    while true {
      for factor in [1, 2, 5] where extent <= factor * power * count { return factor * power }
      power *= 10
    }
  }
}
