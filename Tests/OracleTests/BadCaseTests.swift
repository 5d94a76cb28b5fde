import Equations
import Oracle
import Tensors
import Testing

@Suite("Cases that ask too much")
struct BadCaseTests {
  static func error(
    _ id: String, lengths: [Int]? = nil, _ change: (inout Case<Double>) -> Void
  ) throws -> OracleError? {
    let reference = try Reference(Formulation(Systems.named(id)))
    var problem = Systems.problem(
      reference.formulation, sizes: Sizes(input: 2, hidden: 2, output: 2), steps: 3, batch: 2,
      lengths: lengths, seed: 1)
    change(&problem)
    do {
      _ = try reference.goldens(for: problem)
      return nil
    } catch { return error }
  }

  @Test(
    "a fraction outside of 0 to 1 is refused with its place", arguments: [-0.25, 1.5, .infinity])
  func fraction(_ number: Double) throws {
    let error = try Self.error("constant") { $0.parameters["alpha"]?[1] = number }
    #expect(error?.code == .range && error?.place == "parameters/alpha[1]")
    #expect(error?.message.contains("expected a number from 0 to 1") == true)
    #expect(
      try Self.error("leaky") { $0.parameters["alpha"]?[1] = -0.25 } == nil,
      "where nothing says that it is a fraction, any number will do")
  }

  @Test("0 and 1 are fractions too", arguments: [0.0, 1.0])
  func ends(_ number: Double) throws {
    let error = try Self.error("constant") {
      $0.parameters["alpha"] = Tensor(shape: [2]) { _ in number }
    }
    // Where α is 1 the rest cancels, and an exact zero that the equations do not show is not decided.
    #expect(
      error == nil || (number == 1 && error?.code == .undecided), "\(error?.description ?? "")")
  }

  @Test("a constant's gradient is not among the answers, and it must be given all the same")
  func constant() throws {
    let reference = try Reference(Formulation(Systems.named("constant")))
    var problem = Systems.problem(
      reference.formulation, sizes: Sizes(input: 2, hidden: 2), steps: 3, batch: 2, seed: 1)
    let goldens = try reference.goldens(for: problem)
    #expect(
      goldens.answers[.parameter("alpha")] == nil && goldens.scales[.parameter("alpha")] == nil)
    #expect(goldens.answers[.parameter("W")] != nil)
    problem.parameters["alpha"] = nil
    #expect { try reference.goldens(for: problem) } throws: {
      ($0 as? OracleError)?.place == "parameters/alpha"
    }
  }

  @Test(
    "lengths beyond the steps, negative, too few or too many",
    arguments: [[4, 1], [-1, 1], [1], [1, 1, 1]])
  func lengths(_ lengths: [Int]) throws {
    #expect(try Self.error("bidirectional") { $0.batch.lengths = lengths }?.code == .length)
  }

  @Test("an upstream gradient of what is no output, of a wrong shape, on a missing final state")
  func outputs() throws {
    let sequence = try Self.error("lstm") { $0.upstream.sequence["i"] = Tensor(zeros: [3, 2, 2]) }
    #expect(sequence?.code == .names && sequence?.message.contains("c, h") == true)
    let classes = try Self.error("lstm") { $0.upstream.sequence["y"] = Tensor(zeros: [3, 2, 2]) }
    #expect(classes?.code == .names && classes?.place == "upstream/sequence/y")
    let rows = try Self.error("last-step") {
      $0.upstream.sequence["y_hat"] = Tensor(zeros: [3, 2, 2])
    }
    #expect(rows?.code == .shape && rows?.message.contains("[1, 2, 2]") == true)
    let final = try Self.error("lstm") { $0.upstream.final["y"] = Tensor(zeros: [2, 2]) }
    #expect(final?.code == .names)
  }

  @Test("a delay longer than the sequence reads the initial state alone", arguments: [1, 2, 3])
  func delay(steps: Int) throws {
    let declaration = Systems.system(
      "delay", [#"h_t = \varphi(W h_{t-3} + U x_t)"#], outputs: ["h"])
    let reference = try Reference(Formulation(declaration))
    var problem = Systems.problem(
      reference.formulation, sizes: Sizes(input: 2, hidden: 2), steps: steps, batch: 1, seed: 3)
    problem.batch.x = Tensor(zeros: [steps, 1, 2])
    let goldens = try reference.goldens(for: problem)
    let h = try #require(goldens.answers[.sequence("h")])
    for step in 1..<max(steps, 1) {
      #expect(h[step, 0, 0] == h[0, 0, 0] && h[step, 0, 1] == h[0, 0, 1])
    }
    let initial = try #require(goldens.answers[.initial("h")])
    #expect(initial.scalars.allSatisfy { $0 != 0 })
    try reference.confirmGradients(of: problem, seed: 1, everyElement: true)
  }

  @Test(
    "the input is not read after the first step, where it has one alone: other numbers there change nothing"
  )
  func oneInput() throws {
    let reference = try Reference(Formulation(Systems.named("one-to-many")))
    var problem = Systems.problem(
      reference.formulation, sizes: Sizes(input: 2, hidden: 2, output: 2), steps: 3, batch: 2,
      seed: 1)
    #expect(problem.batch.x.scalars.suffix(8).allSatisfy { $0 != 0 })
    let goldens = try reference.goldens(for: problem).answers
    let gradient = try #require(goldens[.inputs("x")])
    #expect(gradient.scalars.prefix(4).allSatisfy { $0 != 0 })
    #expect(gradient.scalars.suffix(8).allSatisfy { $0 == 0 })
    for step in 1..<3 { problem.batch.x[step, 1, 1] += 1 }
    #expect(try reference.goldens(for: problem).answers == goldens)
    var every = reference.formulation.declaration
    every.notation.inputSteps = .every
    let other = try Reference(Formulation(every)).goldens(for: problem).answers
    #expect(other[.sequence("h")] != goldens[.sequence("h")])
    #expect(other[.parameter("U")] != goldens[.parameter("U")])
  }

  @Test("no sequences and no steps of every system, composed too: no crash, empty or initial")
  func empty() throws {
    for declaration in CompositionTests.forward {
      let original = try Formulation(declaration)
      for composition in CompositionTests.compositions
      where CompositionTests.fits(declaration, composition) {
        let formulation = try original.composed(composition)
        for (steps, batch) in [(0, 2), (3, 0), (0, 0)] {
          let problem = Systems.problem(
            formulation, sizes: CompositionTests.sizes, steps: steps, batch: batch, seed: 1)
          let answers = try Reference(formulation).goldens(for: problem).answers
          for state in formulation.states where steps == 0 {
            #expect(answers[.final(state.name)] == problem.batch.initial[state.name])
          }
        }
      }
    }
  }
}
