import Conformance
import Equations
import GoldenFixtures
import RecurrentCells
import Testing

/// Expects a cell to compute a formulation: its values and its gradients, in the cell's arithmetic.
///
/// The same cases, checks and tolerances as in `rnncheck run`; where something departs, the test has an issue
/// with the same report.
///
///     @Test func lstm() throws {
///       try expectConforms(MyLSTM<Double>.self, to: .donahueLSTM)
///       try expectConforms(MyLSTM<Float>.self, to: .donahueLSTM)
///     }
///
/// - Parameters:
///   - cell: the cell; it is given the parameters by the document's names and shapes, and may leave out signals.
///   - declaration: one of the documents' formulations, one of a framework's, or equations of one's own, whose
///     goldens are then computed.
/// - Returns: the report.
/// - Throws: `EquationError` or `OracleError` where equations of one's own cannot be read or computed;
///   `FixtureError` or `HDF5Error` where the fixtures cannot be read.
@discardableResult
public func expectConforms<Cell: RecurrentCell>(
  _ cell: Cell.Type, to declaration: Declaration,
  sourceLocation: SourceLocation = #_sourceLocation
) throws -> Report {
  try expectConforms(SingleCellSubject(cell), to: declaration, sourceLocation: sourceLocation)
}

/// Expects any implementation to compute a formulation.
///
/// - Parameters:
///   - subject: the implementation, which says what arithmetics and what quantities it offers.
///   - declaration: as in `expectConforms(_:to:sourceLocation:)` of a cell.
/// - Returns: the report.
/// - Throws: as `expectConforms(_:to:sourceLocation:)` of a cell.
@discardableResult
public func expectConforms(
  _ subject: any Subject, to declaration: Declaration,
  sourceLocation: SourceLocation = #_sourceLocation
) throws -> Report {
  let formulation = try Formulation(declaration)
  let fixtures = FixtureFolder.shipped
  let entry = Catalogue.entries.first { $0.declaration.id == declaration.id }
  let isStored = try entry?.formulation() == formulation
  let goldens =
    try isStored
    ? fixtures.fixture(of: formulation) : FormulationFixture(computingInOrder: formulation)
  let report = try Suite(fixtures).report(on: subject, against: formulation, goldens: goldens)
  if !report.failures.isEmpty {
    Issue.record(
      "\(subject.name) does not compute \(formulation.id).\n\n\(report.text(color: false))",
      sourceLocation: sourceLocation)
  }
  return report
}
