import DonahueLSTM
import GatedLSTM
import RecurrentCells
import Tensors
import Testing
import VanillaRNN

@Suite("Composed cells")
struct CompositionTests {
  static let ragged = Sizes(input: 3, hidden: 2, output: 3, steps: 4, batch: 3, lengths: [2, 4, 0])
  static let sizes = [
    ragged, Sizes(input: 2, hidden: 3, steps: 3, batch: 2),
    Sizes(input: 1, hidden: 1, output: 1, steps: 1, batch: 1), Sizes(steps: 0),
  ]

  @Test("both directions are the cell and the cell reversed, bit for bit", arguments: Subject.plain)
  func bidirectional(subject: Subject) throws {
    func check<Cell: ComposableCell>(_: Cell.Type) throws {
      typealias Both = BidirectionalCell<Cell>
      for sizes in Self.sizes {
        let sample = Sample(of: Both.self, sizes)
        let cell = try Both(ParameterSet(sample.parameters))
        let trace = try cell.forward(sample.batch)
        let found = try cell.backward(trace, upstream: sample.upstream)
        let expected = try HandMade.bidirectional(Cell.self, sample)
        #expect(trace.signals == expected.signals && trace.final == expected.final)
        #expect(found == expected.gradients)
      }
    }
    try check(subject.double)
    try check(subject.float)
  }

  @Test("a layer reads what the one below passes up, bit for bit", arguments: Subject.plain)
  func deep(subject: Subject) throws {
    func check<Cell: ComposableCell>(_: Cell.Type, passing passedUp: [String]) throws {
      typealias Deep = DeepCell<Cell, TwoLayers>
      for sizes in Self.sizes {
        let sample = Sample(of: Deep.self, sizes)
        let cell = try Deep(ParameterSet(sample.parameters))
        let trace = try cell.forward(sample.batch)
        let found = try cell.backward(trace, upstream: sample.upstream)
        let expected = try HandMade.twoLayers(Cell.self, sample, passing: passedUp)
        #expect(trace.signals == expected.signals && trace.final == expected.final)
        #expect(found == expected.gradients)
      }
    }
    func checkBoth<Cell: ComposableCell>(_: Cell.Type) throws {
      let name = try #require(Self.passedUp(by: subject))
      try check(Cell.self, passing: [name])
      try check(BidirectionalCell<Cell>.self, passing: ["\(name)_forward", "\(name)_backward"])
    }
    try checkBoth(subject.double)
    try checkBoth(subject.float)
  }

  /// The first output of H units, or the state that the output is computed from.
  private static func passedUp(by subject: Subject) -> String? {
    let family = subject.testDescription.prefix { !"/ ,".contains($0) }
    return [
      "donahue-lstm": "h", "padhai-lstm": "h", "knight-lstm": "h", "cs224d-lstm": "h",
      "cs224d-gru": "h", "padhai-gru": "s", "padhai-lstm-output": "h", "donahue-rnn": "h",
      "knight-rnn": "h", "elman-tanh": "s", "elman-relu": "s", "cs224d-rnn": "h",
      "padhai-rnn": "s", "leaky-rnn": "h", "skip-rnn": "h", "delayed-rnn": "h",
    ][String(family)]
  }

  @Test("what every cell passes up", arguments: Subject.plain)
  func passedUp(subject: Subject) throws {
    #expect(subject.double.hiddenOutputs == [try #require(Self.passedUp(by: subject))])
  }

  @Test(
    "the equations in loops and differences of forward confirm every composition",
    arguments: Subject.everyComposition)
  func everyComposition(subject: Subject) throws {
    func check<Cell: ComposableCell>(_ type: Cell.Type) throws where Cell.Scalar == Double {
      let sample = Sample(of: type, Self.ragged).withPoisonedPadding()
      let cell = try Cell(ParameterSet(sample.parameters))
      let trace = try cell.forward(sample.batch)
      #expect(Reference(sample, equations: subject.equations).departures(of: trace) == [])
      let gradients = try cell.backward(trace, upstream: sample.upstream)
      let clean = Sample(of: type, Self.ragged)
      #expect(try FiniteDifferences<Cell>(clean, subject).departures(of: gradients) == [])
    }
    try check(subject.double)
  }

