import Equations
import Oracle
import Tensors
import Testing

@Suite("A wrong gradient is never confirmed")
struct WrongGradientTests {
  /// A gradient system made wrong in one place.
  struct Wrong {
    let what: String
    let system: GradientSystem
  }

  /// Every term dropped, every term with the other sign, every derivative left out.
  static func wrong(_ right: GradientSystem) -> [Wrong] {
    var all: [Wrong] = []
    func change(_ what: String, _ body: (inout GradientSystem) -> Void) {
      var system = right
      body(&system)
      all.append(Wrong(what: what, system: system))
    }
    for (a, adjoint) in right.adjoints.enumerated() {
      let name = adjoint.signal.name
      for index in adjoint.contributions.indices {
        change("contribution \(index) to \(name) dropped") {
          $0.adjoints[a].contributions.remove(at: index)
        }
        change("contribution \(index) to \(name) with the other sign") {
          $0.adjoints[a].contributions[index] = .negation(adjoint.contributions[index])
        }
        change("contribution \(index) to \(name) a second time") {
          $0.adjoints[a].contributions.append(adjoint.contributions[index])
        }
        change("contribution \(index) to \(name) a step late") {
          $0.adjoints[a].contributions[index] = adjoint.contributions[index].shifted(by: 1)
        }
      }
      for index in adjoint.firstContributions.indices {
        change("contribution \(index) to \(name) at the first step dropped") {
          $0.adjoints[a].firstContributions.remove(at: index)
        }
      }
      for index in adjoint.lastContributions.indices {
        change("contribution \(index) to \(name) at the last step dropped") {
          $0.adjoints[a].lastContributions.remove(at: index)
        }
      }
      if adjoint.derivative != nil {
        change("the derivative at \(name) left out") { $0.adjoints[a].derivative = nil }
      }
    }
    for index in right.input.indices {
      change("contribution \(index) to the input dropped") { $0.input.remove(at: index) }
    }
    for (p, parameter) in right.parameters.enumerated() {
      for index in parameter.terms.indices {
        change("term \(index) of \(parameter.symbol.name) dropped") {
          $0.parameters[p].terms.remove(at: index)
        }
      }
    }
    return all
  }

  @Test(
    "of every system, with any one term dropped, turned, doubled or late", arguments: Systems.all)
  func wrongTerms(_ declaration: Declaration) throws {
    let formulation = try Formulation(declaration)
    let right = try GradientSystem(of: formulation)
    let problem = Systems.problem(
      formulation, sizes: Sizes(input: 3, hidden: 2, output: 2), steps: 5, batch: 1, seed: 7)
    try Reference(formulation, gradients: right).confirmGradients(of: problem, seed: 1)
    let wrong = Self.wrong(right)
    #expect(wrong.count >= right.adjoints.count + right.parameters.count)
    for wrong in wrong {
      #expect(throws: OracleError.self, "\(wrong.what)") {
        try Reference(formulation, gradients: wrong.system).confirmGradients(of: problem, seed: 1)
      }
    }
  }

  @Test("the wrong element is named, with both numbers", arguments: [false, true])
  func named(everyElement: Bool) throws {
    let formulation = try Formulation(Systems.named("lstm"))
    var system = try GradientSystem(of: formulation)
    let index = try #require(system.parameters.firstIndex { $0.symbol.name == "b_f" })
    system.parameters[index].terms = []
    let problem = Systems.problem(
      formulation, sizes: Sizes(input: 3, hidden: 2), steps: 3, batch: 2, seed: 7)
    do {
      try Reference(formulation, gradients: system)
        .confirmGradients(of: problem, seed: 1, everyElement: everyElement)
      Issue.record("confirmed")
    } catch {
      #expect(error.code == .unconfirmed)
      #expect(error.place == "gradients/parameters/b_f[0]")
      #expect(error.message.contains("the gradient along it is 0, and central differences"))
    }
  }
}
