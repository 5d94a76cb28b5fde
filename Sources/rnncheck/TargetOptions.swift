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

  /// The formulation and its goldens: those of the folder, or computed now for one of the user's own and for
  /// a framework's that the folder has none of.
  func goldens(
    in folder: FixtureFolder
  ) async throws -> (formulation: Formulation, goldens: FormulationFixture) {
    guard let formulation = try declared.formulations(named: id.map { [$0] } ?? []).first else {
      throw UsageError(description: "name a formulation; 'rnncheck list' shows them")
    }
    // A file's formulation may bear the name of another, whose goldens are not its own.
    let goldens =
      declared.files.isEmpty
      ? try await folder.goldens(of: formulation)
      : try await FormulationFixture(showing: formulation)
    return (formulation, goldens)
  }
}
