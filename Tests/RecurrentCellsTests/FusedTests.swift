import DonahueLSTM
import GRU
import RecurrentCells
import Tensors
import Testing

@Suite("Fused passes")
struct FusedTests {
  static let subjects = Subject.lstmsAndGRUs.filter {
    ["donahue-lstm", "cs224d-gru"].contains($0.testDescription)
  }
  /// Below, at and above the widths of vectors and panels.
  static let sizes = [
    Sizes(input: 1, hidden: 1, steps: 1, batch: 1), Sizes(input: 5, hidden: 9, steps: 3, batch: 1),
    Sizes(input: 24, hidden: 25, steps: 2, batch: 9),
    Sizes(input: 3, hidden: 17, steps: 6, batch: 4, lengths: [6, 0, 1, 4]),
  ]

  @Test("the step as written and the fused pass follow the equations", arguments: subjects, sizes)
  func forward(subject: Subject, sizes: Sizes) throws {
    func check<Cell: FusedCell>(_ type: Cell.Type) throws {
      let sample = Sample(of: type, sizes)
      let cell = try Cell(ParameterSet(sample.parameters))
      #expect(cell.fused != nil)
      let reference = Reference(sample, equations: subject.equations)
      #expect(reference.departures(of: try cell.forward(sample.batch)) == [])
      #expect(reference.departures(of: try cell.stepwiseForward(sample.batch)) == [])
    }
    let double = try #require(subject.double as? any FusedCell<Double>.Type)
    let float = try #require(subject.float as? any FusedCell<Float>.Type)
    try check(double)
    try check(float)
  }

  @Test("a sequence has the same bits alone and among others", arguments: subjects)
  func alone(subject: Subject) throws {
    func check<Cell: FusedCell>(_ type: Cell.Type) throws {
      let sample = Sample(of: type, Sizes(input: 7, hidden: 11, steps: 5, batch: 13))
      let cell = try Cell(ParameterSet(sample.parameters))
      let whole = try cell.forward(sample.batch)
      for element in 0..<sample.batch.batch {
        let own = try cell.forward(sample.batch.sequence(element))
        for signal in Cell.signals {
          for step in 0..<sample.batch.steps {
            #expect(
              own.signals[signal]?.vector(step, 0) == whole.signals[signal]?.vector(step, element))
          }
        }
      }
    }
    let double = try #require(subject.double as? any FusedCell<Double>.Type)
    let float = try #require(subject.float as? any FusedCell<Float>.Type)
    try check(double)
    try check(float)
  }

  @Test("gates that are exchanged on the fused path alone are found out")
  func exchanged() throws {
    let sample = Sample(of: Exchanged.self, Sizes(hidden: 9))
    let cell = try Exchanged(ParameterSet(sample.parameters))
    let equations = try #require(Self.subjects.first { $0.testDescription == "donahue-lstm" })
      .equations
    let reference = Reference(sample, equations: equations)
    #expect(reference.departures(of: try cell.forward(sample.batch)) != [])
    #expect(reference.departures(of: try cell.stepwiseForward(sample.batch)) == [])
  }
}

/// The LSTM with the right step, and on the fused path the input and the forget gate exchanged.
private struct Exchanged: FusedCell {
  private let right: DonahueLSTMCell<Double>

  init(_ parameters: ParameterSet<Double>) throws(CellError) {
    right = try DonahueLSTMCell(parameters)
  }

  static var parameterShapes: [String: ParameterShape] { DonahueLSTMCell<Double>.parameterShapes }
  static var signals: [String] { DonahueLSTMCell<Double>.signals }
  static var states: [String] { DonahueLSTMCell<Double>.states }
  static var hiddenOutputs: [String] { DonahueLSTMCell<Double>.hiddenOutputs }
  static var fusedGates: FusedGates? {
    FusedGates(
      .lstm, signals: ["i", "f", "o", "g", "c", "h"],
      blocks: ["f", "i", "o", "c"].map {
        .init(recurrent: "W_h\($0)", input: "W_x\($0)", bias: "b_\($0)")
      })
  }
  var parameters: CellParameters<Double> { right.parameters }

  func step(_ x: Batch<Double>, after previous: Signals<Double>) -> Signals<Double> {
    right.step(x, after: previous)
  }

  func stepBack(
    _ step: BackwardStep<Double>, adding gradients: inout ParameterGradients<Double>
  ) -> StepGradients<Double> {
    right.stepBack(step, adding: &gradients)
  }
}
