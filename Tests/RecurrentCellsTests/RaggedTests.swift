import RecurrentCells
import Tensors
import Testing

@Suite("Ragged batches")
struct RaggedTests {
  static let lengths = [[5, 0, 2], [1, 3, 3], [0, 0, 0], [5, 5, 5]]

  @Test(
    "every element is as in a batch cut to its length, bit for bit", arguments: Subject.all, lengths
  )
  func cut(subject: Subject, lengths: [Int]) throws {
    // Cut, not run alone: a product of another number of rows may sum in another order.
    func check<Cell: ComposableCell>(_ type: Cell.Type) throws {
      let sample = Sample(of: type, Sizes(lengths: lengths)).withPoisonedPadding()
      let whole = Sample(of: type, Sizes())
      let cell = try Cell(ParameterSet(sample.parameters))
      let trace = try cell.forward(sample.batch)
      let gradients = try cell.backward(trace, upstream: sample.upstream)
      for (element, length) in lengths.enumerated() {
        let cut = whole.prefix(length)
        let cutTrace = try cell.forward(cut.batch)
        let cutGradients = try cell.backward(cutTrace, upstream: cut.upstream)
        for signal in Cell.signals {
          let pairs = [
            (trace.signals[signal], cutTrace.signals[signal]),
            (gradients.signals[signal], cutGradients.signals[signal]),
          ]
          let steps = sample.ownSteps(of: signal, element).count
          for (ragged, alone) in pairs { try expect(ragged, alone, element, steps) }
        }
        try expect(gradients.x, cutGradients.x, element, length)
        for state in Cell.states {
          #expect(trace.final[state]?.row(element) == cutTrace.final[state]?.row(element))
          #expect(
            gradients.initial[state]?.row(element) == cutGradients.initial[state]?.row(element))
        }
      }
    }
    try check(subject.double)
    try check(subject.float)
  }

  private func expect<Scalar>(
    _ ragged: Tensor<Scalar>?, _ cut: Tensor<Scalar>?, _ element: Int, _ length: Int
  ) throws {
    let (ragged, cut) = (try #require(ragged), try #require(cut))
    for step in 0..<ragged.shape[0] {
      let expected =
        step < length ? cut.vector(step, element) : Array(repeating: 0, count: ragged.shape[2])
      #expect(ragged.vector(step, element) == expected)
    }
  }

  @Test("a sequence of no steps returns its states and their gradients", arguments: Subject.all)
  func noSteps(subject: Subject) throws {
    func check<Cell: ComposableCell>(_ type: Cell.Type) throws {
      for sizes in [
        Sizes(steps: 0), Sizes(steps: 0, lengths: [0, 0, 0]), Sizes(lengths: [0, 0, 0]),
      ] {
        // An output of the last state is one of the initial state here, as the differences confirm.
        var sample = Sample(of: type, sizes)
        for output in sample.lastOutputs { sample.upstream.sequence[output] = nil }
        let cell = try Cell(ParameterSet(sample.parameters))
        let trace = try cell.forward(sample.batch)
        #expect(trace.final == sample.batch.initial)
        let gradients = try cell.backward(trace, upstream: sample.upstream)
        #expect(gradients.initial == sample.upstream.final)
        #expect(gradients.x.scalars.allSatisfy { $0 == 0 })
        #expect(gradients.x.shape == sample.batch.x.shape)
        #expect(gradients.parameters == sample.zeroGradients)
      }
    }
    try check(subject.double)
    try check(subject.float)
  }

  @Test("an empty batch is run at once, however many steps it has", arguments: Subject.all)
  func emptyBatch(subject: Subject) throws {
    func check<Cell: ComposableCell>(_ type: Cell.Type) throws {
      let sample = Sample(of: type, Sizes(steps: 1 << 60, batch: 0, lengths: []))
      let cell = try Cell(ParameterSet(sample.parameters))
      let trace = try cell.forward(sample.batch)
      #expect(trace.signals.mapValues(\.shape) == sample.upstream.sequence.mapValues(\.shape))
      let gradients = try cell.backward(trace, upstream: sample.upstream)
      #expect(gradients.parameters == sample.zeroGradients)
      #expect(gradients.initial.values.allSatisfy { $0.shape == [0, 4] })
    }
    try check(subject.double)
  }

  @Test("no upstream gradient at all gives zero", arguments: Subject.all)
  func noUpstream(subject: Subject) throws {
    func check<Cell: ComposableCell>(_ type: Cell.Type) throws {
      let sample = Sample(of: type, Sizes())
      let cell = try Cell(ParameterSet(sample.parameters))
      let gradients = try cell.backward(
        cell.forward(sample.batch), upstream: Upstream(sequence: [:], final: [:]))
      #expect(gradients.parameters == sample.zeroGradients)
      #expect(gradients.initial == sample.batch.initial.mapValues { Tensor(zeros: $0.shape) })
    }
    try check(subject.double)
  }
}
