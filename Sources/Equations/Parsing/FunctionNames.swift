/// The names by which a document's functions are found in its print.
struct FunctionNames {
  /// The declared names, a label below left out: `sigma` of `sigma_g`.
  private let declared: Set<String>
  /// How many letters the longest name has.
  let longest: Int

  init(_ notation: Notation) {
    declared = Set(notation.functions.keys.map { String($0.prefix { $0 != "_" }) })
    longest = (declared.map(\.count) + Activation.allCases.map(\.rawValue.count)).max() ?? 0
  }

  /// Whether a letter stands for a function.
  func contains(letter: String) -> Bool { declared.contains(letter) }

  /// Whether a word does: `tanh` and its like need no declaration.
  func contains(word: String) -> Bool {
    declared.contains(word) || Activation(rawValue: word) != nil
  }
}
