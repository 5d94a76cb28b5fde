import Equations
import Oracle
import Tensors
import Testing

@Suite("A right implementation in Float is within the tolerance, a wrong one is not")
struct EndToEndTests {
  static let sizes = Sizes(input: 3, hidden: 4, output: 2)

  /// A reference, a case and its goldens.
  struct Fixture {
    let reference: Reference
    let problem: Case<Double>
    let goldens: Goldens

    init(_ declaration: Declaration, seed: UInt64) throws {
      reference = try Reference(Formulation(declaration))
      problem = Systems.problem(
        reference.formulation, sizes: EndToEndTests.sizes, steps: 5, batch: 2, lengths: [5, 3],
        seed: seed)
      goldens = try reference.goldens(for: problem)
    }
  }

  @Test("in whatever order it adds, thousands of times", arguments: Systems.all)
  func right(_ declaration: Declaration) throws {
    var worst = 0.0
    for seed in 1...8 as ClosedRange<UInt64> {
      let fixture = try Fixture(declaration, seed: seed)
      for run in 0..<50 as Range<UInt64> {
        let program = ShuffledFloat(
          fixture.reference.formulation, fixture.reference.gradients, fixture.problem,
          seed: seed << 32 + run)
        worst = max(
          worst, try GoldenTests.worstRatio(program.answers, fixture.goldens, roundoff: 0x1p-24))
      }
    }
    #expect(worst <= 1)
    #expect(worst > 0x1p-7, "a tolerance a hundred times every error catches little")
  }

  /// Rearrangements that a program may choose: other equations for the same cell.
  static let arrangements: [(of: String, lines: [String])] = [
    (
      "gru",
      [
        #"h_t = h_{t-1} + z_t \odot (\tilde{h}_t - h_{t-1})"#,
        #"\tilde{h_t} = \tanh(r_t \odot Wh_{t-1} + W_{[x]}x_t)"#,
        #"z_t = \sigma(W_zh_{t-1} + U_zx_t + b_z)"#, #"r_t = \sigma(W_rh_{t-1} + U_rx_t + b_r)"#,
      ]
    ),
    (
      "leaky",
      [#"h_t = \sigma(b + U x_t + W h_{t-1}) - \alpha (\sigma(W h_{t-1} + U x_t + b) - h_{t-1})"#]
    ),
    (
      "peephole",
      [
        #"f_t = \sigma(b + w_f c_{t-1} + U h_{t-1} + W x_t)"#,
        #"c_t = \tanh(V x_t - Z h_{t-1}) + f_t \odot (c_{t-1} - \tanh(V x_t - Z h_{t-1}))"#,
        #"h_t = c_t \odot \varphi(c_t)"#,
      ]
    ),
  ]

  @Test("rearranged too, values and gradients", arguments: arrangements)
  func rearranged(_ id: String, _ lines: [String]) throws {
    let declaration = try Systems.named(id)
    var other = declaration
    other.lines = lines
    other.notation.vectors.formUnion(["w_f"])
    let formulation = try Formulation(other)
    let system = try GradientSystem(of: formulation)
    var worst = 0.0
    for seed in 1...8 as ClosedRange<UInt64> {
      let fixture = try Fixture(declaration, seed: seed)
      for run in 0..<25 as Range<UInt64> {
        let program = ShuffledFloat(formulation, system, fixture.problem, seed: seed << 32 + run)
        worst = max(
          worst, try GoldenTests.worstRatio(program.answers, fixture.goldens, roundoff: 0x1p-24))
      }
    }
    #expect(worst <= 1)
    #expect(worst > 0x1p-7)
  }

  @Test("each step from its own reports, of all signals or of some", arguments: Systems.all)
  func steps(_ declaration: Declaration) throws {
    for seed in 1...4 as ClosedRange<UInt64> {
      let fixture = try Fixture(declaration, seed: seed)
      let formulation = fixture.reference.formulation
      for run in 0..<10 as Range<UInt64> {
        let program = ShuffledFloat(
          formulation, fixture.reference.gradients, fixture.problem, seed: seed << 32 + run)
        var generator = CounterGenerator(seed: run, name: "what is reported")
        let report = program.answers.filter { quantity, _ in
          switch quantity {
          case .sequence, .cotangent: run == 0 || Bool.random(using: &generator)
          default: false
          }
        }
        let steps = try fixture.reference.steps(of: fixture.problem, from: report)
        let worst = try GoldenTests.worstRatio(
          program.answers, steps.expected, scales: steps.scales, roundoff: 0x1p-24)
        #expect(worst <= 1)
      }
    }
  }

  @Test("a wrong signal is found where it is, and nowhere else", arguments: Systems.all)
  func localized(_ declaration: Declaration) throws {
    let fixture = try Fixture(declaration, seed: 1)
    let formulation = fixture.reference.formulation
    for signal in formulation.signals {
      let program = ShuffledFloat(
        formulation, fixture.reference.gradients, fixture.problem, seed: 1,
        disturbance: (signal, 1 + 1e-4))
      let report = program.answers.filter { if case .sequence = $0.key { true } else { false } }
      let steps = try fixture.reference.steps(of: fixture.problem, from: report)
      for other in formulation.signals {
        let quantity = Quantity.sequence(other.name)
        let worst = try GoldenTests.worstRatio(
          report, steps.expected.filter { $0.key == quantity }, scales: steps.scales,
          roundoff: 0x1p-24)
        #expect((worst > 1) == (other == signal), "\(signal.name) wrong, \(other.name) \(worst)")
      }
    }
  }

  @Test("one signal wrong by a hundred thousandth of itself is seen", arguments: Systems.all)
  func wrong(_ declaration: Declaration) throws {
    for seed in 1...3 as ClosedRange<UInt64> {
      let fixture = try Fixture(declaration, seed: seed)
      let formulation = fixture.reference.formulation
      for signal in formulation.signals {
        let program = ShuffledFloat(
          formulation, fixture.reference.gradients, fixture.problem, seed: seed,
          disturbance: (signal, 1 + 1e-5))
        let worst = try GoldenTests.worstRatio(
          program.answers, fixture.goldens, roundoff: 0x1p-24)
        #expect(worst > 1, "\(signal.name)")
      }
    }
  }
}
