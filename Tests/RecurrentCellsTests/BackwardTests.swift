import RecurrentCells
import Tensors
import Testing

@Suite("Backward")
struct BackwardTests {
  static let sizes = [
    Sizes(input: 2, hidden: 3, steps: 4, batch: 2), Sizes(input: 2, hidden: 2, lengths: [5, 0, 2]),
    Sizes(input: 1, hidden: 1, output: 1, steps: 1, batch: 1),
    Sizes(input: 2, hidden: 2, output: 3, steps: 0, batch: 2),
  ]

  @Test("differences of forward confirm every gradient", arguments: Subject.all, sizes)
  func differences(subject: Subject, sizes: Sizes) throws {
    func check<Cell: ComposableCell>(_ type: Cell.Type) throws where Cell.Scalar == Double {
      let sample = Sample(of: type, sizes)
      let cell = try Cell(ParameterSet(sample.parameters))
      let poisoned = sample.withPoisonedPadding()
      let gradients = try cell.backward(
        cell.forward(poisoned.batch), upstream: poisoned.upstream)
      #expect(
        try FiniteDifferences<Cell>(sample, subject).departures(of: gradients) == [])
    }
    try check(subject.double)
  }

  @Test("a wrong way back is found out", arguments: Subject.plain)
  func wrongBackward(subject: Subject) throws {
    func check<Cell: StepwiseCell>(_ type: Cell.Type) throws where Cell.Scalar == Double {
      let sample = Sample(of: type, Sizes(input: 2, hidden: 2, steps: 3, batch: 2))
      func departures<F: Fault>(_: F.Type) throws -> [String] {
        let cell = try WrongBackward<Cell, F>(ParameterSet(sample.parameters))
        let gradients = try cell.backward(cell.forward(sample.batch), upstream: sample.upstream)
        return try FiniteDifferences<Cell>(sample, subject).departures(of: gradients)
      }
      let overwritten = try departures(OverwrittenSums.self)
      #expect(!overwritten.isEmpty)
      #expect(overwritten.allSatisfy { !$0.hasPrefix("x") && !$0.hasPrefix("initial") })
      #expect(try !departures(ForgottenState.self).isEmpty)
      let input = try departures(HalvedInput.self)
      let cell = try Cell(ParameterSet(sample.parameters))
      let right = try cell.backward(cell.forward(sample.batch), upstream: sample.upstream)
      #expect(input.count == right.x.scalars.count { $0 != 0 } && !input.isEmpty)
    }
    try check(try subject.stepwise())
  }

  @Test("one element of one gradient off by 1e-6 is found out", arguments: Subject.all)
  func sensitivity(subject: Subject) throws {
    func check<Cell: ComposableCell>(_ type: Cell.Type) throws where Cell.Scalar == Double {
      let sample = Sample(of: type, Sizes(input: 2, hidden: 2, steps: 3, batch: 1))
      let cell = try Cell(ParameterSet(sample.parameters))
      var gradients = try cell.backward(cell.forward(sample.batch), upstream: sample.upstream)
      let name = subject.mistake.parameter
      gradients.parameters[name]?[1] += 1e-6
      let found = try FiniteDifferences<Cell>(sample, subject).departures(of: gradients)
      #expect(found.count == 1 && found[0].hasPrefix("\(name)[1]"), "\(found)")
    }
    try check(subject.double)
  }

  @Test(
    "short dyadic numbers give the same gradients in Float as in Double",
    arguments: Subject.plain.filter(\.exactAtRest))
  func exact(subject: Subject) throws {
    // One step with zero biases, and x and the states orthogonal to every row of the matrices: all gates
    // are exactly ½ and every operation of the way back is exact. The upstream gradient of an LSTM's h
    // is zero, as it would pass through the activation of the carried state.
    func gradients<Cell: StepwiseCell>(_ type: Cell.Type) throws -> Gradients<Double> {
      var sample = Sample(of: type, Sizes(input: 2, hidden: 2, steps: 1, batch: 3))
      func short(_ tensor: Tensor<Cell.Scalar>) -> Tensor<Cell.Scalar> {
        tensor.map { ($0 * 8).rounded(.up) / 8 }
      }
      func pairs(_ tensor: Tensor<Cell.Scalar>, sign: Cell.Scalar) -> Tensor<Cell.Scalar> {
        Tensor(shape: tensor.shape) {
          $0 % 2 == 0 ? short(tensor)[$0] : sign * short(tensor)[$0 - 1]
        }
      }
      for (name, shape) in Cell.parameterShapes {
        sample.parameters[name] = sample.parameters[name].map {
          [.bias, .outputBias].contains(shape) ? Tensor(zeros: $0.shape) : pairs($0, sign: -1)
        }
      }
      sample.batch.x = pairs(sample.batch.x, sign: 1)
      sample.batch.initial = sample.batch.initial.mapValues { pairs($0, sign: 1) }
      sample.upstream.sequence = sample.upstream.sequence.mapValues(short)
      sample.upstream.final = sample.upstream.final.mapValues(short)
      if subject.carried != nil, let output = subject.output {
        sample.upstream.sequence[output] = nil
        sample.upstream.final[output] = nil
      }
      let cell = try Cell(ParameterSet(sample.parameters))
      let found = try cell.backward(cell.forward(sample.batch), upstream: sample.upstream)
      return Gradients(
        parameters: found.parameters.mapValues { $0.converted() }, x: found.x.converted(),
        initial: found.initial.mapValues { $0.converted() },
        signals: found.signals.mapValues { $0.converted() })
    }
    let double = try gradients(try subject.stepwise())
    #expect(try gradients(try subject.narrowStepwise()) == double)
    for (name, gradient) in double.parameters {
      #expect(gradient.scalars.contains { $0 != 0 }, "\(name) was not tested")
    }
  }

  @Test("scaled cotangents scale every gradient, bit for bit", arguments: Subject.all)
  func linear(subject: Subject) throws {
    func check<Cell: ComposableCell>(_ type: Cell.Type) throws {
      let sample = Sample(of: type, Sizes())
      let cell = try Cell(ParameterSet(sample.parameters))
      let trace = try cell.forward(sample.batch)
      let once = try cell.backward(trace, upstream: sample.upstream)
      for scale: Cell.Scalar in [-1, 8, 0.125] {
        func scaled(_ tensors: [String: Tensor<Cell.Scalar>]) -> [String: Tensor<Cell.Scalar>] {
          tensors.mapValues { $0.map { $0 * scale } }
        }
        let found = try cell.backward(
          trace,
          upstream: Upstream(
            sequence: scaled(sample.upstream.sequence), final: scaled(sample.upstream.final)))
        #expect(found.parameters == scaled(once.parameters))
        #expect(found.x == once.x.map { $0 * scale })
        #expect(found.initial == scaled(once.initial))
        #expect(found.signals == scaled(once.signals))
      }
    }
    try check(subject.double)
    try check(subject.float)
  }

  @Test(
    "the gradients of the signals are those the bias and the states see", arguments: Subject.plain)
  func signals(subject: Subject) throws {
    func check<Cell: StepwiseCell>(_ type: Cell.Type) throws {
      let sample = Sample(of: type, Sizes())
      let cell = try Cell(ParameterSet(sample.parameters))
      let trace = try cell.forward(sample.batch)
      let found = try cell.backward(trace, upstream: sample.upstream)

      // A gate's bias is added to the argument of its activation: ∂E/∂b is the sum over steps, last
      // first, and over the batch, in this order to the bit.
      for (gate, name) in subject.biases {
        let (bias, δ) = (try #require(found.parameters[name]), try #require(found.signals[gate]))
        var sum = Tensor<Cell.Scalar>(zeros: bias.shape)
        for step in (0..<δ.shape[0]).reversed() {
          for element in 0..<δ.shape[1] {
            for unit in 0..<δ.shape[2] { sum[unit] += δ[step, element, unit] }
          }
        }
        #expect(bias == sum, "\(gate)")
      }

      // ∂E/∂x_t is the transpose of the only matrix on x times the gradient of what it is added to.
      if let (matrix, signal) = subject.input {
        let (W, δ) = (try cell.parameters.weight(matrix), try #require(found.signals[signal]))
        for step in 0..<sample.batch.steps {
          #expect(Batch(found.x, step: step) == W.transposed * Batch(δ, step: step))
        }
      }

      // A linear output and a softmax have their own upstream gradient.
      for signal in subject.plainOutputs {
        #expect(found.signals[signal] == sample.upstream.sequence[signal])
      }

      // The sequence from a later step on, started from the states before it, says what comes back to
      // them; the batch is the same, and so are the bits.
      guard let output = subject.output else { return }
      for step in 1..<sample.batch.steps {
        var tail = sample.suffix(from: step)
        for state in Cell.states {
          tail.batch.initial[state] = trace.signals[state].map {
            Batch($0, step: step - 1).tensor
          }
        }
        let later = try cell.backward(cell.forward(tail.batch), upstream: tail.upstream)
        let own = Batch(try #require(found.signals[output]), step: step - 1)
        let upstream = Batch(try #require(sample.upstream.sequence[output]), step: step - 1)
        #expect(own == upstream + Batch(try #require(later.initial[output])))
        if let (state, gate) = subject.carried {
          let own = Batch(try #require(found.signals[state]), step: step)
          let open = Batch(try #require(trace.signals[gate]), step: step)
          #expect(Batch(try #require(later.initial[state])) == own ⊙ open)
        }
      }
    }
    try check(try subject.stepwise())
    try check(try subject.narrowStepwise())
  }
}
