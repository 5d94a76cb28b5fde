import Conformance
import Equations
import GoldenFixtures

extension FixtureFolder {
  /// The goldens of a formulation that has a name: those of the folder, or computed now where it has none of
  /// them and need not have.
  func goldens(of formulation: Formulation) async throws -> FormulationFixture {
    let isStored =
      Catalogue.isListed(formulation.id)
      || ((try? formulations()) ?? []).contains(formulation.id)
    guard isStored else { return try await FormulationFixture(showing: formulation) }
    return try fixture(of: formulation)
  }
}

extension FormulationFixture {
  /// Computes the goldens of a formulation that has no file, and says how far it is.
  init(showing formulation: Formulation) async throws {
    try await self.init(computing: formulation) { done, total in
      Console.progress("computed \(done) of \(total) goldens of \(formulation.id)")
    }
  }
}
