import Conformance
import Equations
import Foundation
import GoldenFixtures
import MultiscaleRNN
import Tensors
import Testing
import VanillaRNN

/// Fixtures of formulations, made in a folder of their own.
private struct Bench {
  let folder: String

  init(_ formulations: [Formulation]) async throws {
    folder =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("rnncheck-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let families = CaseFamily.all.filter { ["generic", "ragged", "no-steps"].contains($0.name) }
    _ = try await Regeneration(
      FixtureFolder(folder), of: formulations, families: families, isComplete: true
    ).run { _ in }
  }

  func report(
    _ subject: any Subject, against formulation: Formulation,
    checks: Set<Check> = Set(Check.allCases), cases: Set<String>? = nil
  ) async throws -> Report {
    try await Suite(FixtureFolder(folder), checks: checks, precisions: [.float64], cases: cases)
      .run(subject, against: formulation)
  }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }
}

@Suite("Subjects of both directions, with constants, with one input")
struct DirectionTests {
  static let declarations: [Declaration] = [
    .elmanTanhBidirectional, .elmanTanhDeep, .elmanTanhDeepBidirectional, .leakyRNNFixed,
    .knightRNNOneToMany,
  ]

  @Test("the equations themselves conform by every check", arguments: declarations.map(\.id))
  func conform(_ id: String) async throws {
    let formulation = try Formulation(#require(Self.declarations.first { $0.id == id }))
    let bench = try await Bench([formulation])
    defer { bench.remove() }
    let report = try await bench.report(FormulationSubject(formulation), against: formulation)
    for result in report.results {
      // The equations report no gradients of signals.
      let isOffered = result.check != .backwardStep || result.verdict != .notOffered
      #expect(
        result.verdict == .conforms || !isOffered || result.goldenCase == "no-steps",
        "\(result.goldenCase) \(result.check): \(result.message)")
    }
  }

  /// The bidirectional RNN with a piece of its equations replaced.
  private func wrong(_ piece: String, _ other: String) throws -> Formulation {
    var declaration = Declaration.elmanTanhBidirectional
    declaration.lines = declaration.lines.map { $0.replacing(piece, with: other) }
    return try Formulation(declaration)
  }

  @Test("a backward state that is walked forward is named by its values and by its steps")
  func walkedForward() async throws {
    let formulation = try Formulation(.elmanTanhBidirectional)
    let bench = try await Bench([formulation])
    defer { bench.remove() }
    let subject = try FormulationSubject(wrong("_{t+1}", "_{t-1}"))
    let report = try await bench.report(
      subject, against: formulation, checks: [.forwardStep, .values, .gradients],
      cases: ["generic", "ragged"])
    #expect(report.results.count == 6)
    for result in report.results {
      #expect(result.verdict == .departs)
      if result.check != .gradients {
        #expect(result.deviation?.quantity == .sequence("s_backward"))
      }
    }
  }

  @Test("directions exchanged in the stack are seen")
  func exchanged() async throws {
    let formulation = try Formulation(.elmanTanhBidirectional)
    let bench = try await Bench([formulation])
    defer { bench.remove() }
    let subject = try FormulationSubject(
      wrong(
        #"\overrightarrow{s}_t \\ \overleftarrow{s}_t"#,
        #"\overleftarrow{s}_t \\ \overrightarrow{s}_t"#
      ))
    let report = try await bench.report(
      subject, against: formulation, checks: [.forwardStep], cases: ["generic"])
    #expect(report.results.first?.deviation?.quantity == .sequence("o"))
  }

