import Conformance
import Equations
import Foundation
import GoldenFixtures
import Oracle
import Testing

/// The formulations that fixtures are made of.
enum Formulations {
  static let all: [Formulation] = Catalogue.entries.compactMap { try? $0.formulation() }

  static func named(_ ids: String...) throws -> [Formulation] {
    try Catalogue.entries(named: ids).map { try $0.formulation() }
  }

  static func named(_ id: String) throws -> Formulation {
    try #require(try Catalogue.entries(named: [id]).first.map { try $0.formulation() })
  }
}

/// The families that take no time to compute.
enum Families {
  static let small = named("one-step", "no-steps")
  static let other = named("one-step")
  static let ragged = named("ragged")

  private static func named(_ names: String...) -> [CaseFamily] {
    CaseFamily.all.filter { names.contains($0.name) }
  }
}

/// The whole set as it is released, made once for all tests; not to be changed.
enum WholeSet {
  static let folder = Task { () throws -> ScratchFolder in
    let scratch = try ScratchFolder()
    _ = try await Regeneration(
      FixtureFolder(scratch.path), of: Formulations.all, isComplete: true
    ).run { _ in }
    return scratch
  }
}

extension ScratchFolder {
  var fixtures: FixtureFolder { FixtureFolder(path) }

  /// Makes fixtures in the folder.
  @discardableResult
  func regenerate(
    _ formulations: [Formulation], _ families: [CaseFamily] = Families.small,
    isComplete: Bool = true,
    beforeStep: @escaping @Sendable (FixtureTransaction.Step) throws -> Void = { _ in }
  ) async throws -> [String: Regeneration.Outcome] {
    let summary = try await Regeneration(
      fixtures, of: formulations, families: families, isComplete: isComplete,
      beforeStep: beforeStep
    ).run { _ in }
    return summary.byName
  }

  /// Says what `regenerate` would do.
  func check(
    _ formulations: [Formulation], _ families: [CaseFamily] = Families.small,
    isComplete: Bool = true
  ) async throws -> [String: Regeneration.Outcome] {
    let summary = try await Regeneration(
      fixtures, of: formulations, families: families, isComplete: isComplete
    ).check { _ in }
    return summary.byName
  }

  /// Puts a formulation's file in the folder, with a manifest of it alone that vouches for it.
  func install(_ bytes: [UInt8], of id: String) throws {
    let name = id.replacingOccurrences(of: "/", with: ".") + ".h5"
    try write(bytes, name)
    let entry = Manifest.Entry(
      formulation: id, file: name, sha256: Digest.sha256(bytes), contentSHA256: "")
    try write(try Manifest(files: [entry]).encoded(), "manifest.json")
  }

  /// Writes a manifest of the given text.
  func writeManifest(_ text: String) throws { try write(text.utf8, "manifest.json") }
}

extension Regeneration.Summary {
  var byName: [String: Regeneration.Outcome] {
    Dictionary(uniqueKeysWithValues: outcomes.map { ($0.file, $0.outcome) })
  }
}

/// Expects the expression to throw a `FixtureError` of the code, and returns it.
@discardableResult
func expectError<Result>(
  _ code: FixtureError.Code, sourceLocation: SourceLocation = #_sourceLocation,
  _ expression: () throws -> Result
) -> FixtureError? {
  do {
    _ = try expression()
    Issue.record("expected the error \(code), got a result", sourceLocation: sourceLocation)
  } catch let error as FixtureError {
    #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
    return error
  } catch {
    Issue.record("expected the error \(code), got \(error)", sourceLocation: sourceLocation)
  }
  return nil
}
