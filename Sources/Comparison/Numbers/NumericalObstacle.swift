import Equations

/// Why formulations are not evaluated that a file may claim: sizes and delays beyond any real cell.
enum NumericalObstacle {
  private static let mostParameters = 1 << 24
  private static let longestLag = 1000
  private static let mostSteps = 10_000

  /// The first obstacle; nil where there is none.
  static func any(
    in formulations: [Formulation], sizes: Sizes = Sizes(input: 4, hidden: 4, output: 4),
    steps: Int = 1
  ) -> String? {
    let axes = Set(formulations.flatMap { $0.axes.values }).union([.input, .hidden])
    guard axes.allSatisfy({ sizes[$0] > 0 }), (1...mostSteps).contains(steps)
    else { return "the sizes and the number of steps must be from 1 to a few thousand" }
    for formulation in formulations {
      let names = formulation.signals.map(\.name) + [formulation.input.name]
      if let twice = names.first(where: { name in names.count(where: { $0 == name }) > 1 }) {
        return "\(formulation.id): two signals have the name '\(twice)'"
      }
      guard let count = OperationCount(formulation).parameters.value(sizes),
        count <= mostParameters
      else { return "\(formulation.id): the parameters are too many to be evaluated" }
      guard formulation.longestLag <= longestLag else {
        return "\(formulation.id): a delay of \(formulation.longestLag) steps is too long to be"
          + " evaluated"
      }
    }
    return nil
  }
}