  @Test("a backward direction that starts in the padding is seen in the ragged case alone")
  func padding() async throws {
    let formulation = try Formulation(.elmanTanhBidirectional)
    let bench = try await Bench([formulation])
    defer { bench.remove() }
    let subject = Rewired(
      name: "padding", base: try FormulationSubject(formulation),
      given: { problem in
        var problem = problem
        problem.batch.lengths = nil
        return problem
      },
      answered: { problem, answers in
        // The padding of the answers is put right, so that what is left is what the padding did.
        answers.mapValues { tensor in
          guard tensor.shape.count == 3 else { return tensor }
          var tensor = tensor
          for element in 0..<problem.batch.batch {
            for step in problem.batch.length(of: element)..<problem.batch.steps {
              for unit in 0..<tensor.shape[2] { tensor[step, element, unit] = 0 }
            }
          }
          return tensor
        }
      })
    let report = try await bench.report(
      subject, against: formulation, checks: [.values], cases: ["generic", "ragged"])
    for result in report.results {
      #expect((result.verdict == .departs) == (result.goldenCase == "ragged"))
      if result.verdict == .departs {
        #expect(result.deviation?.quantity == .sequence("s_backward"))
      }
    }
  }

  @Test("the first fault of a backward signal is the one nearest to the end", arguments: [0, 1, 2])
  func first(step: Int) async throws {
    let formulation = try Formulation(.elmanTanhBidirectional)
    let bench = try await Bench([formulation])
    defer { bench.remove() }
    let subject = Rewired(
      name: "disturbed", base: try FormulationSubject(formulation),
      answered: { _, answers in
        var answers = answers
        for earlier in 0...step { answers[.sequence("s_backward")]?[earlier, 0, 0] += 0.01 }
        return answers
      })
    let report = try await bench.report(
      subject, against: formulation, checks: [.forwardStep, .values], cases: ["generic"])
    for result in report.results {
      #expect(result.deviation?.quantity == .sequence("s_backward"))
      #expect(result.deviation?.step == step)
    }
  }

  @Test("a cell that reads the input at later steps is seen")
  func inputs() async throws {
    let formulation = try Formulation(.knightRNNOneToMany)
    let bench = try await Bench([formulation])
    defer { bench.remove() }
    let report = try await bench.report(
      FormulationSubject(Formulation(.knightRNN)), against: formulation,
      checks: [.forwardStep, .values, .gradients], cases: ["generic"])
    for result in report.results { #expect(result.verdict == .departs) }
    let values = try #require(report.results.first { $0.check == .values })
    #expect(values.deviation?.quantity == .sequence("h") && values.deviation?.step == 1)
  }

  @Test("a constant needs no gradient, and one that is given is not looked at")
  func constants() async throws {
    let formulation = try Formulation(.leakyRNNFixed)
    let bench = try await Bench([formulation])
    defer { bench.remove() }
    for subject in [Declaration.leakyRNNFixed, .leakyRNN] {
      let report = try await bench.report(
        FormulationSubject(Formulation(subject)), against: formulation,
        checks: [.gradients, .differences, .linearity], cases: ["generic"])
      #expect(report.results.count == 3 && report.results.allSatisfy { $0.verdict == .conforms })
    }
    let learned = try Formulation(.leakyRNN)
    let other = try await Bench([learned])
    defer { other.remove() }
    let report = try await other.report(
      FormulationSubject(formulation), against: learned, checks: [.gradients, .differences],
      cases: ["generic"])
    let differences = try #require(report.results.first { $0.check == .differences })
    #expect(differences.verdict == .notOffered)
  }

  @Test("the sheet says what is constant and which way a state runs")
  func sheets() throws {
    let leaky = try FormulationSheet(Formulation(.leakyRNNFixed)).text
    #expect(leaky.contains("alpha  constant  [H]") && !leaky.contains("∂E/∂α ="))
    let both = try FormulationSheet(Formulation(.elmanTanhBidirectional))
    #expect(both.text.contains("s_backward  state backward in time  [T,B,H]"))
    #expect(both.text.contains("before the first step or after the last one is zero"))
    let one = try FormulationSheet(Formulation(.knightRNNOneToMany))
    #expect(one.text.contains("\n  x_t = 0 for t > 1\n"))
    #expect(one.text.contains("x̄_t = W_{xh}ᵀ δh_t for t = 1\n"))
    #expect(one.latex.contains(#"x_{t} &= 0 \quad \text{for } t > 1"#))
  }
}
