import Conformance
import Foundation

extension TrainingReport {
  /// The report as JSON, a line break at the end.
  ///
  /// ```
  /// {"format":"rnncheck-training","version":1,"example","formulation","loss_of","settings":{…},
  ///  "outcome":"carries|fell|did-not-fall","final":{…},"yardsticks":{…},
  ///  "curve":[{"step","loss","gradient_norm","clipped"}],"demonstrations":[{…}]}
  /// ```
  /// `settings` has `clip`, `clip_norm` and `truncate` only where there is such a thing. The last point of the curve has no `gradient_norm`; a norm that is out of range is left out too.
  ///
  /// - Throws: an encoding error, which no report gives.
  public func json() throws -> Data {
    try Encoded(self).reportJSON(keys: .convertToSnakeCase)
  }

  /// The curve as CSV: a line for each step, headed `step,loss,gradient_norm,clipped`.
  ///
  /// Numbers are printed so that reading them gives them back.
  public var csv: String {
    "step,loss,gradient_norm,clipped\n"
      + curve.map { point in
        let norm = point.gradientNorm.map { "\($0)" } ?? ""
        return "\(point.step),\(point.loss),\(norm),\(point.clippedElements)\n"
      }.joined()
  }

  private struct Encoded: Encodable {
    let format = "rnncheck-training"
    let version = 1
    let example, formulation, lossOf, outcome: String
    let settings: Settings
    let final: Final
    let yardsticks: Levels
    let curve: [Point]
    let demonstrations: [Answer]

    init(_ report: TrainingReport) {
      let session = report.session
      example = session.example.name.rawValue
      formulation = session.formulation.id
      lossOf = session.placement.text(in: session.formulation)
      outcome = report.outcome.rawValue
      settings = Settings(session)
      final = Final(
        loss: report.lastLoss, perplexity: report.perplexity, accuracy: report.accuracy,
        heldOutLoss: report.heldOutLoss, heldOutAccuracy: report.heldOutAccuracy)
      yardsticks = Levels(
        least: report.yardsticks.least, withoutMemory: report.yardsticks.withoutMemory,
        bestAccuracy: report.yardsticks.bestAccuracy)
      curve = report.curve.map {
        Point(
          step: $0.step, loss: $0.loss,
          gradientNorm: $0.gradientNorm.flatMap(\.finite),
          clipped: $0.clippedElements)
      }
      demonstrations = report.demonstrations.map {
        Answer(
          asked: $0.prompt, answer: $0.answer, probability: $0.probability, expected: $0.expected)
      }
    }
  }

  private struct Settings: Encodable {
    let steps, inputSize, hiddenSize, outputSize: Int
    let learningRate, carriedShare: Double
    let clip, clipNorm: Double?
    let truncate: Int?
    let seed: UInt64
    let dtype: String

    init(_ session: TrainingSession) {
      let settings = session.settings
      steps = settings.steps
      (inputSize, hiddenSize, outputSize) = (
        session.sizes.input, session.sizes.hidden, session.sizes.output
      )
      learningRate = settings.learningRate
      carriedShare = settings.carriedShare
      seed = settings.seed
      truncate = settings.truncation?.steps
      dtype = settings.precision.rawValue
      let threshold = settings.clipping?.threshold.finite
      switch settings.clipping {
      case .elementwise: (clip, clipNorm) = (threshold, nil)
      case .globalNorm: (clip, clipNorm) = (nil, threshold)
      case nil: (clip, clipNorm) = (nil, nil)
      }
    }
  }

  private struct Final: Encodable {
    let loss: Double
    let perplexity: Double?
    let accuracy: Double
    let heldOutLoss, heldOutAccuracy: Double?
  }

  private struct Levels: Encodable { let least, withoutMemory, bestAccuracy: Double }

  private struct Point: Encodable {
    let step: Int
    let loss: Double
    let gradientNorm: Double?
    let clipped: Int
  }

  private struct Answer: Encodable {
    let asked, answer: String
    let probability: Double
    let expected: [String]
  }
}

extension Double {
  /// The number, or nil where JSON has none.
  fileprivate var finite: Double? { isFinite ? self : nil }
}
