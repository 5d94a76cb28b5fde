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
    /// Signals of one step need each other.
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

  /// The place, what is wrong, and the line with a mark under the column.
  public var description: String {
    var place = formulation.map { "\($0): " } ?? ""
    if let line { place += "line \(line)" + (column.map { ", column \($0)" } ?? "") + ": " }
    guard let text else { return place + message }
    guard let column else { return place + message + "\n  " + text }
    return place + message + "\n  " + text + "\n  "
      + String(repeating: " ", count: max(0, column - 1)) + "^"
  }
}
