import Conformance
import Equations
import Oracle
import Soundness
import Tensors
import Testing

@Suite("Right evaluations are not flagged")
struct RightEvaluationTests {
  @Test("in any arithmetic", arguments: Bench.formulations)
  func sound(_ id: String) async throws {
    let report = try await Bench.study([id], evaluations: 24, seed: 20_150_311)
    #expect(report.isSound, "\(report.text)")
    #expect(report.rows.map(\.arithmetic) == StudiedArithmetic.allCases)
    for row in report.rows {
      #expect(row.evaluations == 24 && row.flagged == 0)
      // Values and gradients of each, and more of the first of every case.
      #expect(row.checks > 2 * row.evaluations)
      #expect(row.worstRatio > 0 && row.worstRatio < 1)
      let values = try #require(row.values)
      let gradients = try #require(row.gradients)
      #expect(values.all > 1 && values.one > 1)
      #expect(gradients.all > 1 && gradients.one > 1)
    }
  }

  @Test("they are many: seeds differ in their bits, and one seed is always the same")
  func variety() throws {
    let reference = try Bench.reference("cs224d-gru")
    let problem = try Bench.golden("wide", of: reference).problem
    func answers(_ seed: UInt64) -> Answers<Double> {
      VariantSubject(reference, variant: Variant(seed: seed)).answers(to: problem, in: .float32)
    }
    let all = (1...40).map { answers(UInt64($0)) }
    #expect(Set(all).count > 36)
    #expect(answers(7) == all[6])
    #expect(Set((1...40).map { Variant(seed: $0).description }).count == 40)
    #expect(Set((1...40).map { Variant(seed: $0).flushesToZero }) == [false, true])
    #expect(Set((1...40).map { answers(UInt64($0)).count }).count == 2, "all, and outputs alone")
    #expect(Set((1...40).map { Variant(seed: $0).activations }) == [.relative, .absolute])
  }

  @Test("a program that flushes to zero has no subnormal number in its answers")
  func flushing() throws {
    let reference = try Bench.reference("donahue-lstm")
    let problem = try Bench.golden("tiny", of: reference).problem
    var subnormals: [Bool: Int] = [:]
    for seed in 1...12 as ClosedRange<UInt64> {
      let variant = Variant(seed: seed)
      let answers = VariantSubject(reference, variant: variant).answers(to: problem, in: .float32)
      subnormals[variant.flushesToZero, default: 0] += answers.values.joined().count {
        $0 != 0 && $0.magnitude < Double(Float.leastNormalMagnitude)
      }
    }
    #expect(subnormals[true] == 0)
    #expect(try #require(subnormals[false]) > 0)
  }

  @Test("the report is read by programs too")
  func json() async throws {
    let report = try await Bench.study(["elman-relu"], evaluations: 12, in: [.float32])
    let text = String(decoding: try report.json(), as: UTF8.self)
    #expect(text.contains("\"format\" : \"rnncheck-soundness\""))
    #expect(text.contains("\"flagged\" : 0"))
    #expect(text.contains("\"dtype\" : \"float32\""))
    #expect(report.text.contains("12 right evaluations"))
  }
}

extension Dictionary<Quantity, Tensor<Double>>.Values {
  fileprivate func joined() -> [Double] { flatMap(\.scalars) }
}
