import Foundation

extension Declaration {
  /// Reads a declaration of a user's own from the text of a JSON file.
  ///
  /// ```
  /// { "id": "my-rnn",
  ///   "lines": ["h_t = \\\\sigma(W h_{t-1} + U x_t + b)"],
  ///   "notation": { "functions": { "sigma": "logistic" } },
  ///   "outputs": ["h"] }
  /// ```
  /// The other fields are those of `Declaration` and `Notation`, by the same names.
  ///
  /// - Parameters:
  ///   - json: the file's bytes.
  ///   - file: what errors call the file.
  /// - Throws: `EquationError` of code `declaration` with the file and the field at fault: one that is
  ///   missing, of the wrong type, or not known.
  public init(json: Data, file: String) throws(EquationError) {
    do {
      let object = try JSONSerialization.jsonObject(with: json)
      try FieldNames.declaration.check(object, at: "")
      self = try JSONDecoder().decode(Declaration.self, from: json)
    } catch {
      throw EquationError(
        code: .declaration, message: "\(file): \(Self.explanation(of: error))")
    }
  }

  private static func explanation(of error: any Error) -> String {
    switch error {
    case let error as FieldNames.Unknown: error.description
    case DecodingError.keyNotFound(let key, let context):
      "the field '\(path(context.codingPath + [key]))' is missing"
    case DecodingError.typeMismatch(_, let context) where context.codingPath.isEmpty:
      "an object with the fields of a declaration is expected"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      "the field '\(path(context.codingPath))': \(context.debugDescription)"
    case DecodingError.dataCorrupted(let context) where context.codingPath.contains("functions"):
      "the field '\(path(context.codingPath))': one of "
        + Activation.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ") + " is expected"
    case DecodingError.dataCorrupted(let context) where context.codingPath.contains("inputSteps"):
      "the field '\(path(context.codingPath))': 'every' or 'first' is expected"
    case DecodingError.dataCorrupted(let context) where context.codingPath.isEmpty:
      // Of what is JSON, Foundation refuses in this way a number that no Int holds.
      "whole numbers are expected in the field 'notation.delays'"
    case DecodingError.dataCorrupted(let context):
      "the field '\(path(context.codingPath))': \(context.debugDescription)"
    default: "it is not JSON: \(jsonProblem(error))"
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    keys.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
      .replacing(".[", with: "[")
  }

  /// What the parser of JSON says, with the place as far as it tells.
  private static func jsonProblem(_ error: any Error) -> String {
    (error as NSError).userInfo["NSDebugDescription"] as? String ?? error.localizedDescription
  }
}

extension [any CodingKey] {
  fileprivate func contains(_ name: String) -> Bool { contains { $0.stringValue == name } }
}

/// The fields that an object of a declaration file may have, so that a misspelt one is not passed over.
private struct FieldNames {
  struct Unknown: Error, CustomStringConvertible {
    let path: String
    let expected: [String]

    var description: String {
      "the field '\(path)' is not known; the fields are "
        + expected.sorted().map { "'\($0)'" }.joined(separator: ", ")
    }
  }

  /// The fields and, for those that are objects or lists of objects, their own fields.
  var fields: [String: FieldNames?]
  /// Whether the object's own keys are free and its values have the fields.
  var isDictionary = false

  static let declaration = FieldNames(fields: [
    "id": nil, "title": nil, "lines": nil, "reading": nil, "outputs": nil,
    "document": FieldNames(fields: ["key": nil, "title": nil]),
    "corrections": FieldNames(fields: ["printed": nil, "read": nil, "reason": nil]),
    "notation": FieldNames(fields: [
      "timeIndex": nil, "unitIndex": nil, "input": nil, "inputSteps": nil, "functions": nil,
      "vectors": nil, "fractions": nil, "constants": nil, "delays": nil,
      "abbreviations": FieldNames(fields: ["arguments": nil, "body": nil], isDictionary: true),
    ]),
  ])

  func check(_ value: Any, at path: String) throws(Unknown) {
    if let list = value as? [Any] {
      for (index, element) in list.enumerated() { try check(element, at: "\(path)[\(index)]") }
    }
    guard let object = value as? [String: Any] else { return }
    for (key, inner) in object.sorted(by: { $0.key < $1.key }) {
      let place = path.isEmpty ? key : "\(path).\(key)"
      if isDictionary {
        try FieldNames(fields: fields).check(inner, at: place)
      } else {
        guard let own = fields[key] else {
          throw Unknown(path: place, expected: Array(fields.keys))
        }
        try own?.check(inner, at: place)
      }
    }
  }
}
