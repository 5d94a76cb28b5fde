import Equations
import Oracle
import Tensors
import Testing

@Suite("Gradients over the tree")
struct GradientTests {
  @Test("central differences in balls confirm every scalar's", arguments: Systems.all)
  func confirmed(_ declaration: Declaration) throws {
    let formulation = try Formulation(declaration)
    let problem = Systems.problem(
      formulation, sizes: Sizes(input: 3, hidden: 2, output: 2), steps: 4, batch: 2,
      lengths: [4, 3], seed: 7)
    let scalars =
      formulation.learned.map {
        $0.shape.extents(Sizes(input: 3, hidden: 2, output: 2)).reduce(1, *)
      }.reduce(0, +) + 4 * 2 * 3 + formulation.states.count * 2 * 2
    let confirmed = try Reference(formulation).confirmGradients(
      of: problem, seed: 1, everyElement: true)
    #expect(confirmed == scalars + 3)
  }

  @Test(
    "a state is passed through where there is no step",
    arguments: Systems.all.filter { !["last-step", "there-and-back"].contains($0.id) })
  func noSteps(_ declaration: Declaration) throws {
    let formulation = try Formulation(declaration)
    let problem = Systems.problem(
      formulation, sizes: Sizes(input: 3, hidden: 2, output: 2), steps: 0, batch: 2, seed: 7)
    let goldens = try Reference(formulation).goldens(for: problem)
    for state in formulation.states {
      #expect(goldens.answers[.final(state.name)] == problem.batch.initial[state.name])
      #expect(goldens.answers[.initial(state.name)] == problem.upstream.final[state.name])
    }
    for parameter in formulation.learned {
      let gradient = try #require(goldens.answers[.parameter(parameter.name)])
      #expect(gradient.scalars.allSatisfy { $0 == 0 && $0.sign == .plus })
    }
  }
}
