/// A text that prints equations.
public struct Document: Hashable, Sendable, Codable {
  /// The short name by which reports cite it.
  public var key: String
  /// Author, title and date, as far as it states them.
  public var title: String

  /// A document.
  public init(key: String, title: String) {
    self.key = key
    self.title = title
  }
}

/// One place where the print is not what is meant, and how it is read.
public struct Correction: Hashable, Sendable, Codable {
  /// The piece of the printed LaTeX that is replaced; it occurs in exactly one line, once.
  public var printed: String
  /// What it is read as.
  public var read: String
  /// Why.
  public var reason: String

  /// A correction.
  public init(printed: String, read: String, reason: String) {
    self.printed = printed
    self.read = read
    self.reason = reason
  }
}

/// A formulation as its document prints it, with what the print leaves open; the same fields as in a JSON
/// file of a user's own.
public struct Declaration: Hashable, Sendable, Codable, CustomStringConvertible {
  /// The name in commands and files: `padhai-lstm`, `padhai-lstm/linear-write` for a reading of it.
  public var id: String
  /// What the formulation is, in a few words.
  public var title: String
  /// The text that prints it.
  public var document: Document
  /// The equations in LaTeX, line by line, as printed.
  public var lines: [String]
  /// What the letters mean.
  public var notation: Notation
  /// How the print is corrected.
  public var corrections: [Correction]
  /// What this reading decides, where others read the same print otherwise; empty if nothing.
  public var reading: String
  /// The names of the signals that the cell passes on at every step.
  public var outputs: [String]

  /// The name.
  public var description: String { id }

  /// Whether this is copies of another formulation put together by a `Composition`.
  public var isComposed: Bool {
    id.lastIndex(of: "+").flatMap { Composition(suffix: String(id[$0...])) } != nil
  }

  /// A declaration.
  public init(
    id: String, title: String, document: Document, lines: [String], notation: Notation,
    corrections: [Correction] = [], reading: String = "", outputs: [String]
  ) {
    self.id = id
    self.title = title
    self.document = document
    self.lines = lines
    self.notation = notation
    self.corrections = corrections
    self.reading = reading
    self.outputs = outputs
  }

  /// Decodes a declaration; `id`, `lines`, `notation` and `outputs` are the fields that it must have.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let id = try container.decode(String.self, forKey: .id)
    self.init(
      id: id,
      title: try container.decodeIfPresent(String.self, forKey: .title) ?? id,
      document: try container.decodeIfPresent(Document.self, forKey: .document)
        ?? Document(key: id, title: id),
      lines: try container.decode([String].self, forKey: .lines),
      notation: try container.decode(Notation.self, forKey: .notation),
      corrections: try container.decodeIfPresent([Correction].self, forKey: .corrections) ?? [],
      reading: try container.decodeIfPresent(String.self, forKey: .reading) ?? "",
      outputs: try container.decode([String].self, forKey: .outputs))
  }

  /// The lines with every correction applied, each to what those before it leave.
  ///
  /// - Throws: `EquationError` when a correction's printed text does not occur exactly once.
  public func correctedLines() throws(EquationError) -> [String] {
    var corrected = lines
    for correction in corrections {
      var found: [(line: Int, range: Range<String.Index>)] = []
      for (index, line) in corrected.enumerated() {
        found += line.occurrences(of: correction.printed).map { (index, $0) }
      }
      guard let place = found.first, found.count == 1 else {
        throw EquationError(
          code: .correction,
          message: "the correction of '\(correction.printed)' needs one place in the printed lines"
            + " and finds \(found.count)", formulation: id)
      }
      corrected[place.line].replaceSubrange(place.range, with: correction.read)
    }
    return corrected
  }
}

extension String {
  fileprivate func occurrences(of piece: String) -> [Range<String.Index>] {
    guard !piece.isEmpty else { return [] }
    var found: [Range<String.Index>] = []
    var start = startIndex
    while start < endIndex {
      let rest = self[start...]
      if rest.hasPrefix(piece) {
        let end = index(start, offsetBy: piece.count)
        found.append(start..<end)
        start = end
      } else {
        start = index(after: start)
      }
    }
    return found
  }
}
