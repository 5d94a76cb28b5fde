import Foundation

/// What a folder of fixtures holds: two digests of every file.
package struct Manifest: Codable, Hashable, Sendable {
  package struct Entry: Codable, Hashable, Sendable {
    /// The formulation's identifier.
    package let formulation: String
    /// The file's name in the folder.
    package let file: String
    /// Of the file's bytes; the same for the same libhdf5.
    package let sha256: String
    /// Of what is in the file; the same for any libhdf5.
    package let contentSHA256: String

    /// An entry; its file is not looked at.
    package init(formulation: String, file: String, sha256: String, contentSHA256: String) {
      self.formulation = formulation
      self.file = file
      self.sha256 = sha256
      self.contentSHA256 = contentSHA256
    }

    enum CodingKeys: String, CodingKey {
      case formulation, file, sha256
      case contentSHA256 = "content_sha256"
    }
  }

  /// What every version of a manifest has.
  private struct Header: Decodable {
    let format: String
    let version: Int
  }

  package static let name = "manifest.json"
  static let format = "rnncheck-manifest"
  static let version = 1

  private var format = Self.format
  private var version = Self.version
  package var files: [Entry]

  package init(files: [Entry]) { self.files = files.sorted { $0.file < $1.file } }

  /// The entry of a formulation.
  package subscript(formulation: String) -> Entry? {
    files.first { $0.formulation == formulation }
  }

  /// The text of the file: keys in a fixed order, a line break at the end.
  package func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + Array("\n".utf8)
  }

  /// Reads a manifest.
  ///
  /// - Throws: `FixtureError` where it is missing, not JSON of the expected form, of another version, or
  ///   names files that no formulation has.
  static func read(_ path: String) throws(FixtureError) -> Manifest {
    let data: Data
    do {
      data = Data(try DiskFile.bytes(path))
    } catch {
      let reason =
        error.code == ENOENT ? "the manifest is missing" : "the manifest is unreadable: \(error)"
      throw FixtureError(
        code: .missing, file: path, message: "\(reason); 'rnncheck regenerate' makes it")
    }
    func refusal(_ message: String) -> FixtureError {
      FixtureError(code: .format, file: path, message: message)
    }
    let manifest: Manifest
    do {
      let header = try JSONDecoder().decode(Header.self, from: data)
      guard header.format == Self.format, header.version == Self.version else {
        throw refusal(
          "'\(header.format)' version \(header.version), expected '\(Self.format)' version"
            + " \(Self.version); "
            + (header.format == Self.format && header.version > Self.version
              ? "use a newer rnncheck" : "'rnncheck regenerate' makes a new one"))
      }
      manifest = try JSONDecoder().decode(Manifest.self, from: data)
    } catch let error as FixtureError {
      throw error
    } catch {
      throw refusal(
        "not a manifest of fixtures: \(error.reason); 'rnncheck regenerate' makes a new one")
    }
    // Files are read, replaced and removed by these names: none may lead elsewhere.
    for entry in manifest.files {
      let name = FixtureSchema.fileName(of: entry.formulation)
      guard entry.file == name, !name.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
        throw refusal(
          "the file '\(entry.file.printable)' of '\(entry.formulation.printable)' should be"
            + " '\(name.printable)'; 'rnncheck regenerate' makes a new manifest")
      }
    }
    guard Set(manifest.files.map(\.file)).count == manifest.files.count else {
      throw refusal("two entries name one file; 'rnncheck regenerate' makes a new manifest")
    }
    return manifest
  }
}

extension String {
  /// The text with control characters made visible.
  fileprivate var printable: String {
    unicodeScalars.map { $0.value < 0x20 ? $0.escaped(asASCII: true) : String($0) }.joined()
  }
}

extension Error {
  /// What a JSON decoder found wrong, and where.
  fileprivate var reason: String {
    guard let error = self as? DecodingError else { return "\(self)" }
    switch error {
    case .dataCorrupted(let context), .keyNotFound(_, let context),
      .typeMismatch(_, let context), .valueNotFound(_, let context):
      let path = context.codingPath.map(\.stringValue).joined(separator: "/")
      return (path.isEmpty ? "" : "\(path): ") + context.debugDescription
    @unknown default: return "\(error)"
    }
  }
}
