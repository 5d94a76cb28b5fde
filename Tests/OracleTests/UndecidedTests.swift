import Equations
import Oracle
import Tensors
import Testing

@Suite("What a ball cannot decide is said, and what is exactly zero is zero")
struct UndecidedTests {
  static func goldens(
    _ lines: [String], outputs: [String], change: (inout Case<Double>) -> Void = { _ in }
  ) throws -> Goldens {
    let reference = try Reference(
      Formulation(Systems.system("subject", lines, outputs: outputs)))
    var problem = Systems.problem(
      reference.formulation, sizes: Sizes(input: 2, hidden: 3, output: 2), steps: 2, batch: 1,
      seed: 4)
    change(&problem)
    return try reference.goldens(for: problem)
  }

  @Test(
    "an exact zero that the equations do not show",
    arguments: [
      [#"y_t = \sigma(W x_t) - \sigma(W x_t)"#],
      [#"y_t = \tanh(W x_t) + \tanh(-W x_t)"#],
      [#"y_t = \rho(\tanh(W x_t) - \tanh(W x_t))"#],
    ])
  func unseenZero(_ lines: [String]) {
    #expect {
      try Self.goldens(lines, outputs: ["y"])
    } throws: { error in
      guard let error = error as? OracleError else { return false }
      return error.code == .undecided && error.place == "sequence/y[0]"
        && error.message.contains("+/-")
    }
  }

  @Test("the element is named, not the vector that it stands in")
  func element() {
    // Its first two units differ, the last is zero at every step.
    #expect {
      try Self.goldens([#"h_t = \sigma(W x_t) - \sigma(V x_t)"#], outputs: ["h"]) { problem in
        guard let w = problem.parameters["W"], var v = problem.parameters["V"] else { return }
        for column in 0..<2 { v[2, column] = w[2, column] }
        problem.parameters["V"] = v
      }
    } throws: {
      ($0 as? OracleError)?.place == "sequence/h[2]"
    }
  }

  @Test("a softmax under a constant cotangent has gradient zero and its ball never says so")
  func softmax() {
    #expect {
      try Self.goldens([#"o_t = \text{softmax}(V x_t)"#], outputs: ["o"]) { problem in
        problem.upstream.sequence["o"] = problem.upstream.sequence["o"]?.map { _ in 0.5 }
      }
    } throws: { error in
      guard let error = error as? OracleError else { return false }
      return error.code == .undecided && error.place?.hasPrefix("gradients/") == true
    }
  }

  @Test("relu of an exact zero is zero, and so is its derivative there")
  func reluOfZero() throws {
    let goldens = try Self.goldens([#"h_t = \rho(W x_t)"#], outputs: ["h"]) { problem in
      problem.parameters["W"] = problem.parameters["W"].map { w in
        Tensor(shape: w.shape) { [1, -1, 1, 1, -1, -1][$0] }
      }
      problem.batch.x = problem.batch.x.map { _ in 0.75 }
    }
    let h = try #require(goldens.answers[.sequence("h")])
    #expect(h.scalars == [0, 1.5, 0, 0, 1.5, 0])
    #expect(h.scalars.allSatisfy { $0.sign == .plus })
    let gradient = try #require(goldens.answers[.parameter("W")])
    #expect(gradient[0, 0] == 0 && gradient[0, 1] == 0 && gradient[0, 0].sign == .plus)
    #expect(gradient[1, 0] != 0)
    #expect(gradient[2, 0] == 0)
    #expect(goldens.precision == 128)
  }

  @Test("a number that is not finite is named, unless it stands in the padding")
  func notFinite() throws {
    let reference = try Reference(Formulation(Systems.named("lstm")))
    let problem = Systems.problem(
      reference.formulation, sizes: Sizes(input: 2, hidden: 2), steps: 3, batch: 2,
      lengths: [3, 1],
      seed: 4)
    func error(_ change: (inout Case<Double>) -> Void) -> OracleError? {
      var problem = problem
      change(&problem)
      do {
        _ = try reference.goldens(for: problem)
        return nil
      } catch { return error }
    }
    let cases: [(String, (inout Case<Double>) -> Void)] = [
      ("parameters/W_xi", { $0.parameters["W_xi"]?[1, 1] = .nan }),
      ("parameters/b_f", { $0.parameters["b_f"]?[0] = .infinity }),
      ("inputs", { $0.batch.x[0, 1, 0] = -.infinity }),
      ("initial/c", { $0.batch.initial["c"]?[1, 0] = .nan }),
      ("upstream/sequence/h", { $0.upstream.sequence["h"]?[2, 0, 0] = .nan }),
      ("upstream/final/c", { $0.upstream.final["c"]?[1, 1] = .nan }),
    ]
    for (place, change) in cases {
      let error = try #require(error(change))
      #expect(error.code == .notFinite && error.place == place)
    }
    #expect(error { $0.batch.x[1, 1, 0] = .nan } == nil)
    #expect(error { $0.upstream.sequence["h"]?[2, 1, 0] = .nan } == nil)
  }
}
