import DonahueLSTM
import RecurrentCells
import RealModule
import Tensors
import Testing

@Suite("Forward")
struct ForwardTests {
  static let sizes = [
    Sizes(), Sizes(lengths: [5, 0, 2]), Sizes(input: 1, hidden: 1, output: 1, steps: 3, batch: 1),
    Sizes(input: 5, hidden: 17, output: 7, steps: 2, batch: 9), Sizes(steps: 0), Sizes(batch: 0),
    Sizes(batch: 0, lengths: []),
  ]

  @Test("the equations in loops give the same", arguments: Subject.all, sizes)
  func equations(subject: Subject, sizes: Sizes) throws {
    func check<Cell: ComposableCell>(_ type: Cell.Type) throws {
      let sample = Sample(of: type, sizes).withPoisonedPadding()
      let trace = try Cell(ParameterSet(sample.parameters)).forward(sample.batch)
      #expect(Set(trace.signals.keys) == Set(Cell.signals))
      #expect(Set(trace.final.keys) == Set(Cell.states))
      #expect(Reference(sample, equations: subject.equations).departures(of: trace) == [])
    }
    try check(subject.double)
    try check(subject.float)
  }

  @Test("a mistake in the parameters is found out, in Float too", arguments: Subject.all)
  func mistake(subject: Subject) throws {
    func check<Cell: ComposableCell>(_ type: Cell.Type) throws {
      let sample = Sample(of: type, Sizes())
      let trace = try Cell(ParameterSet(subject.mistake.made(in: sample.parameters)))
        .forward(sample.batch)
      #expect(!Reference(sample, equations: subject.equations).departures(of: trace).isEmpty)
    }
    try check(subject.double)
    try check(subject.float)
  }

  @Test("one reading departs from the equations of another")
  func readings() throws {
    func check<Cell: ComposableCell>(_ type: Cell.Type, against other: Subject) throws -> Bool {
      let sample = Sample(of: type, Sizes())
      let trace = try Cell(ParameterSet(sample.parameters)).forward(sample.batch)
      return !Reference(sample, equations: other.equations).departures(of: trace).isEmpty
    }
    for subject in Subject.plain {
      let family = subject.testDescription.prefix { $0 != "/" }
      for other in Subject.plain
      where other.testDescription != subject.testDescription
        && other.testDescription.prefix(while: { $0 != "/" }) == family
      {
        #expect(try check(subject.double, against: other), "\(subject) against \(other)")
      }
    }
  }

  @Test("saturated gates latch, let pass and block without rounding")
  func saturated() throws {
    // Biases of ±1000 set every gate to exactly 0 or 1, so the step is exact: element by element
    // c = f c + i g, h = o tanh(c).
    let size = 4
    func bias(_ open: [Bool]) throws -> Tensor<Double> {
      try Tensor(shape: [size], scalars: open.map { $0 ? 1000 : -1000 })
    }
    var parameters = DonahueLSTMCell<Double>.parameterShapes.mapValues {
      Tensor<Double>(zeros: $0.extents(inputSize: 1, hiddenSize: size))
    }
    parameters["b_i"] = try bias([true, true, false, false])
    parameters["b_f"] = try bias([true, false, true, false])
    parameters["b_o"] = try bias([true, true, true, false])
    parameters["b_c"] = try bias([true, false, true, true])
    let c = try Tensor(shape: [1, size], scalars: [0.5, 0.25, 0.75, 8])
    let trace = try DonahueLSTMCell(ParameterSet(parameters)).forward(
      SequenceBatch(
        x: Tensor(zeros: [1, 1, 1]), initial: ["c": c, "h": Tensor(zeros: [1, size])]))
    #expect(trace.signals["c"]?.scalars == [1.5, -1, 0.75, 0])
    var h = [1.5, -1, 0.75, 0]
    Double.kernels.hyperbolicTangent(h.count, &h)
    #expect(trace.signals["h"]?.scalars == h)
    #expect(trace.final["c"]?.scalars == trace.signals["c"]?.scalars)
  }
}
