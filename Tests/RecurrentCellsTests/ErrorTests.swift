import DonahueLSTM
import PadhaiLSTM
import RecurrentCells
import Tensors
import Testing

@Suite("What a cell refuses")
struct ErrorTests {
  typealias Cell = DonahueLSTMCell<Double>
  let sample = Sample(of: Cell.self, Sizes())

  /// What is refused, with the name and the code that the error must bear.
  struct Refusal: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let name: String
    let code: CellError.Code
    let spoil: @Sendable (inout Sample<Double>) -> Void

    init(
      _ description: String, _ name: String, _ code: CellError.Code,
      _ spoil: @escaping @Sendable (inout Sample<Double>) -> Void
    ) {
      (testDescription, self.name, self.code, self.spoil) = (description, name, code, spoil)
    }
  }

  @Test(
    "parameters",
    arguments: [
      Refusal("missing", "W_hf", .missing) { $0.parameters["W_hf"] = nil },
      Refusal("none at all", "W_hc", .missing) { $0.parameters = [:] },
      Refusal("unknown", "W_wi", .unknown) { $0.parameters["W_wi"] = $0.parameters["W_xi"] },
      Refusal("transposed", "W_xo", .shape) { $0.parameters["W_xo"] = Tensor(zeros: [3, 4]) },
      Refusal("of a wrong rank", "b_c", .shape) { $0.parameters["b_c"] = Tensor(zeros: [4, 1]) },
      Refusal("a number", "b_c", .shape) { $0.parameters["b_c"] = Tensor(zeros: []) },
      Refusal("the first one wrong", "W_xc", .shape) {
        $0.parameters["W_xc"] = Tensor(zeros: [5, 3])
      },
      Refusal("without input", "W_xc", .shape) {
        for name in ["W_xi", "W_xf", "W_xo", "W_xc"] {
          $0.parameters[name] = Tensor(zeros: [4, 0])
        }
      },
      Refusal("without units", "W_hc", .shape) {
        for (name, shape) in Cell.parameterShapes {
          $0.parameters[name] = Tensor(zeros: shape.extents(inputSize: 3, hiddenSize: 0))
        }
      },
    ])
  func parameters(refusal: Refusal) {
    var sample = sample
    refusal.spoil(&sample)
    let error = #expect(throws: CellError.self) { try Cell(ParameterSet(sample.parameters)) }
    #expect(error?.code == refusal.code && error?.name == refusal.name, "\(error as Any)")
  }

  @Test("a wrong shape is reported with the one that was expected")
  func message() {
    var sample = sample
    sample.parameters["W_xo"] = Tensor(zeros: [3, 4])
    let error = #expect(throws: CellError.self) { try Cell(ParameterSet(sample.parameters)) }
    #expect(error?.description.contains("W_xo: found [3, 4], expected [H,I] = [4, 3]") == true)
  }

  @Test(
    "batches",
    arguments: [
      Refusal("x of two axes", "x", .shape) { $0.batch.x = Tensor(zeros: [5, 3]) },
      Refusal("x of other features", "x", .shape) { $0.batch.x = Tensor(zeros: [5, 3, 4]) },
      Refusal("a batch beyond OpenBLAS", "x", .shape) {
        $0.batch.x = Tensor(zeros: [0, 1 << 40, 3])
      },
      Refusal("a state missing", "c", .missing) { $0.batch.initial["c"] = nil },
      Refusal("an unknown state", "s", .unknown) { $0.batch.initial["s"] = Tensor(zeros: [3, 4]) },
      Refusal("a gate as state", "f", .unknown) { $0.batch.initial["f"] = Tensor(zeros: [3, 4]) },
      Refusal("a state of another batch", "h", .shape) {
        $0.batch.initial["h"] = Tensor(zeros: [2, 4])
      },
      Refusal("a state of another rank", "h", .shape) {
        $0.batch.initial["h"] = Tensor(zeros: [12])
      },
      Refusal("too few lengths", "lengths", .length) { $0.batch.lengths = [5, 5] },
      Refusal("no lengths", "lengths", .length) { $0.batch.lengths = [] },
      Refusal("a negative length", "lengths", .length) { $0.batch.lengths = [5, -1, 2] },
      Refusal("a length beyond T", "lengths", .length) { $0.batch.lengths = [5, 6, 2] },
    ])
  func batches(refusal: Refusal) throws {
    var sample = sample
    refusal.spoil(&sample)
    let cell = try Cell(ParameterSet(sample.parameters))
    let error = #expect(throws: CellError.self) { try cell.forward(sample.batch) }
    #expect(error?.code == refusal.code && error?.name == refusal.name, "\(error as Any)")
  }

  @Test(
    "upstream gradients",
    arguments: [
      Refusal("of an unknown signal", "y", .unknown) {
        $0.upstream.sequence["y"] = Tensor(zeros: [5, 3, 4])
      },
      Refusal("of a signal of other length", "i", .shape) {
        $0.upstream.sequence["i"] = Tensor(zeros: [4, 3, 4])
      },
      Refusal("of a final gate", "o", .unknown) { $0.upstream.final["o"] = Tensor(zeros: [3, 4]) },
      Refusal("of a final state of another shape", "c", .shape) {
        $0.upstream.final["c"] = Tensor(zeros: [4, 3])
      },
    ])
  func upstream(refusal: Refusal) throws {
    var sample = sample
    refusal.spoil(&sample)
    let cell = try Cell(ParameterSet(sample.parameters))
    let trace = try cell.forward(sample.batch)
    let error = #expect(throws: CellError.self) {
      try cell.backward(trace, upstream: sample.upstream)
    }
    #expect(error?.code == refusal.code && error?.name == refusal.name, "\(error as Any)")
  }

  @Test("the trace of another cell")
  func foreignTraces() throws {
    let cell = try Cell(ParameterSet(sample.parameters))
    let larger = Sample(of: Cell.self, Sizes(hidden: 5))
    let largerTrace = try Cell(ParameterSet(larger.parameters)).forward(larger.batch)
    let nothing = Upstream<Double>(sequence: [:], final: [:])
    #expect(throws: CellError.self) { try cell.backward(largerTrace, upstream: nothing) }
    typealias Other = PadhaiLSTMCell<Double, PadhaiLSTMReading.Canonical>
    let other = Sample(of: Other.self, Sizes())
    let otherTrace = try Other(ParameterSet(other.parameters)).forward(other.batch)
    #expect(throws: CellError.self) { try cell.backward(otherTrace, upstream: nothing) }
  }

  @Test("changes beyond the parameter", arguments: [-1, 12, Int.max])
  func changedPosition(position: Int) {
    let error = #expect(throws: CellError.self) {
      try Cell(
        ParameterSet(
          sample.parameters, changes: ["W_xi": [.init(column: 0, position: position, delta: 1)]]))
    }
    #expect(error?.code == .change && error?.name == "W_xi")
  }

  @Test("changes beyond the batch", arguments: [-1, 3, Int.max])
  func changedColumn(column: Int) {
    let error = #expect(throws: CellError.self) {
      try Cell(
        ParameterSet(
          sample.parameters, changes: ["b_f": [.init(column: column, position: 0, delta: 1)]])
      ).forward(sample.batch)
    }
    #expect(error?.code == .change)
  }

  @Test("changes of an unknown parameter, and the way back with changes")
  func changes() throws {
    let change = ParameterSet<Double>.Change(column: 0, position: 0, delta: 1)
    let unknown = #expect(throws: CellError.self) {
      try Cell(ParameterSet(sample.parameters, changes: ["V": [change]]))
    }
    #expect(unknown?.code == .unknown && unknown?.name == "V")
    let cell = try Cell(ParameterSet(sample.parameters, changes: ["b_i": [change]]))
    let trace = try cell.forward(sample.batch)
    let back = #expect(throws: CellError.self) {
      try cell.backward(trace, upstream: sample.upstream)
    }
    #expect(back?.code == .change)
  }
}
