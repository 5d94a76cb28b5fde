import Equations
import Frameworks

/// Every formulation that is built in, those of documents with the hand-written cell that is checked against it.
public enum Catalogue {
  /// A formulation and its cell.
  public struct Entry: Sendable {
    /// What the document prints.
    public let declaration: Declaration
    /// The cell written by hand from the document.
    public let subject: any Subject
  }

  /// The entries in the order in which they are listed.
  public static let entries: [Entry] = vanillaRNNs + multiscaleRNNs + lstms + grus

  /// The formulations of frameworks: no cell of ours computes them, and everything else is there.
  public static let frameworks: [Declaration] = [
    .pyTorchLSTM, .pyTorchGRU, .onnxLSTM, .onnxGRU, .onnxGRULinearBeforeReset, .kerasGRU,
    .kerasGRUResetBefore,
  ]

  /// Every formulation, those with a cell first.
  public static let declarations: [Declaration] = entries.map(\.declaration) + frameworks

  /// The entries of some identifiers, in the catalogue's order; all of them where none is named.
  ///
  /// - Throws: `UnknownFormulation` with the nearest names, or that there is no cell of the formulation.
  public static func entries(named ids: [String]) throws(UnknownFormulation) -> [Entry] {
    _ = try declarations(named: ids)
    for id in ids where frameworks.contains(where: { $0.id == id }) {
      throw UnknownFormulation(withoutCell: id)
    }
    return ids.isEmpty ? entries : entries.filter { ids.contains($0.declaration.id) }
  }

  /// The formulations of some identifiers, in the catalogue's order; all of them where none is named.
  ///
  /// - Throws: `UnknownFormulation` with the nearest names.
  public static func declarations(
    named ids: [String]
  ) throws(UnknownFormulation) -> [Declaration] {
    for id in ids where !declarations.contains(where: { $0.id == id }) {
      throw UnknownFormulation(id, among: declarations.map(\.id))
    }
    return ids.isEmpty ? declarations : declarations.filter { ids.contains($0.id) }
  }
}

/// A name that no formulation has, or that of one without a cell where a cell is needed.
public struct UnknownFormulation: Error, Hashable, Sendable, CustomStringConvertible {
  /// The name that was asked for.
  public let id: String
  /// The names nearest to it.
  public let suggestions: [String]
  /// Whether the formulation is known and has no cell of ours.
  public let lacksCell: Bool

  init(withoutCell id: String) {
    self.id = id
    suggestions = []
    lacksCell = true
  }

  init(_ id: String, among known: [String]) {
    self.id = id
    let ranked = known.map { (name: $0, distance: $0.editDistance(to: id)) }
      .sorted { $0.distance < $1.distance }
    let close = ranked.filter { $0.distance <= max(2, id.count / 3) || $0.name.contains(id) }
    suggestions = close.prefix(3).map(\.name)
    lacksCell = false
  }

  /// The name and what may have been meant.
  public var description: String {
    guard !lacksCell else {
      return
        "there is no cell of ours for '\(id)', a framework's formulation; check one of yours with"
        + " 'rnncheck check \(id) -- COMMAND'"
    }
    let hint =
      suggestions.isEmpty
      ? "'rnncheck list' shows them all" : "did you mean \(suggestions.joined(separator: ", "))?"
    return "there is no formulation '\(id)'; \(hint)"
  }
}

extension String {
  /// How many letters must be inserted, removed or replaced to make one text of the other.
  fileprivate func editDistance(to other: String) -> Int {
    var row = Array(0...other.count)
    for (i, a) in enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, b) in other.enumerated() {
        let substituted = diagonal + (a == b ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = Swift.min(substituted, row[j + 1] + 1, row[j] + 1)
      }
    }
    return row[other.count]
  }
}
