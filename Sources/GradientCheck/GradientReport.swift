import Tensors

/// What a gradient check found: a verdict for every number that the loss was differentiated by.
public struct GradientReport: Hashable, Sendable {
  /// The numbers by quantity, each quantity's in row-major order.
  public let elements: [Element]
  /// How many losses the subject was asked for.
  public let evaluations: Int

  /// Whether some gradient is wrong.
  public var departs: Bool { elements.contains { $0.departs } }

  /// The numbers whose gradient is wrong.
  public var failures: [Element] { elements.filter(\.departs) }

  /// The number whose gradient is furthest from the difference, in acceptances; nil where there is none.
  public var worst: Element? { elements.max { $0.ratio < $1.ratio } }

  /// The same by quantity, in the order of `elements`.
  public var summaries: [Summary] {
    var summaries: [Summary] = []
    for element in elements {
      if summaries.last?.quantity != element.quantity {
        summaries.append(Summary(quantity: element.quantity))
      }
      summaries[summaries.count - 1].add(element)
    }
    return summaries
  }
}

extension GradientReport {
  /// One number's verdict.
  public struct Element: Hashable, Sendable {
    /// The tensor, named as its gradient.
    public let quantity: Quantity
    /// The position of the number in the tensor, row-major.
    public let index: Int
    /// g, the subject's gradient.
    public let analytic: Double
    /// D, the difference of the subject's losses.
    ///
    /// 0 where no step uses the number (padding), NaN where a loss is not finite.
    public let difference: Double
    /// How far D may be from a right g.
    public let acceptance: Double
    /// k of the step h = 2^−k that served; nil where no difference was taken.
    public let exponent: Int?

    /// |g − D| ÷ acceptance: at most 1 for a right gradient, infinite where either is not a number.
    public var ratio: Double {
      guard analytic != difference else { return 0 }
      let ratio = (analytic - difference).magnitude / acceptance
      return ratio.isNaN ? .infinity : ratio
    }

    /// Whether the gradient is wrong.
    public var departs: Bool { !(ratio <= 1) }

    /// The relative error of g that is always found: 2 · acceptance ÷ |g|.
    ///
    /// 0 where the gradient must be 0 exactly, infinite where g is 0 and need not be.
    public var detectionLimit: Double {
      acceptance == 0 ? 0 : 2 * acceptance / analytic.magnitude
    }

    /// Whether an error of 10⁻⁶ of the gradient may have stayed unseen.
    public var isWeak: Bool { !departs && detectionLimit > 1e-6 }

    /// Whether the gradient itself may have stayed unseen: 0 in its place would have passed.
    public var isUntested: Bool { !departs && detectionLimit >= 1 }
  }

  /// What was found for one tensor.
  public struct Summary: Hashable, Sendable {
    /// The tensor, named as its gradient.
    public let quantity: Quantity
    /// How many numbers it has.
    public private(set) var checked = 0
    /// How many gradients are wrong.
    public private(set) var failures = 0
    /// How many gradients pass, and would with an error of 10⁻⁶ too.
    public private(set) var weak = 0
    /// How many of the weak would have passed as 0.
    public private(set) var untested = 0
    /// The number furthest from its difference.
    public private(set) var worst: Element?

    fileprivate init(quantity: Quantity) { self.quantity = quantity }

    fileprivate mutating func add(_ element: Element) {
      checked += 1
      if element.departs { failures += 1 }
      if element.isWeak { weak += 1 }
      if element.isUntested { untested += 1 }
      if worst.map({ $0.ratio < element.ratio }) ?? true { worst = element }
    }
  }
}
