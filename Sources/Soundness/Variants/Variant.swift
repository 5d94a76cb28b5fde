import Conformance
import Tensors

/// One right way to compute a formulation, decided by a seed.
public struct Variant: Sendable, CustomStringConvertible {
  /// A roundoff that no right program has, for proofs that it is found.
  package enum Fault: Hashable, Sendable {
    /// Products of sums rounded to 8 digits, as a tensor core does that is given float32.
    case coarseProducts
    /// Activations off by so many ulp.
    case inaccurateActivations(ulps: Int)
    /// Sums over steps and sequences kept in 11 digits.
    case coarseAccumulation
  }

  /// Where every draw starts.
  public let seed: UInt64
  /// What results below the smallest normal number become.
  public let flushesToZero: Bool
  /// What signals and gradients are stored in; nil for the format that they are computed in.
  public let storage: StorageFormat?
  /// Whether gates and inner gradients stay its own affair, as those of a framework's layer do.
  public let reportsOutputsAlone: Bool
  /// The habits of a program that does everything in one way; nil for those that decide at every node.
  let habits: Habits?
  let fault: Fault?

  /// The variant of a seed.
  ///
  /// Every other one does everything in one way, as real programs do; the rest decide at every node.
  public init(seed: UInt64, storage: StorageFormat? = nil) {
    self.init(seed: seed, storage: storage, fault: nil)
  }

  package init(seed: UInt64, storage: StorageFormat? = nil, fault: Fault?) {
    self.seed = seed
    self.storage = storage
    self.fault = fault
    var generator = CounterGenerator(seed: seed, name: "variant")
    let bits = generator.next()
    flushesToZero = bits & 1 == 0
    habits = bits & 2 == 0 ? Habits(using: &generator) : nil
    reportsOutputsAlone = fault == nil && bits & 4 == 0
  }

  /// How accurate its activations are: relative to their results, unless some are computed through functions
  /// that cancel.
  public var activations: ActivationClass {
    guard let habits else { return .absolute }
    return habits.logistic.isRelative && habits.tanh.isRelative ? .relative : .absolute
  }

  /// The decisions in words.
  public var description: String {
    let how =
      habits.map { habits in
        "\(habits.tree) sums of \(habits.order) terms, \(habits.fuses ? "fused" : "not fused"),"
          + " \(habits.pools ? "one dot product" : "separate dot products"),"
          + " σ \(habits.logistic), tanh \(habits.tanh), derivatives \(habits.slope),"
          + " softmax \(habits.softmax), arrangement \(habits.arrangement)"
      } ?? "decided at every node"
    return "seed \(seed): \(how)\(flushesToZero ? ", flushing to zero" : "")"
      + (reportsOutputsAlone ? ", reporting outputs alone" : "")
  }
}
