import Equations
import Oracle
import Tensors
import Testing

@Suite("Goldens and their rounding scales")
struct GoldenTests {
  static let sizes = Sizes(input: 5, hidden: 4, output: 3)

  @Test("Double and Float answers lie within the tolerance", arguments: Systems.all)
  func withinTolerance(_ declaration: Declaration) throws {
    let reference = try Reference(Formulation(declaration))
    for seed in 1...3 as ClosedRange<UInt64> {
      let problem = Systems.problem(
        reference.formulation, sizes: Self.sizes, steps: 6, batch: 2, lengths: [6, 4], seed: seed)
      let goldens = try reference.goldens(for: problem)
      let worst64 = try Self.worstRatio(
        reference.answers(to: problem, in: Double.self), goldens, roundoff: 0x1p-53)
      let worst32 = try Self.worstRatio(
        reference.answers(to: problem, in: Float.self).mapValues { $0.converted() }, goldens,
        roundoff: 0x1p-24)
      #expect(worst64 <= 1)
      #expect(worst32 <= 1)
      #expect(worst32 > 0x1p-12, "a tolerance thousands of times the error catches nothing")
    }
  }

  @Test("the first order of the rounding errors is enough", arguments: Systems.all)
  func firstOrder(_ declaration: Declaration) throws {
    let reference = try Reference(Formulation(declaration))
    let problem = Systems.problem(
      reference.formulation, sizes: Self.sizes, steps: 6, batch: 2, seed: 3)
    let worst = try reference.confirmFirstOrder(of: problem, seed: 5, samples: 40)
    #expect(worst > 0.9, "the worst signs reach what the first order says")
  }

  @Test("every equation holds for what the exact answers report", arguments: Systems.all)
  func steps(_ declaration: Declaration) throws {
    let reference = try Reference(Formulation(declaration))
    let problem = Systems.problem(
      reference.formulation, sizes: Self.sizes, steps: 5, batch: 2, lengths: [3, 5], seed: 9)
    let goldens = try reference.goldens(for: problem)
    let report = goldens.answers.filter { if case .sequence = $0.key { true } else { false } }
    let steps = try reference.steps(of: problem, from: report)
    for (quantity, expected) in steps.expected {
      guard let golden = goldens.answers[quantity], let scale = steps.scales[quantity] else {
        continue
      }
      for index in 0..<expected.count {
        // One rounding of each stored operand, and those of golden and expectation.
        let tolerance =
          1.1 * 0x1p-53 * Double(scale[3 * expected.count + index])
          + expected[index].ulp + golden[index].ulp
        #expect(
          (expected[index] - golden[index]).magnitude <= tolerance, "\(quantity.path)[\(index)]")
      }
    }
  }

  @Test("a wrong shape or name in a case is an error that names it")
  func badCases() throws {
    let reference = try Reference(Formulation(Systems.all[0]))
    var problem = Systems.problem(
      reference.formulation, sizes: Self.sizes, steps: 2, batch: 1, seed: 1)
    problem.parameters["W_xi"] = Tensor(zeros: [4, 4])
    #expect {
      try reference.goldens(for: problem)
    } throws: { error in
      (error as? OracleError)?.place == "parameters/W_xi" && "\(error)".contains("[4, 5]")
    }
    problem.parameters["W_xi"] = nil
    #expect { try reference.goldens(for: problem) } throws: { "\($0)".contains("missing") }
    problem = Systems.problem(
      reference.formulation, sizes: Self.sizes, steps: 2, batch: 1, lengths: [3], seed: 1)
    #expect { try reference.goldens(for: problem) } throws: {
      ($0 as? OracleError)?.code == .length
    }
  }

  /// The largest error over tolerance, activations within 4 ulp; an answer that is not given is zero.
  static func worstRatio(
    _ answers: Answers<Double>, _ goldens: Goldens, roundoff u: Double
  ) throws -> Double {
    try worstRatio(answers, goldens.answers, scales: goldens.scales, roundoff: u)
  }

  /// The same against any exact answers and their scales.
  static func worstRatio(
    _ answers: Answers<Double>, _ exact: Answers<Double>, scales: Answers<Float>,
    roundoff u: Double
  ) throws -> Double {
    let smallest =
      u == 0x1p-24 ? Double(Float.leastNormalMagnitude) : Double.leastNormalMagnitude
    var worst = 0.0
    for (quantity, golden) in exact {
      let answer = answers[quantity] ?? Tensor(zeros: golden.shape)
      let scale = try #require(scales[quantity])
      for index in 0..<golden.count {
        let kind = { (kind: RoundingKind) in Double(scale[kind.rawValue * golden.count + index]) }
        let tolerance =
          1.1 * u
          * (kind(.arithmetic) + 8 * kind(.activationRelative) + kind(.storage))
          + 1.1 * smallest * kind(.underflow) + golden[index].ulp / 2
        worst = max(worst, (answer[index] - golden[index]).magnitude / tolerance)
      }
    }
    return worst
  }
}
