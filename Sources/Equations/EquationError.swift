/// A formulation that cannot be read, with the place in its text.
public struct EquationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Code: String, Sendable {
    /// The LaTeX line does not follow the grammar.
    case syntax
    /// A symbol is used in two ways that exclude each other.
    case kind
    /// Two sizes must be equal and cannot be.
    case shape
    /// A signal is defined twice, or not at all.
    case definition
    /// Signals of one step need each other, or signals need each other both at earlier and at later steps.
    case cycle
    /// A correction does not apply to the printed text.
    case correction
    /// Something that the equations can say and this operation does not cover.
    case unsupported
    /// A declaration file is not of the expected form.
    case declaration
  }

  /// What is wrong.
  public let code: Code
  /// The same in words: what was found and what was expected.
  public let message: String
  /// The identifier of the formulation, where it is known.
  public var formulation: String?
  /// The line among the printed lines, from 1; nil where no single line is at fault.
  public let line: Int?
  /// The column in that line, from 1.
  public let column: Int?
  /// The text of that line, corrections applied.
  public var text: String?

  /// An error in a formulation.
  public init(
    code: Code, message: String, formulation: String? = nil, line: Int? = nil, column: Int? = nil,
    text: String? = nil
  ) {
    self.code = code
    self.message = message
    self.formulation = formulation
    self.line = line
    self.column = column
    self.text = text
  }

  /// How much of a line is shown on each side of the place.
  private static let shownCharacters = 120

  /// The formulation, the line and column, what was found and what was expected, and the line with the
  /// place marked; of a very long line what surrounds the place.
  public var description: String {
    var place = formulation.map { "\($0): " } ?? ""
    if let line { place += "line \(line)" + (column.map { ", column \($0)" } ?? "") + ": " }
    guard let text else { return place + message }
    let mark = max(0, (column ?? 1) - 1)
    let start = max(0, mark - Self.shownCharacters)
    let rest = text.dropFirst(start)
    let shown = rest.prefix(mark - start + Self.shownCharacters)
    let excerpt = (start > 0 ? "…" : "") + shown + (shown.endIndex < rest.endIndex ? "…" : "")
    guard column != nil else { return place + message + "\n  " + excerpt }
    return place + message + "\n  " + excerpt + "\n  "
      + String(repeating: " ", count: mark - start + (start > 0 ? 1 : 0)) + "^"
  }
}
