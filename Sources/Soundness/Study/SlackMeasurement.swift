import Conformance
import GoldenFixtures
import Tensors

/// How far the tolerances of a case lie above the errors of right evaluations, element by element.
///
/// Elements that no rounding reaches, such as those of a case without steps, are left out.
struct SlackMeasurement {
  /// Values or gradients.
  struct Part {
    fileprivate struct Element {
      let quantity: Quantity
      let index: Int
      let expected: Double
      let tolerances: [ActivationClass: Double]
      var worstRatio = 0.0
    }
    fileprivate var elements: [Element] = []
    /// The median slack of each evaluation.
    private(set) var medians: [Double] = []

    /// The median over the elements of tolerance ÷ the worst error of all evaluations.
    var medianAgainstWorst: Double? {
      elements.isEmpty ? nil : elements.map { 1 / $0.worstRatio }.median
    }

    /// Whether the answers lie within the tolerances of a class.
    fileprivate func holds(_ answers: Answers<Double>, _ activations: ActivationClass) -> Bool {
      elements.allSatisfy { element in
        guard let found = answers[element.quantity], element.index < found.count,
          let tolerance = element.tolerances[activations]
        else { return true }
        return (found[element.index] - element.expected).magnitude <= tolerance
      }
    }

    fileprivate mutating func add(_ answers: Answers<Double>, _ activations: ActivationClass) {
      guard !elements.isEmpty else { return }
      var slacks: [Double] = []
      slacks.reserveCapacity(elements.count)
      for position in elements.indices {
        let element = elements[position]
        guard let found = answers[element.quantity], element.index < found.count,
          let tolerance = element.tolerances[activations]
        else { continue }
        let ratio = (found[element.index] - element.expected).magnitude / tolerance
        elements[position].worstRatio = max(element.worstRatio, ratio)
        slacks.append(1 / ratio)
      }
      if let median = slacks.median { medians.append(median) }
    }
  }

  private(set) var values = Part()
  private(set) var gradients = Part()

  init(_ golden: GoldenCase, _ model: ArithmeticModel) {
    let tolerances = [ActivationClass.relative, .absolute].map {
      ($0, Tolerance(model, activations: $0))
    }
    for (quantity, answers) in golden.answers.sorted(by: { $0.key < $1.key }) {
      guard let scale = golden.scales[quantity] else { continue }
      for index in 0..<answers.count {
        let byClass = tolerances.map { activations, tolerance in
          (
            activations,
            tolerance.tolerance(scale, at: index, of: answers.count, expected: answers[index])
          )
        }
        guard byClass.allSatisfy({ $0.1 > answers[index].ulp / 2 }) else { continue }
        let element = Part.Element(
          quantity: quantity, index: index, expected: answers[index],
          tolerances: Dictionary(uniqueKeysWithValues: byClass))
        if quantity.isGradient {
          gradients.elements.append(element)
        } else {
          values.elements.append(element)
        }
      }
    }
  }

  /// Adds an evaluation, in the class that the suite finds for it: relative where that holds.
  mutating func add(_ answers: Answers<Double>) {
    let isRelative = values.holds(answers, .relative) && gradients.holds(answers, .relative)
    let activations: ActivationClass = isRelative ? .relative : .absolute
    values.add(answers, activations)
    gradients.add(answers, activations)
  }
}

extension [Double] {
  /// The middle one of the numbers in order; nil where there are none.
  var median: Double? { isEmpty ? nil : sorted()[count / 2] }
}
