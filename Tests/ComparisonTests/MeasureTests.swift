import Comparison
import DonahueLSTM
import Equations
import GRU
import PadhaiLSTM
import Testing

@Suite struct MeasureTests {
  /// Counted by hand from the printed equations.
  struct Hand: Sendable {
    let cell: Declaration
    let parameters: String
    let products: String
    let elementwise: String
    let activations: [String: String]
  }

  @Test(arguments: [
    Hand(
      cell: .donahueLSTM, parameters: "4H² + 4HI + 4H", products: "8H² + 8HI - 8H",
      elementwise: "12H", activations: ["σ": "3H", "tanh": "2H"]),
    Hand(
      cell: .padhaiLSTM, parameters: "4H² + 4HI + 4H", products: "8H² + 8HI - 8H",
      elementwise: "12H", activations: ["σ": "5H"]),
    // W applies to the sum: one product of a matrix on h_{t-1} less, one on the sum more.
    Hand(
      cell: .padhaiLSTMPrintedCandidate, parameters: "4H² + 4HI + 4H", products: "8H² + 8HI - 8H",
      elementwise: "12H", activations: ["σ": "5H"]),
    Hand(
      cell: .cs224dGRU, parameters: "3H² + 3HI + 2H", products: "6H² + 6HI - 6H",
      elementwise: "10H", activations: ["σ": "2H", "tanh": "H"]),
    Hand(
      cell: .padhaiGRU, parameters: "3H² + 3HI + 3H", products: "6H² + 6HI - 6H",
      elementwise: "11H", activations: ["σ": "3H"]),
    Hand(
      cell: Cells.stackedLSTM, parameters: "4H² + 4HI", products: "8H² + 8HI - 8H",
      elementwise: "8H", activations: ["σ": "3H", "tanh": "2H"]),
    Hand(
      cell: Cells.softmaxRNN, parameters: "H² + HI + HO", products: "2H² + 2HI + 2HO - 2H - O",
      elementwise: "H", activations: ["tanh": "H", "softmax": "O"]),
    Hand(
      cell: Cells.addingRNN, parameters: "H²", products: "2H² - H", elementwise: "H",
      activations: ["tanh": "H"]),
  ])
  func countsAsByHand(_ hand: Hand) throws {
    let cost = try Comparing.compare(hand.cell, .donahueLSTM).counts.a
    #expect(cost.parameters.symbolic == hand.parameters)
    #expect(cost.products.symbolic == hand.products)
    #expect(cost.elementwise.symbolic == hand.elementwise)
    #expect(cost.activations.mapValues(\.symbolic) == hand.activations)
  }

  @Test func countsAsNumbers() throws {
    let formulation = try Formulation(.donahueLSTM)
    let cost = FormulationComparison(
      formulation, formulation,
      options: ComparisonOptions(sizes: Sizes(input: 3, hidden: 2), steps: 1)
    ).counts.a
    #expect(cost.parameters.number == 4 * 2 * (2 + 3 + 1))
    // Eight products: four of 2 × 3 and four of 2 × 2.
    #expect(cost.products.number == 4 * (2 * (3 + 2)) + 4 * (2 * (2 + 1)))
    #expect(cost.operations.number == 4 * 10 + 4 * 6 + 24)
  }

  @Test func gradientsOfASumOfInputs() throws {
    // ∂(Σ h_T) ÷ ∂x_t is 1 in every unit, and 2 where every input counts twice.
    let once = Cells.declaration("once", ["h_t = h_{t-1} + x_t"])
    let twice = Cells.declaration("twice", ["h_t = h_{t-1} + x_t + x_t"])
    let comparison = FormulationComparison(
      try Formulation(once), try Formulation(twice),
      options: ComparisonOptions(sizes: Sizes(input: 4, hidden: 4), steps: 5))
    #expect(comparison.verdict == .different)
    #expect(comparison.equations.flatMap(\.differences).map(\.kind) == [.coefficient])
    #expect(comparison.behaviour.steps.map(\.step) == [1, 2, 3, 4, 5])
    #expect(comparison.behaviour.steps.allSatisfy { $0.gradientA == 2 && $0.gradientB == 4 })
    #expect(comparison.behaviour.steps.allSatisfy { $0.distance > 0 })
  }

  @Test func onlyTheLastStepIsWeighed() throws {
    let memory = Cells.declaration("memory", ["h_t = h_{t-1} + x_t"])
    let none = Cells.declaration("none", ["h_t = 0 h_{t-1} + x_t"])
    let comparison = FormulationComparison(
      try Formulation(memory), try Formulation(none),
      options: ComparisonOptions(sizes: Sizes(input: 9, hidden: 9), steps: 3))
    #expect(comparison.behaviour.steps.map(\.gradientA) == [3, 3, 3])
    #expect(comparison.behaviour.steps.map(\.gradientB) == [0, 0, 3])
  }

  @Test func correspondingNumbersAreTheSame() throws {
    let comparison = try Comparing.compare(.donahueLSTM, .padhaiLSTM)
    #expect(comparison.behaviour.signals == ["h", "h"])
    #expect(comparison.behaviour.steps.count == 16)
    #expect(comparison.behaviour.steps.allSatisfy { $0.distance > 0 && $0.gradientA > 0 })
    let same = try Comparing.compare(.donahueLSTM, Cells.shuffledLSTM)
    #expect(same.behaviour.steps.allSatisfy { $0.distance == 0 })
    // The gradients are summed up in another order: they differ by rounding.
    #expect(same.behaviour.steps.allSatisfy { abs($0.gradientA - $0.gradientB) < 0x1p-45 })
    // Without an output in common, a state serves.
    let states = try Comparing.compare(Cells.plainRNN, Cells.labellingRNN)
    #expect(states.behaviour.signals == ["h", "s"])
    #expect(states.behaviour.steps.allSatisfy { $0.distance == 0 })
  }

  @Test(arguments: [
    (Sizes(input: 0, hidden: 1), 1), (Sizes(input: 1, hidden: -1), 1),
    (Sizes(input: 1, hidden: 1), 0),
    (Sizes(input: 1 << 40, hidden: 1 << 40, output: 1), 1),
    (Sizes(input: 1, hidden: 1, output: 1), .max),
  ])
  func sizesThatCannotBeMeasuredAreReported(_ sizes: Sizes, _ steps: Int) throws {
    let formulation = try Formulation(.donahueLSTM)
    let comparison = FormulationComparison(
      formulation, formulation, options: ComparisonOptions(sizes: sizes, steps: steps))
    #expect(comparison.verdict == .equal)
    #expect(comparison.behaviour.unavailable != nil)
    #expect(comparison.behaviour.steps.isEmpty)
  }
}
