import Tensors
import Testing
import Training

@Suite("Wrong losses are rejected")
struct WrongLossTests {
  /// A loss made wrong by one change, and the kinds of loss that it is wrong for.
  struct Wrong: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var applies: @Sendable (LossCase) -> Bool = { _ in true }
    let found: @Sendable (LossProblem<Double>) throws -> FoundLoss<Double>
  }

  /// The gradient of one answer, as if the loss were another one.
  private static func evaluated(
    _ problem: LossProblem<Double>, as loss: SequenceLoss, lengths: [Int]? = nil
  ) throws -> FoundLoss<Double> {
    try LossProblem(
      loss: loss, outputs: problem.outputs, targets: problem.targets,
      lengths: lengths ?? problem.lengths
    ).evaluated()
  }

  private static func scaled(_ found: FoundLoss<Double>, by factor: Double) -> FoundLoss<Double> {
    FoundLoss(value: found.value * factor, upstream: found.upstream.map { $0 * factor })
  }

  private static func spoiled(
    _ problem: LossProblem<Double>, _ change: (inout FoundLoss<Double>) -> Void
  ) throws -> FoundLoss<Double> {
    var found = try problem.evaluated()
    change(&found)
    return found
  }

  static let all: [Wrong] = [
    Wrong(testDescription: "the mean for the sum and the other way round") { problem in
      let loss = problem.loss
      return try evaluated(
        problem,
        as: SequenceLoss(
          loss.function, of: loss.steps, reduction: loss.reduction == .sum ? .mean : .sum))
    },
    Wrong(
      testDescription: "the mean over the padded batch",
      applies: { $0.reduction == .mean && $0.steps == .every }
    ) { problem in
      let all = Double(problem.outputs.shape[0] * problem.outputs.shape[1])
      return scaled(try problem.evaluated(), by: Double(problem.divisor) / all)
    },
    Wrong(testDescription: "the mean over units", applies: { $0.reduction == .mean }) { problem in
      scaled(try problem.evaluated(), by: 1 / Double(problem.outputs.shape[2]))
    },
    Wrong(testDescription: "the sign") { problem in
      try spoiled(problem) { $0.upstream = $0.upstream.map { -$0 } }
    },
    Wrong(testDescription: "half of the gradient, as of half of the loss") { problem in
      try spoiled(problem) { $0.upstream = $0.upstream.map { $0 / 2 } }
    },
    Wrong(testDescription: "a gradient in the padding", applies: { $0.steps != .single }) {
      problem in
      try spoiled(problem) { found in
        // The second sequence has no step at all.
        found.upstream[0, 1, 0] = 1
      }
    },
    Wrong(
      testDescription: "the last step of the batch for each sequence's own",
      applies: { $0.steps == .last }
    ) {
      problem in
      let outputs = problem.outputs.map { $0.isNaN ? 0.25 : $0 }
      let rows = [Int](repeating: outputs.shape[0], count: outputs.shape[1])
      return try LossProblem(
        loss: problem.loss, outputs: outputs, targets: problem.targets, lengths: rows
      ).evaluated()
    },
    Wrong(
      testDescription: "softmax without − y", applies: { $0.function == .crossEntropyOfLogits }
    ) { problem in
      try spoiled(problem) { found in
        for row in problem.predictions {
          for (output, target) in zip(row.output, row.target) {
            found.upstream[output] += problem.targets[target] / Double(problem.divisor)
          }
        }
      }
    },
    Wrong(
      testDescription: "− y without the softmax",
      applies: { $0.function == .crossEntropyOfLogits }
    ) { problem in
      try spoiled(problem) { found in
        for row in problem.predictions {
          for (output, target) in zip(row.output, row.target) {
            found.upstream[output] = -problem.targets[target] / Double(problem.divisor)
          }
        }
      }
    },
    Wrong(
      testDescription: "the gradient of logits on an output that is a softmax already",
      applies: { $0.function == .crossEntropy }
    ) { problem in
      try spoiled(problem) { found in
        for row in problem.predictions {
          for (output, target) in zip(row.output, row.target) {
            found.upstream[output] =
              (problem.outputs[output] - problem.targets[target]) / Double(problem.divisor)
          }
        }
      }
    },
    Wrong(testDescription: "a prediction left out of the value") { problem in
      try spoiled(problem) { found in
        found.value -= found.value / Double(problem.predictions.count)
      }
    },
    Wrong(testDescription: "one gradient off by a part in 10⁹") { problem in
      try spoiled(problem) { found in
        let worst = found.upstream.scalars.indices.max {
          found.upstream[$0].magnitude < found.upstream[$1].magnitude
        }
        if let worst { found.upstream[worst] *= 1 + 1e-9 }
      }
    },
  ]

  @Test("each where it is another loss", arguments: all)
  func rejected(_ wrong: Wrong) throws {
    let given = LossCase.all.filter { wrong.applies($0) && $0.magnitude == 1 }
    #expect(!given.isEmpty)
    for kind in given {
      let problem = kind.problem(Double.self, seed: 1)
      #expect(
        problem.worstRatio(of: try wrong.found(problem)) > 1, "\(kind.testDescription)")
    }
  }
}
