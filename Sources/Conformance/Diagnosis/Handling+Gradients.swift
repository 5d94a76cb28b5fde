import Equations
import GoldenFixtures
import Oracle
import Tensors

extension Alternative {
  /// Right equations whose upstream gradients are taken otherwise, or whose gradients are handed on wrongly.
  static func gradientHandlings(of reference: Reference) -> [Alternative] {
    func alternative(_ bugClass: BugClass, _ name: String, _ handling: Handling) -> Alternative {
      Alternative(.handling, name, bugClass, reference, handling: handling)
    }
    return [
      alternative(
        .cotangentLinearity, "the upstream gradients are squared", .mappingUpstream { $0 * $0 }),
      alternative(
        .cotangentLinearity, "the upstream gradients lose their signs",
        .mappingUpstream { $0.magnitude }),
      alternative(
        .cotangentLinearity, "the upstream gradients are clipped to ±1",
        .mappingUpstream { min(max($0, -1), 1) }),
      alternative(
        .gradientTerm, "the upstream gradients of the final states are ignored",
        Handling(question: { problem in
          var problem = problem
          problem.upstream.final = [:]
          return problem
        })),
      alternative(
        .gradientTerm, "the upstream gradients of every step are ignored",
        Handling(question: { problem in
          var problem = problem
          problem.upstream.sequence = [:]
          return problem
        })),
      alternative(
        .gradientTerm, "the upstream gradients of all steps but the last are ignored",
        Handling(question: { problem in
          var problem = problem
          problem.upstream.sequence = problem.upstream.sequence.mapValues {
            $0.keepingLastSteps(of: problem.batch)
          }
          return problem
        })),
      alternative(
        .gradientTerm, "the parameters' gradients are means over the batch",
        .scalingParameters { 1 / Double(max($0.batch, 1)) }),
      alternative(
        .gradientTerm, "the parameters' gradients are means over the steps",
        .scalingParameters { 1 / Double(max($0.steps, 1)) }),
      alternative(
        .gradientTerm, "the parameters' gradients are means over steps and batch",
        .scalingParameters { 1 / Double(max($0.batch * $0.steps, 1)) }),
      alternative(
        .lengths, "the lengths of the sequences are ignored on the way back", .backThroughPadding),
    ]
  }

  /// The right gradients clipped at the largest magnitude that a subject's have, where several have it: all of
  /// them, or the parameters' alone.
  static func clippings(of reference: Reference, as gradients: Answers<Double>) -> [Alternative] {
    let kinds: [(name: String, has: @Sendable (Quantity) -> Bool)] = [
      ("the gradients", \.isGradient),
      ("the parameters' gradients", { if case .parameter = $0 { true } else { false } }),
    ]
    return kinds.compactMap { kind in
      let sizes = gradients.filter { kind.has($0.key) }.flatMap { $1.scalars.map(\.magnitude) }
      guard let limit = sizes.max(), limit > 0, limit.isFinite,
        sizes.count(where: { $0 == limit }) > 1
      else { return nil }
      return Alternative(
        .handling, "\(kind.name) are clipped to ±\(limit)", .clip, reference,
        handling: Handling(answers: { result, _ in
          var result = result
          for (quantity, tensor) in result.answers where kind.has(quantity) {
            result.answers[quantity] = tensor.map { min(max($0, -limit), limit) }
          }
          return result
        }))
    }
  }
}

extension Handling {
  fileprivate static func mappingUpstream(
    _ change: @escaping @Sendable (Double) -> Double
  ) -> Handling {
    Handling(question: { problem in
      var problem = problem
      problem.upstream.sequence = problem.upstream.sequence.mapValues { $0.map(change) }
      problem.upstream.final = problem.upstream.final.mapValues { $0.map(change) }
      return problem
    })
  }

  fileprivate static func scalingParameters(
    _ factor: @escaping @Sendable (SequenceBatch<Double>) -> Double
  ) -> Handling {
    Handling(answers: { result, problem in
      var result = result
      result.scale(factor(problem.batch)) { if case .parameter = $0 { true } else { false } }
      return result
    })
  }

  /// Gradients of every step, the padding's too.
  fileprivate static let backThroughPadding = Handling(question: ignoringLengths.question)
}

extension Tensor<Double> {
  /// Zero but for each sequence's own last step.
  fileprivate func keepingLastSteps(of batch: SequenceBatch<Double>) -> Tensor {
    guard shape.count == 3, shape[0] == batch.steps else { return self }
    let row = shape[1] * shape[2]
    return Tensor(shape: shape) { index in
      let (step, rest) = index.quotientAndRemainder(dividingBy: max(row, 1))
      return step == batch.length(of: rest / max(shape[2], 1)) - 1 ? self[index] : 0
    }
  }
}
