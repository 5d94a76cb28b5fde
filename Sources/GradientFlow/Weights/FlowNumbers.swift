import Tensors

/// Seeded numbers, each kind a sequence of its own: the i-th of a kind does not depend on the others.
struct FlowNumbers {
  let seed: UInt64
  private var counts: [String: Int] = [:]

  init(seed: UInt64) { self.seed = seed }

  /// So many numbers, uniform in a range, the next ones of a kind.
  private mutating func next(
    _ kind: String, _ count: Int, in range: ClosedRange<Double>
  ) -> [Double] {
    let index = counts[kind, default: 0]
    counts[kind] = index + 1
    var generator = CounterGenerator(seed: seed, name: "\(kind) \(index)")
    return (0..<count).map { _ in
      // 53 bits and no rounding that a library could do otherwise.
      let unit = Double(generator.next() >> 11) * 0x1p-53
      return range.lowerBound + unit * (range.upperBound - range.lowerBound)
    }
  }

  mutating func matrix(_ size: Int) -> [Double] {
    let bound = 1 / Double(size).squareRoot()
    return next("matrix", size * size, in: -bound...bound)
  }

  mutating func bias(_ count: Int) -> [Double] { next("bias", count, in: -0.1...0.1) }
  mutating func fractions(_ count: Int) -> [Double] { next("fraction", count, in: 0.02...0.2) }
  mutating func input(count: Int) -> [Double] { next("input", count, in: -0.5...0.5) }
  mutating func initial(_ count: Int) -> [Double] { next("initial", count, in: -0.1...0.1) }

  /// An orthogonal matrix times a scale, row-major, by Gram and Schmidt, twice over for accuracy.
  mutating func orthogonal(_ size: Int, scale: Double) -> [Double] {
    let drawn = next("recurrent", size * size, in: -1...1)
    var rows: [[Double]] = []
    for index in 0..<size {
      var row = Array(drawn[(index * size)..<((index + 1) * size)])
      for _ in 0..<2 {
        for other in rows {
          let shared = zip(row, other).reduce(0) { $0 + $1.0 * $1.1 }
          for unit in row.indices { row[unit] -= shared * other[unit] }
        }
        let norm = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
        for unit in row.indices { row[unit] /= norm }
      }
      rows.append(row)
    }
    return rows.flatMap { $0 }.map { $0 * scale }
  }
}
