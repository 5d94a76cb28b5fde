import Claims
import Conformance
import Equations
import Testing

/// Claims, examined with the built-in formulations or with changed ones.
enum Workbench {
  static let ids = Claim.all.map(\.id)

  static func claim(_ id: String) throws -> Claim {
    try #require(Claim.all.first { $0.id == id }, "\(id)")
  }

  static func formulations(
    changing changed: String? = nil, _ change: (inout Declaration) -> Void = { _ in }
  ) throws -> [String: Formulation] {
    var formulations: [String: Formulation] = [:]
    for entry in Catalogue.entries {
      var declaration = entry.declaration
      if declaration.id == changed { change(&declaration) }
      formulations[declaration.id] = try Formulation(declaration)
    }
    return formulations
  }

  /// What is found of a claim when one formulation is another.
  static func result(
    of id: String, changing changed: String, _ change: (inout Declaration) -> Void
  ) throws -> ClaimResult {
    try claim(id).examined(with: formulations(changing: changed, change))
  }
}

extension Declaration {
  /// Replaces a piece of the lines as they are read; it must occur once.
  mutating func replace(_ piece: String, by other: String) {
    corrections.append(Correction(printed: piece, read: other, reason: "a test"))
  }
}
