import Equations

/// Something that a document states of its formulations and that can be decided.
///
/// A claim is decided by what the document's own equations give, in ball arithmetic at seeded points, by
/// their structure, or by one point that can be followed by hand. What is known of a claim stands beside
/// it: whether it holds, or is false as printed and how it must read. Deciding otherwise is a fault of the
/// project, never of a cell.
public struct Claim: Sendable, Identifiable {
  /// What is known of a claim.
  public enum Expectation: Hashable, Sendable {
    /// It holds as printed.
    case holds
    /// It is false as printed and holds as corrected, in words.
    case isFalse(correction: String)
  }

  /// The name: the document, then what it is about, `cs224d/jacobian`.
  public let id: String
  /// The document's key, as in `Document.key`.
  public let document: String
  /// The statement as a formula, in the document's letters.
  public let formula: String
  /// What it says, in a few words of ours.
  public let meaning: String
  /// The identifiers of the formulations that it speaks about; none where it is about the document's text
  /// or a procedure.
  public let formulations: [String]
  /// What is known of it.
  public let expectation: Expectation

  /// Decides the claim as printed.
  let printed: ClaimCheck
  /// Decides it as corrected; nil where it holds as printed.
  let corrected: ClaimCheck?
  /// The formulations that a check reads besides those that the claim speaks about.
  let compared: [String]

  /// A claim that holds.
  init(
    _ id: String, in document: String, _ formula: String, _ meaning: String,
    about formulations: [String] = [], compared: [String] = [], check: @escaping ClaimCheck
  ) {
    self.id = id
    self.document = document
    self.formula = formula
    self.meaning = meaning
    self.formulations = formulations
    self.compared = compared
    expectation = .holds
    printed = check
    corrected = nil
  }

  /// A claim that is false as printed.
  init(
    _ id: String, in document: String, _ formula: String, _ meaning: String,
    about formulations: [String] = [], falseBecause check: @escaping ClaimCheck,
    correction: String, corrected: @escaping ClaimCheck
  ) {
    self.id = id
    self.document = document
    self.formula = formula
    self.meaning = meaning
    self.formulations = formulations
    compared = []
    expectation = .isFalse(correction: correction)
    printed = check
    self.corrected = corrected
  }

  /// Every formulation that deciding the claim takes.
  public var needed: [String] { formulations + compared }

  /// Every claim, document by document in the order of their formulations.
  public static let all: [Claim] =
    donahue2015 + knight2017 + tutorial2016 + cs224dNotes + padhai

  /// Whether the claim says something about a formulation: it names it, or it is about the text that
  /// prints it.
  public func concerns(_ declaration: Declaration) -> Bool {
    formulations.isEmpty
      ? document == declaration.document.key : formulations.contains(declaration.id)
  }
}

/// Decides something of the formulations that a claim needs.
package typealias ClaimCheck = @Sendable (ClaimSystems) throws -> ClaimFinding

/// What a check finds.
package enum ClaimFinding: Hashable, Sendable {
  /// It holds, and by what evidence.
  case holds(String)
  /// It does not, and where.
  case isFalse(String)
}
