import Conformance
import Foundation

extension TrainingExample {
  /// Examples for people: what each is and with which settings it is trained by default.
  ///
  /// - Parameter examples: in the order in which they are printed.
  public static func text(_ examples: [TrainingExample]) -> String {
    examples.map { example in
      let defaults = example.defaults
      let samples =
        "\(example.training.count) samples to train on, \(example.heldOut.count) held out,"
        + " \(example.symbols.count) symbols, \(example.classes.count) classes"
      let settings =
        "\(defaults.steps) steps, learning rate \(defaults.learningRate.figures),"
        + " gradients \(defaults.clippingText), H = \(defaults.hiddenSize)"
      return """
        \(example.name.rawValue): \(example.title)
          document  \(example.documents.joined(separator: ", "))
          samples   \(samples)
          defaults  \(settings)
          \(example.explanation)

        """
    }.joined(separator: "\n")
  }

  /// Examples as JSON, a line break at the end.
  ///
  /// - Throws: an encoding error, which no example gives.
  public static func json(_ examples: [TrainingExample]) throws -> Data {
    let rows = examples.map {
      Row(
        name: $0.name.rawValue, title: $0.title, explanation: $0.explanation,
        documents: $0.documents, training: $0.training.count, heldOut: $0.heldOut.count,
        symbols: $0.symbols, classes: $0.classes)
    }
    return try rows.reportJSON()
  }

  private struct Row: Encodable {
    let name, title, explanation: String
    let documents: [String]
    let training, heldOut: Int
    let symbols, classes: [String]

    enum CodingKeys: String, CodingKey {
      case name, title, explanation, documents, training, symbols, classes
      case heldOut = "held_out"
    }
  }
}

extension TrainingSettings {
  /// How gradients are clipped, in words.
  var clippingText: String {
    switch clipping {
    case nil: "not clipped"
    case .elementwise(let threshold): "clipped to ±\(threshold.figures)"
    case .globalNorm(let threshold): "clipped to a norm of \(threshold.figures)"
    }
  }
}
