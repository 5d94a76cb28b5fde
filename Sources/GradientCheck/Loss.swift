import Tensors

/// The scalar that is differentiated: E = Σ_t upstream_t · signal_t + Σ upstream · final state.
///
/// An upstream gradient of one row, in a case of another number of steps, is one on an output of each
/// sequence's last step alone, which every sequence has.
struct Loss {
  private let upstream: Upstream<Double>
  private let steps: Int
  private let batch: Int
  private let lengths: [Int]?

  /// The loss of a case whose shapes were checked.
  init(of problem: Case<Double>) {
    upstream = problem.upstream
    steps = problem.batch.steps
    batch = problem.batch.batch
    lengths = problem.batch.lengths
  }

  /// The loss of every column of a forward pass.
  ///
  /// - Parameters:
  ///   - columns: for each column the batch element of the case whose cotangents it has.
  ///   - answer: the signals [T,n,H] and final states [n,H] of the n columns.
  /// - Throws: `GradientCheckError` when one that has a cotangent is missing or does not fit it.
  func values(
    columns: [Int], of answer: (Quantity) -> Tensor<Double>?
  ) throws(GradientCheckError) -> [Double] {
    var losses = [Double](repeating: 0, count: columns.count)
    for (name, cotangent) in upstream.sequence.sorted(by: { $0.key < $1.key }) {
      let width = cotangent.shape[2]
      let rows = cotangent.shape[0]
      let signal = try fitting(.sequence(name), [rows, columns.count, width], answer)
      add(
        signal, cotangent, width: width, steps: rows == steps ? steps : nil, columns: columns,
        to: &losses)
    }
    for (name, cotangent) in upstream.final.sorted(by: { $0.key < $1.key }) {
      let width = cotangent.shape[1]
      let state = try fitting(.final(name), [columns.count, width], answer)
      add(state, cotangent, width: width, steps: nil, columns: columns, to: &losses)
    }
    return losses
  }

  private func fitting(
    _ quantity: Quantity, _ shape: [Int], _ answer: (Quantity) -> Tensor<Double>?
  ) throws(GradientCheckError) -> Tensor<Double> {
    guard let tensor = answer(quantity) else {
      throw GradientCheckError(
        code: .missing, name: quantity.path,
        message: "the subject gave none, but it has a cotangent")
    }
    guard tensor.shape == shape else {
      throw GradientCheckError(
        code: .shape, name: quantity.path, message: "found \(tensor.shape), expected \(shape)")
    }
    return tensor
  }

  /// Adds the products of one tensor; `steps` is nil for what every sequence has once.
  private func add(
    _ tensor: Tensor<Double>, _ cotangent: Tensor<Double>, width: Int, steps: Int?,
    columns: [Int], to losses: inout [Double]
  ) {
    tensor.withUnsafeScalars { values in
      cotangent.withUnsafeScalars { weights in
        for step in 0..<(steps ?? 1) {
          for (column, element) in columns.enumerated() {
            if steps != nil, let lengths, step >= lengths[element] { continue }
            let (value, weight) = (
              (step * columns.count + column) * width, (step * batch + element) * width
            )
            var sum = 0.0
            for unit in 0..<width { sum += weights[weight + unit] * values[value + unit] }
            losses[column] += sum
          }
        }
      }
    }
  }
}
