import Equations
import Oracle
import Tensors
import Testing

@Suite("Cases of every shape")
struct ShapeTests {
  struct Shape: CustomTestStringConvertible {
    let what: String
    let sizes: Sizes
    let steps: Int
    let batch: Int
    var lengths: [Int]?

    var testDescription: String { what }
  }

  static let shapes: [Shape] = [
    Shape(
      what: "a long sequence", sizes: Sizes(input: 2, hidden: 2, output: 1), steps: 64, batch: 1),
    Shape(
      what: "one of everything", sizes: Sizes(input: 1, hidden: 1, output: 1), steps: 1, batch: 1),
    Shape(what: "one unit", sizes: Sizes(input: 3, hidden: 1, output: 2), steps: 4, batch: 2),
    Shape(
      what: "more inputs than units", sizes: Sizes(input: 7, hidden: 2, output: 3), steps: 3,
      batch: 2),
    Shape(
      what: "more units than inputs", sizes: Sizes(input: 1, hidden: 5, output: 2), steps: 3,
      batch: 2),
    Shape(
      what: "nine units, more than the lanes of a sweep",
      sizes: Sizes(input: 2, hidden: 9, output: 9),
      steps: 2, batch: 1),
    Shape(
      what: "fewer steps than a lag", sizes: Sizes(input: 2, hidden: 2, output: 2), steps: 2,
      batch: 2),
    Shape(
      what: "ragged", sizes: Sizes(input: 2, hidden: 2, output: 2), steps: 4, batch: 4,
      lengths: [4, 0, 1, 2]),
    Shape(
      what: "all empty", sizes: Sizes(input: 2, hidden: 2, output: 2), steps: 3, batch: 2,
      lengths: [0, 0]),
    Shape(what: "no steps", sizes: Sizes(input: 2, hidden: 2, output: 2), steps: 0, batch: 2),
    Shape(what: "no sequences", sizes: Sizes(input: 2, hidden: 2, output: 2), steps: 3, batch: 0),
    Shape(what: "no inputs", sizes: Sizes(input: 0, hidden: 2, output: 2), steps: 3, batch: 2),
    Shape(what: "nothing at all", sizes: Sizes(input: 0, hidden: 0, output: 0), steps: 0, batch: 0),
  ]

  @Test("goldens, gradients and Float answers", arguments: shapes, Systems.all)
  func shape(_ shape: Shape, _ declaration: Declaration) throws {
    let reference = try Reference(Formulation(declaration))
    let formulation = reference.formulation
    // A softmax over one unit is 1, and its gradient the zero that no ball shows.
    guard shape.sizes.output != 1 || !declaration.lines.joined().contains("softmax") else { return }
    var problem = Systems.problem(
      formulation, sizes: shape.sizes, steps: shape.steps, batch: shape.batch,
      lengths: shape.lengths, seed: 21)
    if shape.steps > 10 {
      // Small weights, so that 64 steps forget: where each step doubles what was, nothing is a test.
      problem.parameters = problem.parameters.mapValues { $0.map { $0 / 4 } }
    }
    let goldens = try reference.goldens(for: problem)
    for signal in formulation.signals {
      #expect(
        goldens.answers[.sequence(signal.name)]?.shape == [
          formulation.steps(of: signal, in: shape.steps), shape.batch,
          shape.sizes[formulation.axis(of: signal)],
        ])
    }
    for parameter in formulation.parameters {
      let gradient = goldens.answers[.parameter(parameter.name)]
      let hasGradient = formulation.learned.contains(parameter)
      #expect(gradient?.shape == (hasGradient ? problem.parameters[parameter.name]?.shape : nil))
    }
    for (quantity, tensor) in goldens.answers {
      #expect(goldens.scales[quantity]?.shape == [RoundingKind.allCases.count] + tensor.shape)
    }
    try reference.confirmGradients(of: problem, seed: 5)
    let answers = try reference.answers(to: problem, in: Float.self).mapValues {
      $0.converted(to: Double.self)
    }
    #expect(try GoldenTests.worstRatio(answers, goldens, roundoff: 0x1p-24) <= 1)
    let program = ShuffledFloat(formulation, reference.gradients, problem, seed: 9)
    #expect(
      try GoldenTests.worstRatio(program.answers, goldens, roundoff: 0x1p-24) <= 1)
  }

  @Test("what lies beyond a sequence's own length is zero, and is not read")
  func padding() throws {
    let reference = try Reference(Formulation(Systems.named("gru")))
    var problem = Systems.problem(
      reference.formulation, sizes: Sizes(input: 2, hidden: 2), steps: 3, batch: 2,
      lengths: [1, 3],
      seed: 2)
    let goldens = try reference.goldens(for: problem)
    for quantity in [Quantity.sequence("h"), .inputs("x")] {
      let tensor = try #require(goldens.answers[quantity])
      for step in 1..<3 { #expect(tensor[step, 0, 0] == 0 && tensor[step, 0, 1] == 0) }
    }
    for step in 1..<3 { problem.batch.x[step, 0, 0] += 1 }
    #expect(try reference.goldens(for: problem).answers == goldens.answers)
  }
}

@Suite("Expressions that are no cell's")
struct UnusualExpressionTests {
  static func check(_ lines: [String], outputs: [String]) throws {
    let reference = try Reference(
      Formulation(Systems.system("subject", lines, outputs: outputs)))
    let problem = Systems.problem(
      reference.formulation, sizes: Sizes(input: 3, hidden: 2, output: 3), steps: 3, batch: 2,
      seed: 8)
    let goldens = try reference.goldens(for: problem)
    try reference.confirmGradients(of: problem, seed: 2, everyElement: true)
    let program = ShuffledFloat(reference.formulation, reference.gradients, problem, seed: 1)
    #expect(try GoldenTests.worstRatio(program.answers, goldens, roundoff: 0x1p-24) <= 1)
  }

