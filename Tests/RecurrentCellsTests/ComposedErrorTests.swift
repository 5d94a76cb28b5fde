import DonahueLSTM
import PadhaiLSTM
import RecurrentCells
import Tensors
import Testing
import VanillaRNN

@Suite("What a composed cell refuses")
struct ComposedErrorTests {
  typealias Refusal = ErrorTests.Refusal
  typealias Cell = ElmanDeepBidirectionalCell<Double>
  let sample = Sample(of: Cell.self, Sizes())

  @Test(
    "parameters",
    arguments: [
      Refusal("missing", "U_2_backward", .missing) { $0.parameters["U_2_backward"] = nil },
      Refusal("none at all", "U_1_backward", .missing) { $0.parameters = [:] },
      Refusal("of a layer too many", "U_3_forward", .unknown) {
        $0.parameters["U_3_forward"] = $0.parameters["U_2_forward"]
      },
      Refusal("without direction", "W_1", .unknown) {
        $0.parameters["W_1"] = $0.parameters["W_1_forward"]
      },
      Refusal("an upper layer over one direction", "U_2_backward", .shape) {
        $0.parameters["U_2_backward"] = Tensor(zeros: [4, 4])
      },
      Refusal("a direction of another size", "U_1_backward", .shape) {
        $0.parameters["U_1_backward"] = Tensor(zeros: [5, 3])
        $0.parameters["W_1_backward"] = Tensor(zeros: [5, 5])
      },
      Refusal("a direction of another input", "U_1_backward", .shape) {
        $0.parameters["U_1_backward"] = Tensor(zeros: [4, 2])
      },
      Refusal("a layer of another size", "U_2_backward", .shape) {
        for direction in ["forward", "backward"] {
          $0.parameters["U_2_\(direction)"] = Tensor(zeros: [5, 8])
          $0.parameters["W_2_\(direction)"] = Tensor(zeros: [5, 5])
        }
      },
      Refusal("not square", "W_2_forward", .shape) {
        $0.parameters["W_2_forward"] = Tensor(zeros: [4, 3])
      },
      Refusal("an output over one direction", "V", .shape) {
        $0.parameters["V"] = Tensor(zeros: [2, 4])
      },
      Refusal("an output of another rank", "V", .shape) { $0.parameters["V"] = Tensor(zeros: [2]) },
      Refusal("an output that is a number", "V", .shape) { $0.parameters["V"] = Tensor(zeros: []) },
      Refusal("no output unit", "V", .shape) { $0.parameters["V"] = Tensor(zeros: [0, 8]) },
    ])
  func parameters(refusal: Refusal) {
    var sample = sample
    refusal.spoil(&sample)
    let error = #expect(throws: CellError.self) { try Cell(ParameterSet(sample.parameters)) }
    #expect(error?.code == refusal.code && error?.name == refusal.name, "\(error as Any)")
  }

  @Test(
    "batches",
    arguments: [
      Refusal("x of two axes", "x", .shape) { $0.batch.x = Tensor(zeros: [5, 3]) },
      Refusal("x of other features", "x", .shape) { $0.batch.x = Tensor(zeros: [5, 3, 8]) },
      Refusal("a state missing", "s_2_backward", .missing) {
        $0.batch.initial["s_2_backward"] = nil
      },
      Refusal("a state without direction", "s_2", .unknown) {
        $0.batch.initial["s_2"] = Tensor(zeros: [3, 4])
      },
      Refusal("a state of both directions", "s_1_forward", .shape) {
        $0.batch.initial["s_1_forward"] = Tensor(zeros: [3, 8])
      },
      Refusal("too few lengths", "lengths", .length) { $0.batch.lengths = [5, 5] },
      Refusal("no lengths", "lengths", .length) { $0.batch.lengths = [] },
      Refusal("a negative length", "lengths", .length) { $0.batch.lengths = [5, -1, 2] },
      Refusal("a length beyond T", "lengths", .length) { $0.batch.lengths = [5, 6, 2] },
    ])
  func batches(refusal: Refusal) throws {
    var sample = sample
    refusal.spoil(&sample)
    func check<Cell: ComposableCell<Double>>(_: Cell.Type) throws {
      let cell = try Cell(ParameterSet(sample.parameters))
      let error = #expect(throws: CellError.self) { try cell.forward(sample.batch) }
      #expect(error?.code == refusal.code && error?.name == refusal.name, "\(error as Any)")
    }
    try check(Cell.self)
    try check(OneToManyCell<Cell>.self)
  }

