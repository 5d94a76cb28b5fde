import Tensors

/// Numbers that bfloat16, and float16 but for the tiny ones, hold exactly: 8 significant bits, both signs.
struct CaseNumbers {
  private let seed: UInt64

  init(seed: UInt64) { self.seed = seed }

  /// A tensor of numbers between 2^low and 2^high in magnitude, no two alike as long as there are enough.
  func tensor(_ name: String, _ shape: [Int], low: Int, high: Int) -> Tensor<Double> {
    var generator = CounterGenerator(seed: seed, name: name)
    let capacity = (high - low) * 128 * 2
    var seen: Set<Double> = []
    return Tensor(shape: shape) { _ in
      while true {
        let number = number(low: low, high: high, using: &generator)
        if seen.insert(number).inserted || seen.count >= capacity { return number }
      }
    }
  }

  private func number(low: Int, high: Int, using generator: inout CounterGenerator) -> Double {
    let bits = generator.next()
    let significand = Double(128 + (bits & 127))
    let exponent = low + Int((bits >> 8) % UInt64(high - low)) - 7
    let magnitude = Double(sign: .plus, exponent: exponent, significand: significand)
    return bits >> 63 == 0 ? magnitude : -magnitude
  }
}
