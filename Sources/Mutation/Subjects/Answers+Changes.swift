import Tensors

extension Answers<Double> {
  /// Changes every number of some quantities; what is not among the answers stays absent.
  mutating func change(
    _ quantities: some Sequence<Quantity>, _ number: (Double) -> Double
  ) {
    for quantity in quantities { self[quantity] = self[quantity]?.map(number) }
  }

  /// The same values with the gradients of other answers.
  func withGradients(of other: Answers<Double>) -> Answers<Double> {
    merging(other.filter { $0.key.isGradient }) { $1 }
  }
}
