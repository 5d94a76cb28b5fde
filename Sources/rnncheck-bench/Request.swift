import Tensors

/// One measurement that `tools/bench` asks for, as JSON.
struct Request: Decodable {
  /// What is measured.
  enum Measurement: String, Decodable {
    /// A forward and a backward pass.
    case passes
    /// The full Jacobian, by both passes and compared.
    case jacobian
    /// The gradients of one loss by random cotangents against differences.
    case gradients
    /// The goldens of a formulation's cases, all gradients among them, in balls.
    case goldens
    /// Products of matrices and activations by themselves.
    case yardsticks
  }

  /// The cells that are measured.
  enum Cell: String, Decodable {
    case lstm
    case gru
  }

  let measurement: Measurement
  let cell: Cell
  /// "float64" or "float32".
  let precision: String
  let inputs: Int
  let hidden: Int
  let steps: Int
  let batch: Int
  let threads: Int
  /// The stencil of a Jacobian.
  let stencil: String
  /// How often it is measured; before that it runs once.
  let repeats: Int
}

/// What was measured.
struct Answer: Encodable {
  /// The wall time of every run.
  var seconds: [Double] = []
  /// Other figures by name: counts, rates.
  var figures: [String: Double] = [:]
}
