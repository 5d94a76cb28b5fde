import Conformance
import Equations
import Foundation
import GoldenFixtures
import Oracle
import Soundness
import Testing

/// The bundled fixtures, and studies over a few formulations.
enum Bench {
  static let fixtures = FixtureFolder(
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("fixtures").path)

  /// Between them: every activation, matrices stacked and apart, interpolation, an output of the last step
  /// alone, longer lags, constants.
  static let formulations = [
    "elman-relu", "cs224d-rnn/softmax", "padhai-rnn/classification", "skip-rnn",
    "leaky-rnn/fixed", "knight-lstm", "cs224d-gru",
  ]

  static func declaration(_ id: String) throws -> Declaration {
    try #require(Catalogue.entries(named: [id]).first).declaration
  }

  static func reference(_ id: String) throws -> Reference {
    try Reference(Formulation(declaration(id)))
  }

  static func golden(_ name: String, of reference: Reference) throws -> GoldenCase {
    try #require(
      fixtures.fixture(of: reference.formulation).cases.first { $0.name == name })
  }

  static func study(
    _ ids: [String], evaluations: Int, seed: UInt64 = 1,
    in arithmetics: [StudiedArithmetic] = StudiedArithmetic.allCases, fault: Variant.Fault? = nil
  ) async throws -> SoundnessReport {
    try await SoundnessStudy(
      fixtures, evaluations: evaluations, seed: seed, arithmetics: arithmetics, fault: fault
    ).run(ids.map(declaration))
  }
}
