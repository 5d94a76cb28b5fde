import Equations
import RecurrentCells
import Tensors

/// The numbers that training starts from: by shape, and the same for a seed on every machine.
///
/// ```
/// a matrix [N,M]            uniform in ±√(3 ÷ M): variance 1 ÷ M
/// a vector                  0
/// α of leaky units          uniform in (0.02, 0.2), the range of the cs224d notes
/// a carry gate's bias       log(p ÷ (1 − p)), with p the share of the state that is kept at first
/// ```
/// Each parameter's numbers depend on the seed and its own name alone.
public struct Initialization: Hashable, Sendable {
  /// The seed of every number.
  public let seed: UInt64
  /// p, which share of a state the gates that carry it keep at first; ½ leaves their biases at 0.
  public let carriedShare: Double

  /// An initialization.
  ///
  /// - Throws: `TrainingError` where the share is not between 0 and 1.
  public init(seed: UInt64, carriedShare: Double) throws(TrainingError) {
    guard carriedShare > 0, carriedShare < 1 else {
      throw TrainingError(
        code: .setting, name: "carried share",
        message: "found \(carriedShare), expected a number between 0 and 1")
    }
    self.seed = seed
    self.carriedShare = carriedShare
  }

  /// The parameters of a formulation's cell.
  ///
  /// - Parameters:
  ///   - formulation: says the parameters, their shapes and the gates that carry a state.
  ///   - sizes: I, H and O.
  public func parameters<Scalar: CellScalar>(
    of formulation: Formulation, _ sizes: Sizes, in scalar: Scalar.Type
  ) -> [String: Tensor<Scalar>] {
    let fractions = formulation.declaration.notation.fractions
    let carryBiases = Dictionary(
      formulation.carryGates.compactMap { gate in gate.bias.map { ($0.name, gate.keeps) } },
      uniquingKeysWith: { first, _ in first })
    let logit = Scalar.log(Scalar(carriedShare) / (1 - Scalar(carriedShare)))
    return Dictionary(
      uniqueKeysWithValues: formulation.parameters.map { parameter in
        let extents = parameter.shape.extents(sizes)
        if fractions.contains(parameter.name) {
          return (parameter.name, uniform(parameter.name, extents, in: 0.02...0.2))
        }
        if let keeps = carryBiases[parameter.name] {
          return (parameter.name, Tensor(shape: extents) { _ in keeps ? logit : -logit })
        }
        return (parameter.name, matrix(parameter.name, extents))
      })
  }

  /// A matrix [N,M], or the zeros of a vector [N].
  func matrix<Scalar: CellScalar>(_ name: String, _ extents: [Int]) -> Tensor<Scalar> {
    guard extents.count == 2 else { return Tensor(zeros: extents) }
    let limit = (3 / Double(max(extents[1], 1))).squareRoot()
    return uniform(name, extents, in: -limit...limit)
  }

  private func uniform<Scalar: CellScalar>(
    _ name: String, _ extents: [Int], in range: ClosedRange<Double>
  ) -> Tensor<Scalar> {
    var generator = CounterGenerator(seed: seed, name: name)
    return Tensor(shape: extents) { _ in
      let share = Double(generator.next() >> 11) * 0x1p-53
      return Scalar(range.lowerBound + share * (range.upperBound - range.lowerBound))
    }
  }
}
