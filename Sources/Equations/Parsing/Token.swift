/// The smallest piece of a LaTeX line that the grammar sees.
struct Token: Hashable {
  enum Kind: Hashable {
    /// A letter; a Greek one by its LaTeX name without the backslash.
    case letter(String)
    /// A word set as text: `\text{softmax}`, `\tanh`.
    case word(String)
    /// A whole number, by its digits.
    case number(String)
    /// A mark over what follows: `\tilde`.
    case mark(Symbol.Mark)
    /// An arrow over what follows: `\overrightarrow`.
    case direction(Direction)
    /// `\odot` and other signs of the product unit by unit.
    case hadamard
    /// `( ) [ ] { } ^ _ , ; = + - /`.
    case punctuation(Character)
    /// `\\`, the end of a line.
    case lineBreak
    /// `\begin{pmatrix}`.
    case beginStack
    /// `\end{pmatrix}`.
    case endStack
    /// The end of the text.
    case end
  }

  let kind: Kind
  let line: Int
  let column: Int

  /// What an error calls the token.
  var description: String {
    switch kind {
    case .letter(let name), .word(let name), .number(let name): "'\(name)'"
    case .mark(let mark): "'\\\(mark.rawValue)'"
    case .direction(.forward): "'\\overrightarrow'"
    case .direction(.backward): "'\\overleftarrow'"
    case .hadamard: "'\\odot'"
    case .punctuation(let character): "'\(character)'"
    case .lineBreak: "'\\\\'"
    case .beginStack: "'\\begin{pmatrix}'"
    case .endStack: "'\\end{pmatrix}'"
    case .end: "the end of the line"
    }
  }
}
