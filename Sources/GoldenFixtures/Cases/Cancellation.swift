import Equations
import Tensors

/// Inputs and weights whose products cancel: of every two features the second is the first negated, and its
/// weight the nearest other one, so that the two products leave 2^−7 of each.
enum Cancellation {
  /// The sequence [T,B,I] with every second feature opposite to the one before.
  static func opposed(_ x: Tensor<Double>) -> Tensor<Double> {
    let features = x.shape[2]
    return Tensor(shape: x.shape) { index in
      (index % features).isMultiple(of: 2) ? x[index] : -x[index - 1]
    }
  }

  /// The weights with the columns of every second input feature next to the ones before.
  static func paired(
    _ weights: Tensor<Double>, _ shape: ParameterShape, _ sizes: Sizes
  ) -> Tensor<Double> {
    let isSecond = (shape.columns ?? []).flatMap { axis in
      (0..<sizes[axis]).map { axis == .input && !$0.isMultiple(of: 2) }
    }
    guard isSecond.contains(true) else { return weights }
    return Tensor(shape: weights.shape) { index in
      isSecond[index % isSecond.count] ? next(after: weights[index - 1]) : weights[index]
    }
  }

  /// The next number of eight significant bits away from zero.
  private static func next(after number: Double) -> Double {
    number + Double(signOf: number, magnitudeOf: number.binade * 0x1p-7)
  }
}