  @Test(
    "numbers stand anywhere",
    arguments: [
      [#"h_t = \sigma(1) \odot h_{t-1} + W x_t"#],
      [#"h_t = (\sigma(1) + 2) (3 - h_{t-1}) + W x_t"#],
      [#"h_t = \tanh(W x_t + 1) \odot 3 - 2 - h_{t-1}"#],
      [#"h_t = W x_t + \sigma(2) h_{t-1}"#, #"y_t = V h_t + \sigma(2)"#],
      [#"h_t = 0 h_{t-1} + W x_t"#],
      [#"h_t = U h_{t-1} + b"#, #"y_t = V h_t"#],
      [#"h_t = W W W h_{t-1} + U x_t"#],
      [#"h_t = W (U x_t + h_{t-1}) \odot (V h_{t-1} - b) \odot b"#],
    ])
  func numbers(_ lines: [String]) throws {
    try Self.check(lines, outputs: lines.count > 1 ? ["y"] : ["h"])
  }

  @Test("activations inside activations, a softmax inside a gate, the identity")
  func nested() throws {
    try Self.check(
      [
        #"h_t = \sigma(\tanh(W h_{t-1}) - \text{identity}(U x_t)) \odot \rho(\sigma(Z x_t)) - c_{t-1}"#,
        #"c_t = \text{softmax}(\tanh(V h_t)) \odot \sigma(\text{softmax}(Q x_t))"#,
      ], outputs: ["h", "c"])
  }

  @Test("a product of many sums is refused before it is multiplied out")
  func long() throws {
    func error(_ right: String) throws -> OracleError? {
      let formulation = try Formulation(
        Systems.system("subject", ["h_t = \(right) + W x_t"], outputs: ["h"]))
      let problem = Systems.problem(
        formulation, sizes: Sizes(input: 1, hidden: 1), steps: 1, batch: 1, seed: 1)
      do {
        _ = try Reference(formulation).goldens(for: problem)
        return nil
      } catch let error as OracleError { return error }
    }
    #expect(try error(String(repeating: "(1 - h_{t-1}) ", count: 6)) == nil)
    #expect(try error(String(repeating: "(1 - h_{t-1}) ", count: 60))?.code == .unsupported)
    #expect(try error(String(repeating: "60000 ", count: 60) + "h_{t-1}")?.code == .unsupported)
    #expect(
      try error(String(repeating: "(1 - h_{t-1} - U h_{t-1}) ", count: 30)) == nil,
      "a sum with a matrix product is one factor")
  }

  @Test("numbers and blocks that a program made too large are errors", arguments: [Int.min, .max])
  func handmade(number: Int) throws {
    let (h, x) = (
      Equations.Expression.signal(Symbol("h"), .step(-1)),
      Equations.Expression.signal(Symbol("x"), .step(0))
    )
    let declaration = Systems.system("subject", [], outputs: ["h"])
    for expression in [
      Equations.Expression.hadamard(.number(number), .hadamard(.number(number), h)),
      .number(number),
    ] {
      let formulation = try Formulation(
        declaration, equations: [Equation(Symbol("h"), .sum(.sum(h, x), expression))])
      let problem = Systems.problem(
        formulation, sizes: Sizes(input: 1, hidden: 1), steps: 1, batch: 1, seed: 1)
      #expect(throws: OracleError.self) { try Reference(formulation).goldens(for: problem) }
    }
    let block = Matrix(Symbol("W"), rows: .init(index: 0, of: .max))
    let formulation = try Formulation(
      declaration, equations: [Equation(Symbol("h"), .sum(.product(block, x), h))])
    let problem = Case<Double>(
      parameters: ["W": Tensor(zeros: [2, 2])],
      batch: SequenceBatch(x: Tensor(zeros: [1, 1, 2]), initial: ["h": Tensor(zeros: [1, 2])]),
      upstream: Upstream(sequence: [:], final: [:]))
    #expect(throws: OracleError.self) { try Reference(formulation).goldens(for: problem) }
  }
}

@Suite("The same bits every time")
struct DeterminismTests {
  @Test("goldens and scales, one after another and at once", arguments: Systems.all)
  func sameBits(_ declaration: Declaration) async throws {
    let reference = try Reference(Formulation(declaration))
    let problem = Systems.problem(
      reference.formulation, sizes: Sizes(input: 3, hidden: 4, output: 2), steps: 5, batch: 2,
      lengths: [5, 2], seed: 12)
    func bits() throws -> [String: [UInt64]] {
      // Read and unrolled anew, so that no table of this process is shared.
      let goldens = try Reference(Formulation(declaration)).goldens(for: problem)
      var bits: [String: [UInt64]] = [:]
      for (quantity, tensor) in goldens.answers {
        bits[quantity.path] = tensor.scalars.map(\.bitPattern)
      }
      for (quantity, tensor) in goldens.scales {
        bits["scale/" + quantity.path] = tensor.scalars.map { UInt64($0.bitPattern) }
      }
      return bits
    }
    let first = try bits()
    #expect(first.values.contains { $0.contains { $0 != 0 } })
    #expect(try bits() == first)
    try await withThrowingTaskGroup(of: [String: [UInt64]].self) { group in
      for _ in 0..<8 { group.addTask { try bits() } }
      for try await other in group { #expect(other == first) }
    }
  }
}
