import DonahueLSTM
import MultiscaleRNN
import RecurrentCells
import Tensors
import Testing
import VanillaRNN

@Suite("Truncated backpropagation")
struct TruncationTests {
  static let ragged = Sizes(input: 2, hidden: 2, steps: 5, batch: 3, lengths: [5, 0, 4])

  @Test("chunks as long as the sequence change no bit", arguments: Subject.all)
  func longChunks(subject: Subject) throws {
    func check<Cell: ComposableCell>(_ type: Cell.Type) throws {
      for sizes in [Sizes(), Self.ragged, Sizes(lengths: [1, 3, 3]), Sizes(steps: 0)] {
        let sample = Sample(of: type, sizes)
        let cell = try Cell(ParameterSet(sample.parameters))
        let trace = try cell.forward(sample.batch)
        let whole = try cell.backward(trace, upstream: sample.upstream)
        for steps in [max(sizes.steps, 1), sizes.steps + 1, Int.max] {
          #expect(
            try cell.backward(
              trace, upstream: sample.upstream, truncation: Truncation(every: steps)) == whole)
        }
        #expect(try cell.backward(trace, upstream: sample.upstream, truncation: nil) == whole)
      }
    }
    try check(subject.double)
    try check(subject.float)
  }

  @Test(
    "differences of a loss whose chunks start from held states confirm every gradient",
    arguments: Subject.all, [1, 2, 3])
  func heldStates(subject: Subject, steps: Int) throws {
    func check<Cell: ComposableCell>(_ type: Cell.Type) throws where Cell.Scalar == Double {
      let sample = Sample(of: type, Self.ragged)
      let cell = try Cell(ParameterSet(sample.parameters))
      let poisoned = sample.withPoisonedPadding()
      let found = try cell.backward(
        cell.forward(poisoned.batch), upstream: poisoned.upstream,
        truncation: Truncation(every: steps))
      let differences = FiniteDifferences<Cell>(sample, subject, chunksOf: steps)
      #expect(try differences.departures(of: found) == [])
    }
    try check(subject.double)
  }

  /// A relu that is shut lets no gradient through, from whichever chunk.
  @Test(
    "chunks of another length and none at all are found out",
    arguments: Subject.all.filter { !$0.testDescription.contains("relu") })
  func otherChunks(subject: Subject) throws {
    func check<Cell: ComposableCell>(_ type: Cell.Type) throws where Cell.Scalar == Double {
      let sample = Sample(of: type, Self.ragged)
      let cell = try Cell(ParameterSet(sample.parameters))
      let trace = try cell.forward(sample.batch)
      let differences = FiniteDifferences<Cell>(sample, subject, chunksOf: 2)
      let whole = try cell.backward(trace, upstream: sample.upstream)
      #expect(try !differences.departures(of: whole).isEmpty)
      let other = try cell.backward(
        trace, upstream: sample.upstream, truncation: Truncation(every: 3))
      #expect(try !differences.departures(of: other).isEmpty)
    }
    try check(subject.double)
  }

  @Test("is each chunk by itself, from the states carried over", arguments: Subject.plain)
  func chunkByChunk(subject: Subject) throws {
    func check<Cell: StepwiseCell>(_ type: Cell.Type) throws {
      // A lag reads further back than the states that are carried over.
      guard Cell.lags.isEmpty else { return }
      let sample = Sample(of: type, Sizes())
      let cell = try Cell(ParameterSet(sample.parameters))
      let trace = try cell.forward(sample.batch)
      let found = try cell.backward(
        trace, upstream: sample.upstream, truncation: Truncation(every: 2))
      for start in [0, 2, 4] {
        var chunk = sample.suffix(from: start).prefix(min(2, 5 - start))
        for state in Cell.states where start > 0 {
          chunk.batch.initial[state] = trace.signals[state].map {
            Batch($0, step: start - 1).tensor
          }
        }
        if start < 4 {
          chunk.upstream.final = [:]
          for output in sample.lastOutputs { chunk.upstream.sequence[output] = nil }
        }
        let chunkTrace = try cell.forward(chunk.batch)
        let own = try cell.backward(chunkTrace, upstream: chunk.upstream)
        for step in 0..<chunk.batch.steps {
          #expect(Batch(found.x, step: start + step) == Batch(own.x, step: step))
          for signal in Cell.signals where !sample.lastOutputs.contains(signal) {
            let (whole, part) = (
              try #require(found.signals[signal]), try #require(own.signals[signal])
            )
            #expect(Batch(whole, step: start + step) == Batch(part, step: step))
            let (value, chunkValue) = (
              try #require(trace.signals[signal]), try #require(chunkTrace.signals[signal])
            )
            #expect(Batch(value, step: start + step) == Batch(chunkValue, step: step))
          }
        }
        if start == 0 { #expect(found.initial == own.initial) }
      }
    }
    try check(try subject.stepwise())
    try check(try subject.narrowStepwise())
  }

  @Test("chunks of no step are refused", arguments: [0, -1, Int.min])
  func noSteps(steps: Int) {
    let error = #expect(throws: CellError.self) { try Truncation(every: steps) }
    #expect(error?.code == .value && error?.name == "truncation")
  }

  @Test("what crosses from one chunk to another")
  func cuts() throws {
    let truncation = try Truncation(every: 3)
    func cut(_ step: Int, _ earlier: Int) -> Bool {
      truncation.cuts(from: step, to: earlier, element: 0)
    }
    #expect(cut(3, 2) && !cut(2, 1) && !cut(4, 3) && cut(4, 1) && cut(6, 5))
    // The initial state belongs to the first chunk, however far back it is read.
    #expect(!cut(0, -1) && !cut(2, -7) && cut(3, -1))
  }
}
