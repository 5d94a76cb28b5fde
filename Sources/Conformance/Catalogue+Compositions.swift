import Equations

extension Catalogue {
  /// The compositions that have goldens in the fixtures; those of any other cell are computed when asked for.
  static var compositions: [Entry] {
    let composable = (lstms + grus).filter {
      ["donahue-lstm", "cs224d-gru"].contains($0.declaration.id)
    }
    return composable.flatMap { entry in
      [.bidirectional, .deep(layers: 2)].compactMap { try? entry.composed($0) }
    }
  }

  /// The formulation of an identifier, which may end in a composition: `padhai-gru+deep-3`.
  ///
  /// - Throws: `UnknownFormulation` with the nearest names; `EquationError` where the formulation does not
  ///   fit the composition.
  public static func formulation(named id: String) throws -> Formulation {
    if let entry = entries.first(where: { $0.declaration.id == id }) {
      return try entry.formulation()
    }
    if let framework = frameworks.first(where: { $0.id == id }) {
      return try Formulation(framework)
    }
    guard let (base, composition) = try parts(of: id) else {
      throw UnknownFormulation(id, among: declarations.map(\.id))
    }
    return try base.formulation().composed(composition)
  }

  /// The entry of a composition's identifier; nil for an identifier without one.
  static func composition(named id: String) throws -> Entry? {
    guard let (base, composition) = try parts(of: id) else { return nil }
    return try base.composed(composition)
  }

  private static func parts(of id: String) throws -> (base: Entry, composition: Composition)? {
    guard let plus = id.firstIndex(of: "+") else { return nil }
    guard let composition = Composition(suffix: String(id[plus...])) else {
      throw UnknownComposition(id: id)
    }
    let name = String(id[..<plus])
    guard let base = entries.first(where: { $0.declaration.id == name }) else {
      throw UnknownFormulation(name, among: entries.map(\.declaration.id))
    }
    return (base, composition)
  }
}

extension Catalogue.Entry {
  /// Copies of this entry's formulation put together, with the composed cell that is checked against them.
  ///
  /// - Throws: `EquationError` where the formulation does not fit the composition; `UnknownComposition` where
  ///   no cell is made for it.
  public func composed(_ composition: Composition) throws -> Catalogue.Entry {
    let formulation = try self.formulation().composed(composition)
    // A cell of the first input alone would take the layer below for an input too.
    guard !formulation.readsFirstInputAlone,
      let subject = (subject as? any ComposableSubject)?.composed(composition)
    else {
      throw UnknownComposition(id: formulation.id)
    }
    return Catalogue.Entry(composed: formulation, subject: subject)
  }
}

/// A composition that there is not, or that the project has no cell for.
public struct UnknownComposition: Error, Hashable, Sendable, CustomStringConvertible {
  /// The name that was asked for.
  public let id: String

  /// The name and what there is.
  public var description: String {
    "there is no cell '\(id)'; what follows a formulation's name is +bidirectional, +deep-2 or"
      + " +deep-bidirectional-2, and in 'show', 'export', 'check' and 'grade' any number of layers"
  }
}
