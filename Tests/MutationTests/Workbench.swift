import Conformance
import Foundation
import GoldenFixtures
import Mutation
import Testing

/// The bundled fixtures and the formulations that the tests mutate.
enum Workbench {
  static let fixtures = FixtureFolder(
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("fixtures").path)

  static func entry(_ id: String) throws -> Catalogue.Entry {
    try #require(Catalogue.entries(named: [id]).first)
  }

  /// Which mutants to take, so that there are a few of every class and of every origin.
  static func some(_ mutants: [Mutant], ofEachClass count: Int) -> Set<String> {
    var taken: [String: Int] = [:]
    var ids: Set<String> = []
    for mutant in mutants {
      let key = "\(mutant.origin) \(mutant.bugClass)"
      guard taken[key, default: 0] < count else { continue }
      taken[key, default: 0] += 1
      ids.insert(mutant.id)
    }
    return ids
  }
}

extension MutationReport {
  /// The survivors as a test shows them.
  var survivorsText: String {
    survivors.map { "\($0.formulation) \($0.mutant.id) in \($0.precision): \($0.mutant.change)" }
      .joined(separator: "\n")
  }
}
