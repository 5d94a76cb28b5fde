/// Pseudorandom numbers by position: the i-th number of a seed depends on the seed and i alone, so they
/// are the same on every machine and in any order of use.
///
/// The numbers are SplitMix64's:
/// ```
/// z = seed + (i + 1) · 0x9E3779B97F4A7C15
/// z = (z ^ z >> 30) · 0xBF58476D1CE4E5B9
/// z = (z ^ z >> 27) · 0x94D049BB133111EB
/// z ^ z >> 31
/// ```
public struct CounterGenerator: RandomNumberGenerator, Sendable {
  private let seed: UInt64
  private var counter: UInt64 = 0

  /// The numbers of a seed, from the first one on.
  public init(seed: UInt64) { self.seed = seed }

  /// The numbers of a seed and a name, so that tensors of one case do not repeat each other.
  public init(seed: UInt64, name: String) {
    // FNV-1a, which is the same everywhere; Swift's own hashes change with every run.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    self.init(seed: seed ^ hash)
  }

  /// The next number.
  public mutating func next() -> UInt64 {
    counter &+= 1
    var z = seed &+ counter &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
