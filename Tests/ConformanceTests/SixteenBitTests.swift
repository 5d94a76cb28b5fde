import Conformance
import GoldenFixtures
import Tensors
import Testing

/// A right subject whose every number is rounded to 16 bits at the end of each step, states included.
private struct Narrowed: Subject {
  let base: any Subject
  let precision: Conformance.Precision
  var name: String { "\(base.name) in \(precision.rawValue)" }
  var precisions: [Conformance.Precision] { [precision] }

  /// Nothing rounds within a step, so what there is between two stored tensors is float32 or better.
  func model(of precision: Conformance.Precision) -> ArithmeticModel {
    ArithmeticModel(precision, accumulation: .float32)
  }

  func answers(
    to problem: Case<Double>, in precision: Conformance.Precision
  ) throws -> Answers<Double> {
    guard problem.batch.lengths == nil, problem.batch.steps > 0 else {
      throw NotOffered("one length for all, of one step at least")
    }
    var states = problem.batch.initial
    var steps: [[String: Tensor<Double>]] = []
    for t in 0..<problem.batch.steps {
      var step = problem
      let shape = [1, problem.batch.batch, problem.batch.inputSize]
      let count = problem.batch.batch * problem.batch.inputSize
      step.batch.x = Tensor(shape: shape) { problem.batch.x[t * count + $0] }
      step.batch.initial = states
      step.upstream = Upstream(sequence: [:], final: [:])
      let answers = try base.answers(to: step, in: .float64).mapValues { tensor in
        tensor.map { rounded($0, to: precision) }
      }
      var signals: [String: Tensor<Double>] = [:]
      for case (.sequence(let name), let tensor) in answers { signals[name] = tensor }
      for case (.final(let name), let tensor) in answers { states[name] = tensor }
      steps.append(signals)
    }
    var answers: Answers<Double> = [:]
    for (name, first) in steps[0] {
      let scalars = steps.flatMap { $0[name]?.scalars ?? [] }
      answers[.sequence(name)] = try Tensor(
        shape: [steps.count] + first.shape.dropFirst(), scalars: scalars)
    }
    for (name, state) in states { answers[.final(name)] = state }
    return answers
  }
}

/// The nearest number of a precision, for numbers of its normal range; zero below it.
private func rounded(_ value: Double, to precision: Conformance.Precision) -> Double {
  guard value.magnitude >= precision.smallestNormal else { return 0 }
  let ulp = precision.ulp(of: value)
  return (value / ulp).rounded(.toNearestOrEven) * ulp
}

@Suite("Subjects that store 16 bits")
struct SixteenBitTests {
  static let precisions = Conformance.Precision.allCases.filter(\.isSixteenBit)
  static let families = ["donahue-lstm", "cs224d-gru", "padhai-lstm", "knight-rnn"]

  @Test("a right one conforms in every case that says something", arguments: precisions, families)
  func right(_ precision: Conformance.Precision, _ id: String) async throws {
    let subject = Narrowed(base: try Workbench.entry(id).subject, precision: precision)
    let report = try await Workbench.report(
      subject, against: id, checks: [.forwardStep, .values], precisions: [precision])
    #expect(report.failures.map(\.place) == [])
    let judged = report.results.filter { $0.verdict == .conforms }
    #expect(judged.count >= 10)
    for result in judged {
      #expect(result.worst?.suspicion != nil)
      #expect(result.goldenCase != "saturated")
    }
    let reasons = report.results.filter { $0.message.hasPrefix("not judged") }.map(\.goldenCase)
    #expect(Set(reasons) == (precision == .float16 ? ["saturated", "tiny"] : ["saturated"]))
  }

  @Test("a wrong one departs", arguments: precisions)
  func wrong(_ precision: Conformance.Precision) async throws {
    for (id, other) in [
      ("cs224d-gru", "cs224d-gru/reset-before"), ("padhai-lstm", "padhai-lstm/linear-write"),
    ] {
      let subject = Narrowed(base: try Workbench.entry(other).subject, precision: precision)
      let report = try await Workbench.report(
        subject, against: id, checks: [.forwardStep, .values], precisions: [precision],
        cases: ["generic"])
      #expect(report.count(.departs) == 2, "\(other) for \(id)")
    }
  }

  @Test("between the two limits an element is suspect", arguments: precisions)
  func suspect(_ precision: Conformance.Precision) async throws {
    let exact = try Workbench.entry("donahue-lstm").subject
    func report(_ error: @escaping @Sendable (Deviation) -> Double) async throws -> Report {
      func shifted(_ shift: Double) -> Shifted {
        Shifted(base: exact, precision: precision, quantity: .parameter("W_xf"), by: shift)
      }
      func run(_ subject: Shifted) async throws -> Report {
        try await Workbench.report(
          subject, against: "donahue-lstm", checks: [.gradients], precisions: [precision],
          cases: ["generic"])
      }
      // A first run says what the limits are.
      let limits = try #require(
        try await run(shifted(1e3)).results.first?.deviation)
      return try await run(shifted(error(limits)))
    }
    let likely = try await report { ($0.suspicion ?? 0) * 0.99 }
    #expect(likely.results.map(\.verdict) == [.conforms])
    let unlikely = try await report { (($0.suspicion ?? 0) + $0.tolerance) / 2 }
    #expect(unlikely.results.map(\.verdict) == [.suspect])
    #expect(unlikely.results.map(\.suspects) == [1])
    #expect(unlikely.failures.count == 1)
    #expect(unlikely.text(color: false).contains("1 of "))
    #expect(unlikely.text(color: false).contains("suspect from ±"))
    #expect(unlikely.junit().contains("failures=\"1\""))
    #expect(String(decoding: try unlikely.json(), as: UTF8.self).contains("\"suspect\""))
    // Beyond what activations that are accurate only absolutely may do, too.
    let impossible = try await report { $0.tolerance * 10 }
    #expect(impossible.results.map(\.verdict) == [.departs])
  }

  @Test("what adds up in float32 is held to it")
  func accumulation() {
    let wide = ArithmeticModel(.bfloat16, accumulation: .float32)
    let narrow = ArithmeticModel(.bfloat16, accumulation: .storage)
    #expect(wide.accumulation == 0x1p-24)
    #expect(narrow.accumulation == 0x1p-8)
    #expect(wide.storage == narrow.storage)
    #expect(ArithmeticModel(.float32, accumulation: .storage) == ArithmeticModel(.float32))
  }

  @Test(
    "an ulp is the distance to the next number",
    arguments: [
      (Conformance.Precision.float64, 1.0, 0x1p-52), (.float32, 1.5, 0x1p-23),
      (.bfloat16, 1, 0x1p-7), (.bfloat16, -3, 0x1p-6), (.float16, 1, 0x1p-10),
      (.float16, 0, 0x1p-24), (.bfloat16, 1e-300, 0x1p-133),
    ])
  func ulps(_ precision: Conformance.Precision, _ value: Double, _ ulp: Double) {
    #expect(precision.ulp(of: value) == ulp)
  }
}

/// Exact answers but for one element.
private struct Shifted: Subject {
  let base: any Subject
  let precision: Conformance.Precision
  let quantity: Quantity
  let by: Double
  var name: String { "shifted" }
  var precisions: [Conformance.Precision] { [precision] }

  func answers(
    to problem: Case<Double>, in precision: Conformance.Precision
  ) throws -> Answers<Double> {
    var answers = try base.answers(to: problem, in: .float64)
    if let tensor = answers[quantity] {
      answers[quantity] = Tensor(shape: tensor.shape) { tensor[$0] + ($0 == 0 ? by : 0) }
    }
    return answers
  }
}