  @Test(
    "upstream gradients",
    arguments: [
      Refusal("of an output that it lacks", "y", .unknown) {
        $0.upstream.sequence["y"] = Tensor(zeros: [5, 3, 2])
      },
      Refusal("of a signal without direction", "s_1", .unknown) {
        $0.upstream.sequence["s_1"] = Tensor(zeros: [5, 3, 4])
      },
      Refusal("of a backward signal of other length", "s_1_backward", .shape) {
        $0.upstream.sequence["s_1_backward"] = Tensor(zeros: [4, 3, 4])
      },
      Refusal("of a backward signal of other rank", "s_1_backward", .shape) {
        $0.upstream.sequence["s_1_backward"] = Tensor(zeros: [5, 12])
      },
      Refusal("of H units on the output", "o", .shape) {
        $0.upstream.sequence["o"] = Tensor(zeros: [5, 3, 4])
      },
      Refusal("of a final output", "o", .unknown) {
        $0.upstream.final["o"] = Tensor(zeros: [3, 2])
      },
      Refusal("of a final state of another shape", "s_2_forward", .shape) {
        $0.upstream.final["s_2_forward"] = Tensor(zeros: [4, 3])
      },
    ])
  func upstream(refusal: Refusal) throws {
    var sample = sample
    refusal.spoil(&sample)
    func check<Cell: ComposableCell<Double>>(_: Cell.Type) throws {
      let cell = try Cell(ParameterSet(sample.parameters))
      let trace = try cell.forward(sample.batch)
      for truncation in [nil, try Truncation(every: 2)] {
        let error = #expect(throws: CellError.self) {
          try cell.backward(trace, upstream: sample.upstream, truncation: truncation)
        }
        #expect(error?.code == refusal.code && error?.name == refusal.name, "\(error as Any)")
      }
    }
    try check(Cell.self)
    try check(OneToManyCell<Cell>.self)
  }

  @Test("an upstream gradient on an output that the cell lacks", arguments: ["y_hat", "y", "o_t"])
  func lackingOutput(name: String) throws {
    func check<Cell: ComposableCell<Double>>(_ type: Cell.Type) throws {
      var sample = Sample(of: type, Sizes())
      sample.upstream.sequence[name] = Tensor(zeros: [5, 3, 2])
      let cell = try Cell(ParameterSet(sample.parameters))
      let trace = try cell.forward(sample.batch)
      let error = #expect(throws: CellError.self) {
        try cell.backward(trace, upstream: sample.upstream)
      }
      #expect(error?.code == .unknown && error?.name == name)
      #expect(Cell.signals.allSatisfy { error?.message.contains($0) == true })
    }
    typealias LSTM = PadhaiLSTMCell<Double, PadhaiLSTMReading.Canonical>
    try check(LSTM.self)
    try check(BidirectionalCell<LSTM>.self)
    try check(DeepCell<LSTM, TwoLayers>.self)
    try check(ElmanBidirectionalCell<Double>.self)
  }

  /// No layer at all.
  enum NoLayer: LayerCount {
    static var layers: Int { 0 }
  }

  @Test("no layer, and a name that would mean two things")
  func impossible() {
    typealias LSTM = DonahueLSTMCell<Double>
    let parameters = Sample(of: LSTM.self, Sizes()).parameters
    let none = #expect(throws: CellError.self) {
      try DeepCell<LSTM, NoLayer>(ParameterSet(parameters))
    }
    #expect(none?.code == .value && none?.name == "layers")
    let twice = #expect(throws: CellError.self) {
      try OutputCell<LSTM, SoftmaxOutput, OutputBias.None>(
        ParameterSet(parameters.merging(["V": Tensor(zeros: [2, 4])]) { $1 }))
    }
    #expect(twice?.code == .duplicate && twice?.name == "o")
  }

  @Test("the trace of another cell")
  func foreignTraces() throws {
    let nothing = Upstream<Double>(sequence: [:], final: [:])
    let cell = try Cell(ParameterSet(sample.parameters))
    let larger = Sample(of: Cell.self, Sizes(hidden: 5))
    let largerTrace = try Cell(ParameterSet(larger.parameters)).forward(larger.batch)
    #expect(throws: CellError.self) { try cell.backward(largerTrace, upstream: nothing) }

    typealias LSTM = DonahueLSTMCell<Double>
    typealias Deep = DeepCell<LSTM, TwoLayers>
    typealias Both = BidirectionalCell<LSTM>
    let (deep, both) = (Sample(of: Deep.self, Sizes()), Sample(of: Both.self, Sizes()))
    let (deepCell, bothCell) = (
      try Deep(ParameterSet(deep.parameters)), try Both(ParameterSet(both.parameters))
    )
    let (deepTrace, bothTrace) = (
      try deepCell.forward(deep.batch), try bothCell.forward(both.batch)
    )
    #expect(throws: CellError.self) { try deepCell.backward(bothTrace, upstream: nothing) }
    #expect(throws: CellError.self) { try bothCell.backward(deepTrace, upstream: nothing) }
    let three = Sample(of: DeepCell<LSTM, ThreeLayers>.self, Sizes())
    let threeTrace = try DeepCell<LSTM, ThreeLayers>(ParameterSet(three.parameters))
      .forward(three.batch)
    #expect(throws: CellError.self) { try deepCell.backward(threeTrace, upstream: nothing) }
  }

  @Test("changes beyond the parameter, beyond the batch, and on the way back")
  func changes() throws {
    func set(_ name: String, _ position: Int, _ column: Int) -> ParameterSet<Double> {
      ParameterSet(
        sample.parameters,
        changes: [name: [.init(column: column, position: position, delta: 1)]])
    }
    for (name, count) in [("U_2_backward", 32), ("V", 16)] {
      for position in [-1, count] {
        let error = #expect(throws: CellError.self) { try Cell(set(name, position, 0)) }
        #expect(error?.code == .change && error?.name == name, "\(error as Any)")
      }
      let beyond = try Cell(set(name, 0, 3))
      let error = #expect(throws: CellError.self) { try beyond.forward(sample.batch) }
      #expect(error?.code == .change)
      let changed = try Cell(set(name, 0, 2))
      let trace = try changed.forward(sample.batch)
      let back = #expect(throws: CellError.self) {
        try changed.backward(trace, upstream: sample.upstream)
      }
      #expect(back?.code == .change)
    }
    let unknown = #expect(throws: CellError.self) { try Cell(set("U_2", 0, 0)) }
    #expect(unknown?.code == .unknown && unknown?.name == "U_2")
  }
}
