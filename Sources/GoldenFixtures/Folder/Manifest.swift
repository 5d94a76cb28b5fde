import Foundation

/// What a folder of fixtures holds: two digests of every file.
struct Manifest: Codable, Hashable {
  struct Entry: Codable, Hashable {
    /// The formulation's identifier.
    let formulation: String
    /// The file's name in the folder.
    let file: String
    /// Of the file's bytes; the same for the same libhdf5.
    let sha256: String
    /// Of what is in the file; the same for any libhdf5.
    let contentSHA256: String

    enum CodingKeys: String, CodingKey {
      case formulation, file, sha256
      case contentSHA256 = "content_sha256"
    }
  }

  static let name = "manifest.json"
  static let format = "rnncheck-manifest"
  static let version = 1

  var format = Self.format
  var version = Self.version
  var files: [Entry]

  init(files: [Entry]) { self.files = files.sorted { $0.file < $1.file } }

  /// The entry of a formulation.
  subscript(formulation: String) -> Entry? { files.first { $0.formulation == formulation } }

  /// The text of the file: keys in a fixed order, a line break at the end.
  func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }

  /// Reads a manifest.
  ///
  /// - Throws: `FixtureError` where it is missing, not JSON of the expected form, or of another version.
  static func read(_ path: String) throws(FixtureError) -> Manifest {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw FixtureError(
        code: .missing, file: path,
        message: "the manifest is missing or unreadable; 'rnncheck regenerate' makes it")
    }
    let manifest: Manifest
    do {
      manifest = try JSONDecoder().decode(Manifest.self, from: data)
    } catch {
      throw FixtureError(
        code: .format, file: path,
        message: "not a manifest of fixtures: \(error.reason); 'rnncheck regenerate' makes a new one")
    }
    guard manifest.format == Self.format, manifest.version == Self.version else {
      throw FixtureError(
        code: .format, file: path,
        message: "'\(manifest.format)' version \(manifest.version), expected '\(Self.format)'"
          + " version \(Self.version)")
    }
    return manifest
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
