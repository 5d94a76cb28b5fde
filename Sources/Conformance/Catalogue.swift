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
    private let composed: Formulation?

    init(declaration: Declaration, subject: any Subject) {
      self.declaration = declaration
      self.subject = subject
      composed = nil
    }

    /// What is composed of other formulations, with the composed cell.
    init(composed: Formulation, subject: any Subject) {
      declaration = composed.declaration
      self.subject = subject
      self.composed = composed
    }

    /// The formulation.
    ///
    /// - Throws: `EquationError` where the declaration cannot be read.
    public func formulation() throws(EquationError) -> Formulation {
      if let composed { return composed }
      return try Formulation(declaration)
    }
  }

  /// The entries in the order in which they are listed.
  public static let entries: [Entry] =
    vanillaRNNs + multiscaleRNNs + lstms + grus + compositions

  /// Whether a formulation has an entry, and so goldens in the fixtures.
  public static func isListed(_ id: String) -> Bool {
    entries.contains { $0.declaration.id == id }
  }

  /// The formulations of frameworks: no cell of ours computes them, and everything else is there.
  public static let frameworks: [Declaration] = [
    .pyTorchLSTM, .pyTorchGRU, .onnxLSTM, .onnxGRU, .onnxGRULinearBeforeReset, .kerasGRU,
    .kerasGRUResetBefore,
  ]

  /// Every formulation, those with a cell first.
  public static let declarations: [Declaration] = entries.map(\.declaration) + frameworks

  /// The entries of some identifiers, in the catalogue's order, then the compositions that it does not list;
  /// all entries where none is named.
  ///
  /// - Throws: `UnknownFormulation` with the nearest names, or that there is no cell of the formulation;
  ///   `UnknownComposition` or `EquationError` for a composition that cannot be.
  public static func entries(named ids: [String]) throws -> [Entry] {
    guard !ids.isEmpty else { return entries }
    let listed = entries.filter { ids.contains($0.declaration.id) }
    var others: [Entry] = []
    for id in ids where !(listed + others).contains(where: { $0.declaration.id == id }) {
      if frameworks.contains(where: { $0.id == id }) {
        throw UnknownFormulation(withoutCell: id)
      }
      guard let composed = try composition(named: id) else {
        throw UnknownFormulation(id, among: declarations.map(\.id))
      }
      others.append(composed)
    }
    return listed + others
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
