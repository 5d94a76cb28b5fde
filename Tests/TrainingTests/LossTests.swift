import Tensors
import Testing
import Training

@Suite("Losses and their gradients against their definitions in ball arithmetic")
struct LossTests {
  @Test("values and gradients, in Double", arguments: LossCase.all)
  func double(_ given: LossCase) throws {
    for seed in 1...3 as ClosedRange<UInt64> {
      let problem = given.problem(Double.self, seed: seed)
      #expect(problem.worstRatio(of: try problem.evaluated()) <= 1)
    }
  }

  @Test("values and gradients, in Float", arguments: LossCase.all)
  func float(_ given: LossCase) throws {
    for seed in 1...3 as ClosedRange<UInt64> {
      let problem = given.problem(Float.self, seed: seed)
      #expect(problem.worstRatio(of: try problem.evaluated()) <= 1)
    }
  }

  @Test("in the padding the gradient is +0, and neither outputs nor targets are looked at")
  func padding() throws {
    let loss = SequenceLoss(.squaredError, of: .every, reduction: .sum)
    let outputs = try Tensor<Double>(shape: [2, 2, 1], scalars: [1, 2, .nan, 4])
    let targets = try Tensor<Double>(shape: [2, 2, 1], scalars: [0, 0, .infinity, 1])
    let found = try loss.evaluate(outputs, targets: targets, lengths: [1, 2])
    #expect(found.value == 1 + 4 + 9)
    #expect(found.upstream.scalars == [2, 4, 0, 6])
    #expect(found.upstream[2].sign == .plus)
    #expect(found.predictions == 3)
  }

  @Test("a mean is over predictions: not over units, nor over the steps of the padded batch")
  func mean() throws {
    let outputs = try Tensor<Double>(shape: [2, 2, 2], scalars: [1, 1, 1, 1, 9, 9, 1, 1])
    let targets = Tensor<Double>(zeros: [2, 2, 2])
    let sum = try SequenceLoss(.squaredError, of: .every, reduction: .sum)
      .evaluate(outputs, targets: targets, lengths: [1, 2])
    let mean = try SequenceLoss(.squaredError, of: .every, reduction: .mean)
      .evaluate(outputs, targets: targets, lengths: [1, 2])
    #expect(sum.value == 6)
    #expect(mean.value == 2)
    #expect(mean.upstream[0] == 2.0 / 3)
  }

  @Test("nothing to predict: a loss of 0 and gradients of 0", arguments: [[0, 0], []])
  func nothing(_ lengths: [Int]) throws {
    for function in LossFunction.allCases {
      for reduction in [LossReduction.sum, .mean] {
        let outputs = Tensor<Float>(zeros: [2, lengths.count, 3])
        let found = try SequenceLoss(function, of: .every, reduction: reduction)
          .evaluate(outputs, targets: outputs, lengths: lengths)
        #expect(found.value == 0)
        #expect(found.upstream == outputs)
        #expect(found.predictions == 0)
      }
    }
  }

  @Test("logits far out: no overflow, where a softmax and its logarithm have none left")
  func stable() throws {
    let loss = SequenceLoss(.crossEntropyOfLogits, of: .single, reduction: .sum)
    let logits = try Tensor<Float>(shape: [1, 1, 3], scalars: [1e30, -1e30, 0])
    let target = try Tensor<Float>(shape: [1, 1, 3], scalars: [0, 0, 1])
    let found = try loss.evaluate(logits, targets: target, lengths: nil)
    #expect(found.value == 1e30)
    #expect(found.upstream.scalars == [1, 0, -1])
  }

  @Test("a softmax of 0 at its target: an infinite loss; at another class: nothing")
  func zeroProbability() throws {
    let loss = SequenceLoss(.crossEntropy, of: .single, reduction: .sum)
    let outputs = try Tensor<Double>(shape: [1, 1, 2], scalars: [0, 1])
    let missed = try loss.evaluate(
      outputs, targets: try Tensor(shape: [1, 1, 2], scalars: [1, 0]), lengths: nil)
    #expect(missed.value == .infinity)
    #expect(missed.upstream.scalars == [-.infinity, 0])
    let hit = try loss.evaluate(
      outputs, targets: try Tensor(shape: [1, 1, 2], scalars: [0, 1]), lengths: nil)
    #expect(hit.value == 0)
    #expect(hit.upstream.scalars == [0, -1])
  }

  @Test("what does not fit is an error that says so")
  func errors() throws {
    let loss = SequenceLoss(.crossEntropy, of: .every, reduction: .mean)
    let outputs = Tensor<Double>(shape: [2, 2, 3]) { _ in 0.25 }
    func code(
      _ loss: SequenceLoss, _ outputs: Tensor<Double>, _ targets: Tensor<Double>, _ lengths: [Int]?
    ) -> TrainingError.Code? {
      do throws(TrainingError) {
        _ = try loss.evaluate(outputs, targets: targets, lengths: lengths)
        return nil
      } catch { return error.code }
    }
    #expect(code(loss, outputs, outputs, nil) == nil)
    #expect(code(loss, outputs, Tensor(zeros: [2, 2, 2]), nil) == .shape)
    #expect(code(loss, Tensor(zeros: [2, 2]), outputs, nil) == .shape)
    #expect(code(loss, outputs, outputs, [1]) == .length)
    #expect(code(loss, outputs, outputs, [1, 3]) == .length)
    #expect(code(loss, outputs, outputs, [-1, 1]) == .length)
    for bad in [-0.5, .nan, .infinity] {
      #expect(code(loss, outputs, Tensor(shape: [2, 2, 3]) { _ in bad }, nil) == .target)
    }
    let single = SequenceLoss(.squaredError, of: .single, reduction: .sum)
    #expect(code(single, outputs, outputs, nil) == .shape)
    let last = SequenceLoss(.squaredError, of: .last, reduction: .sum)
    #expect(code(last, outputs, outputs, nil) == .shape)
    #expect(code(last, outputs, Tensor(zeros: [1, 2, 3]), nil) == nil)
  }
}
