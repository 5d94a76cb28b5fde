import RecurrentCells
import Tensors
import Testing

@Suite("Reproducibility")
struct ReproducibilityTests {
  @Test("the same bits on every run, whatever ran in between", arguments: Subject.all)
  func sameBits(subject: Subject) throws {
    func check<Cell: ComposableCell>(_ type: Cell.Type) throws {
      let sizes = Sizes(input: 5, hidden: 17, steps: 4, batch: 9)
      let (sample, other) = (Sample(of: type, sizes), Sample(of: type, sizes, seed: 2))
      let cell = try Cell(ParameterSet(sample.parameters))
      let trace = try cell.forward(sample.batch)
      let gradients = try cell.backward(trace, upstream: sample.upstream)
      _ = try cell.backward(cell.forward(other.batch), upstream: other.upstream)
      #expect(try cell.backward(trace, upstream: sample.upstream) == gradients)
      let again = try cell.forward(sample.batch)
      #expect(again.signals == trace.signals && again.final == trace.final)
    }
    try check(subject.double)
    try check(subject.float)
  }

  @Test("the same bits on several threads at once", arguments: Subject.all)
  func threads(subject: Subject) async throws {
    func check<Cell: ComposableCell>(_ type: Cell.Type) async throws {
      let sample = Sample(of: type, Sizes(input: 24, hidden: 64, steps: 3, batch: 33))
      let cell = try Cell(ParameterSet(sample.parameters))
      let alone = try cell.backward(cell.forward(sample.batch), upstream: sample.upstream)
      try await withThrowingTaskGroup(of: Gradients<Cell.Scalar>.self) { group in
        for _ in 0..<8 {
          group.addTask {
            try cell.backward(cell.forward(sample.batch), upstream: sample.upstream)
          }
        }
        for try await gradients in group { #expect(gradients == alone) }
      }
    }
    try await check(subject.double)
    try await check(subject.float)
  }

  @Test("nothing that was given changes", arguments: Subject.all)
  func inputsUntouched(subject: Subject) throws {
    func check<Cell: ComposableCell>(_ type: Cell.Type) throws {
      let given = Sample(of: type, Sizes(lengths: [5, 0, 2]))
      // Rebuilt from its elements, so that it shares no storage with what the cell gets.
      let copy = Sample(of: type, Sizes(lengths: [5, 0, 2]))
      let cell = try Cell(ParameterSet(given.parameters))
      let trace = try cell.forward(given.batch)
      let signals = trace.signals.mapValues { $0.map { $0 } }
      _ = try cell.backward(trace, upstream: given.upstream)
      #expect(given.batch == copy.batch && given.upstream == copy.upstream)
      #expect(given.parameters == copy.parameters)
      #expect(trace.signals == signals)
    }
    try check(subject.double)
  }
}
