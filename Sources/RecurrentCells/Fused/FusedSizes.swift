import Tensors

/// The extents of a fused pass, none of them 0.
struct FusedSizes {
  /// T.
  let steps: Int
  /// B.
  let batch: Int
  /// I.
  let inputs: Int
  /// H.
  let units: Int
  /// Of a ragged batch the steps of every element.
  let lengths: [Int]?

  init(_ x: Tensor<some CellScalar>, lengths: [Int]?, units: Int) {
    (steps, batch, inputs) = (x.shape[0], x.shape[1], x.shape[2])
    self.units = units
    self.lengths = lengths
  }

  /// B·H, the numbers of a signal at one step.
  var step: Int { batch * units }

  /// Whether an element has a step.
  func has(_ step: Int, _ element: Int) -> Bool { step < lengths?[element] ?? steps }

  /// Sets to zero what a tensor [T,B,N] has of steps beyond their element's last one.
  func clearPadding<Scalar: CellScalar>(_ numbers: UnsafeMutablePointer<Scalar>, width: Int) {
    guard let lengths else { return }
    for (element, length) in lengths.enumerated() {
      for step in length..<steps {
        (numbers + (step * batch + element) * width).update(repeating: 0, count: width)
      }
    }
  }
}