  @Test("directions put together wrongly are found out", arguments: DirectionFault.allCases)
  func wrongDirections(fault: DirectionFault) throws {
    func check<Cell: ComposableCell>(_: Cell.Type, _ plain: Subject) throws
    where Cell.Scalar == Double {
      typealias Both = BidirectionalCell<Cell>
      let sample = Sample(of: Both.self, Self.ragged)
      let wrong = try HandMade.bidirectional(Cell.self, sample, fault)
      let equations = BidirectionalEquations(inner: plain.equations)
      #expect(
        Reference(sample, equations: equations).departures(of: wrong).isEmpty != fault.isForward)
      // Signals in the wrong order do not make the parameters' gradients wrong.
      guard fault != .unalignedSignals else { return }
      let differences = FiniteDifferences<Both>(sample, plain.with(equations))
      #expect(try !differences.departures(of: wrong.gradients).isEmpty)
    }
    for subject in Subject.plain where Self.representatives.contains(subject.testDescription) {
      try check(subject.double, subject)
    }
  }

  @Test("layers put together wrongly are found out", arguments: LayerFault.allCases)
  func wrongLayers(fault: LayerFault) throws {
    func check<Cell: ComposableCell>(_: Cell.Type, _ plain: Subject) throws
    where Cell.Scalar == Double {
      typealias Deep = DeepCell<Cell, TwoLayers>
      let sample = Sample(of: Deep.self, Self.ragged)
      let passedUp = Cell.hiddenOutputs
      let wrong = try HandMade.twoLayers(Cell.self, sample, passing: passedUp, fault)
      let equations = DeepEquations(inner: plain.equations, layers: 2, passedUp: passedUp)
      #expect(
        Reference(sample, equations: equations).departures(of: wrong).isEmpty != fault.isForward)
      let differences = FiniteDifferences<Deep>(sample, plain.with(equations))
      #expect(try !differences.departures(of: wrong.gradients).isEmpty)
    }
    for subject in Subject.plain where Self.representatives.contains(subject.testDescription) {
      try check(subject.double, subject)
    }
  }

  private static let representatives = [
    "donahue-lstm", "elman-tanh", "padhai-gru", "skip-rnn over 3",
  ]

  @Test("directions in the other order are found out above them")
  func exchangedDirections() throws {
    // V, and the upper layer's U, over [backward; forward]: the columns of the two halves exchanged.
    func check<Cell: ComposableCell>(_: Cell.Type, _ name: String) throws {
      let sample = Sample(of: Cell.self, Sizes())
      let matrix = try #require(sample.parameters[name])
      let (columns, half) = (matrix.shape[1], matrix.shape[1] / 2)
      var parameters = sample.parameters
      parameters[name] = Tensor(shape: matrix.shape) {
        matrix[$0 / columns, ($0 % columns + half) % columns]
      }
      let right = try Cell(ParameterSet(sample.parameters)).forward(sample.batch)
      let wrong = try Cell(ParameterSet(parameters)).forward(sample.batch)
      #expect(right.signals["o"] != wrong.signals["o"])
    }
    try check(ElmanBidirectionalCell<Double>.self, "V")
    try check(ElmanDeepBidirectionalCell<Double>.self, "V")
    try check(ElmanDeepBidirectionalCell<Double>.self, "U_2_forward")
  }

  @Test("an output over the hidden layer alone is the cell that has both")
  func outputLayer() throws {
    typealias Whole = ElmanCell<Double, ElmanReading.Tanh>
    typealias Composed = OutputCell<
      ElmanHiddenCell<Double, ElmanReading.Tanh>, SoftmaxOutput, OutputBias.None
    >
    let sample = Sample(of: Whole.self, Sizes(lengths: [5, 0, 2]))
    let whole = try Whole(ParameterSet(sample.parameters)).forward(sample.batch)
    let composed = try Composed(ParameterSet(sample.parameters)).forward(sample.batch)
    #expect(whole.signals == composed.signals && whole.final == composed.final)
  }

  @Test("the first step's input alone is read, and has the gradient")
  func oneToMany() throws {
    typealias Cell = KnightRNNOneToManyCell<Double>
    typealias Plain = KnightRNNCell<Double>
    for lengths in [nil, [5, 0, 2]] as [[Int]?] {
      let sample = Sample(of: Cell.self, Sizes(lengths: lengths))
      var (cleared, poisoned) = (sample, sample)
      for position in 9..<45 {
        cleared.batch.x[position] = 0
        poisoned.batch.x[position] = .nan
      }
      let plain = try Plain(ParameterSet(sample.parameters))
      let expected = try plain.forward(cleared.batch)
      var gradients = try plain.backward(expected, upstream: sample.upstream)
      for position in 9..<45 { gradients.x[position] = 0 }

      let cell = try Cell(ParameterSet(sample.parameters))
      for batch in [sample.batch, cleared.batch, poisoned.batch] {
        let trace = try cell.forward(batch)
        #expect(trace.signals == expected.signals && trace.final == expected.final)
        let found = try cell.backward(trace, upstream: sample.upstream)
        #expect(found == gradients)
        #expect(found.x.scalars[..<9].contains { $0 != 0 })
      }
      #expect(try plain.forward(sample.batch).signals != expected.signals)
    }
  }

  @Test("names and shapes of the tutorial's networks")
  func names() {
    let sizes = CellSizes(inputSize: 3, hiddenSize: 4, outputSize: 2)
    typealias Bidirectional = ElmanBidirectionalCell<Float>
    #expect(Bidirectional.signals == ["s_forward", "s_backward", "o"])
    #expect(Bidirectional.states == ["s_forward", "s_backward"])
    #expect(
      Bidirectional.parameterExtents(of: sizes) == [
        "U_forward": [4, 3], "U_backward": [4, 3], "W_forward": [4, 4], "W_backward": [4, 4],
        "V": [2, 8],
      ])
    typealias Deep = ElmanDeepCell<Float>
    #expect(Deep.signals == ["s_1", "s_2", "o"] && Deep.states == ["s_1", "s_2"])
    #expect(
      Deep.parameterExtents(of: sizes) == [
        "U_1": [4, 3], "U_2": [4, 4], "W_1": [4, 4], "W_2": [4, 4], "V": [2, 4],
      ])
    typealias DeepBidirectional = ElmanDeepBidirectionalCell<Float>
    let states = ["s_1_forward", "s_1_backward", "s_2_forward", "s_2_backward"]
    #expect(DeepBidirectional.signals == states + ["o"] && DeepBidirectional.states == states)
    #expect(
      DeepBidirectional.parameterExtents(of: sizes) == [
        "U_1_forward": [4, 3], "U_1_backward": [4, 3], "U_2_forward": [4, 8],
        "U_2_backward": [4, 8], "W_1_forward": [4, 4], "W_1_backward": [4, 4],
        "W_2_forward": [4, 4], "W_2_backward": [4, 4], "V": [2, 8],
      ])
  }

  @Test("names of other compositions: own, layer, direction, in whatever order they are composed")
  func otherNames() {
    typealias LSTM = BidirectionalCell<DonahueLSTMCell<Float>>
    typealias Layers = DeepCell<LSTM, TwoLayers>
    #expect(Layers.parameterNames.contains("W_xi_2_backward"))
    #expect(Layers.hiddenOutputs == ["h_2_forward", "h_2_backward"])
    typealias Directions = BidirectionalCell<DeepCell<DonahueLSTMCell<Float>, TwoLayers>>
    #expect(Directions.parameterNames == Layers.parameterNames)
    #expect(Set(Directions.signals) == Set(Layers.signals))
    #expect(Set(Directions.states) == Set(Layers.states))
    #expect(Directions.hiddenOutputs == Layers.hiddenOutputs)
    let sizes = CellSizes(inputSize: 3, hiddenSize: 4)
    #expect(Layers.parameterExtents(of: sizes)["W_xi_2_backward"] == [4, 8])
    #expect(Directions.parameterExtents(of: sizes)["W_xi_2_backward"] == [4, 4])
    // A stacked matrix of an upper layer is applied to [h; what is passed up].
    typealias Knight = DeepCell<BidirectionalCell<KnightLSTMCell<Float>>, TwoLayers>
    #expect(Knight.parameterExtents(of: sizes)["W_1_forward"] == [16, 7])
    #expect(Knight.parameterExtents(of: sizes)["W_2_forward"] == [16, 12])
    typealias Outputs = DeepCell<
      OutputCell<LSTM, SoftmaxOutput, OutputBias.Added>, TwoLayers
    >
    #expect(Outputs.signals.contains("o_2") && Outputs.signals.contains("h_1_backward"))
    #expect(Outputs.parameterNames.contains("V_1") && Outputs.parameterNames.contains("c_2"))
  }
}

extension Subject {
  /// The same with other equations.
  fileprivate func with(_ equations: any SequenceEquations) -> Subject {
    Subject(
      testDescription: testDescription, double: double, float: float, equations: equations,
      differenceStep: differenceStep, mistake: mistake)
  }
}
