import ArgumentParser
import Conformance
import Equations
import GoldenFixtures

/// The one formulation that something is checked against.
struct TargetOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The formulation.", valueName: "formulation")) var id: String?
  @OptionGroup var declared: FormulationOptions

  func validate() throws {
    guard (id == nil ? 0 : 1) + declared.files.count == 1 else {
      throw ValidationError(
        "name one formulation, by its id or with --formulation file.json; 'rnncheck list' shows"
          + " the ids")
    }
  }

  /// The formulation and its goldens: those of the folder, or computed now for one of the user's own.
  func goldens(
    in folder: FixtureFolder
  ) async throws -> (formulation: Formulation, goldens: FormulationFixture) {
    guard let formulation = try declared.formulations(named: id.map { [$0] } ?? []).first else {
      throw UsageError(description: "name a formulation; 'rnncheck list' shows them")
    }
    let isListed = Catalogue.isListed(formulation.id) && id != nil
    return (
      formulation,
      isListed
        ? try folder.fixture(of: formulation) : try await FormulationFixture(showing: formulation)
    )
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
