import Claims
import Equations

extension Catalogue {
  /// The claims that concern some declarations, in the documents' order.
  public static func claims(concerning declarations: [Declaration]) -> [Claim] {
    Claim.all.filter { claim in declarations.contains { claim.concerns($0) } }
  }

  /// Decides the claims that concern some declarations.
  ///
  /// - Throws: `EquationError` where a built-in formulation that a claim needs cannot be read;
  ///   `CancellationError`.
  public static func claimResults(
    concerning declarations: [Declaration]
  ) async throws -> [ClaimResult] {
    let claims = claims(concerning: declarations)
    let needed = Set(claims.flatMap(\.needed))
    let formulations = try Dictionary(
      entries.filter { needed.contains($0.declaration.id) }
        .map { ($0.declaration.id, try $0.formulation()) }, uniquingKeysWith: { first, _ in first })
    return try await withThrowingTaskGroup(of: (Int, ClaimResult).self) { group in
      for (index, claim) in claims.enumerated() {
        group.addTask {
          try Task.checkCancellation()
          return (index, claim.examined(with: formulations))
        }
      }
      return try await group.reduce(into: [(Int, ClaimResult)]()) { $0.append($1) }
        .sorted { $0.0 < $1.0 }.map(\.1)
    }
  }
}
