extension Notation {
  /// Checks what a declaration file could say and no document prints.
  ///
  /// - Throws: `EquationError` with the field at fault.
  func validate() throws(EquationError) {
    func require(
      _ condition: Bool, _ field: String, _ message: @autoclosure () -> String
    ) throws(EquationError) {
      guard condition else {
        throw EquationError(code: .declaration, message: "notation.\(field): \(message())")
      }
    }
    try require(timeIndex.isName, "timeIndex", "a letter is expected, not '\(timeIndex)'")
    try require(input.isName, "input", "a letter is expected, not '\(input)'")
    if let unitIndex {
      try require(
        unitIndex.isName && unitIndex != timeIndex, "unitIndex",
        "a letter other than the time index's is expected, not '\(unitIndex)'")
    }
    for name in functions.keys.sorted() {
      let parts = name.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
      try require(
        parts.count <= 2 && parts.allSatisfy(\.isName), "functions",
        "a name such as 'sigma' or 'sigma_g' is expected, not '\(name)'")
    }
    for (letter, delay) in delays.sorted(by: { $0.key < $1.key }) {
      try require(letter.isName, "delays", "a letter is expected, not '\(letter)'")
      try require(
        1...Script.furthestStep ~= delay, "delays",
        "'\(letter)' is expected from 1 to \(Script.furthestStep), not \(delay)")
    }
    for (name, abbreviation) in abbreviations.sorted(by: { $0.key < $1.key }) {
      try require(name.isName, "abbreviations", "a letter is expected, not '\(name)'")
      try require(
        functions[name] == nil, "abbreviations", "'\(name)' is among the functions too")
      try require(
        Set(abbreviation.arguments).count == abbreviation.arguments.count, "abbreviations.\(name)",
        "an argument is listed twice")
    }
  }
}

extension String {
  /// Whether it is a letter, or a name of letters as for Greek ones.
  fileprivate var isName: Bool { !isEmpty && allSatisfy(\.isLetter) }
}
