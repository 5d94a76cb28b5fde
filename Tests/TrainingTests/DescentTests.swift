import Conformance
import RecurrentCells
import Tensors
import Testing
import Training

@Suite("A small enough step along the negative gradient makes the loss smaller")
struct DescentTests {
  /// Whether the loss fell, by how far was stepped: η = 2^0, 2^−1 … 2^−16.
  private struct Falls: SessionVisitor {
    var sign = 1.0

    func visit<Cell: ComposableCell<Double>>(
      _ cell: Cell.Type, _ session: TrainingSession
    ) throws -> [Bool] {
      let model = session.initialModel(cell)
      let lesson: Lesson<Double> = session.lesson(of: session.example.training)
      let (loss, gradients) = try model.gradients(on: lesson, truncation: nil)
      return try (0...16).map { halvings in
        let η = sign * Double(sign: .plus, exponent: -halvings, significand: 1)
        return try model.moved(by: -η, along: gradients).loss(of: lesson) < loss
      }
    }
  }

  @Test(
    "for every formulation: from some step on, it and every smaller one", arguments: Pairing.all)
  func falls(_ pairing: Pairing) throws {
    let falls = try pairing.opened(Falls())
    let first = try #require(falls.firstIndex(of: true))
    #expect(first <= 8)
    #expect(falls[first...].allSatisfy { $0 })
  }

  @Test("with the sign flipped it rises for every small step", arguments: Pairing.all)
  func rises(_ pairing: Pairing) throws {
    #expect(try pairing.opened(Falls(sign: -1)).suffix(9).allSatisfy { !$0 })
  }

  @Test("and so does a step of the session itself, for each kind of clipping")
  func session() throws {
    for clipping in [
      nil, GradientClipping.elementwise(threshold: 0.01), .globalNorm(threshold: 0.1),
    ] {
      for pairing in Pairing.all where pairing.example == .sentiment {
        let (session, _) = try pairing.session {
          $0.steps = 4
          $0.learningRate = 0x1p-6
          $0.clipping = clipping
        }
        let losses = try session.run().curve.map(\.loss)
        #expect(zip(losses, losses.dropFirst()).allSatisfy { $0 > $1 }, "\(pairing.id) \(losses)")
      }
    }
  }
}
