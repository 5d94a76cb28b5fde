import CCrypto
import Foundation

/// SHA-256 by libcrypto, in hexadecimal.
enum Digest {
  /// The digest of bytes.
  static func sha256(_ bytes: [UInt8]) -> String {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    EVP_Digest(bytes, bytes.count, &digest, &length, EVP_sha256(), nil)
    return digest.prefix(Int(length)).map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0" + text : text
    }.joined()
  }

  /// The digest of a file's bytes; nil where the file cannot be read.
  static func sha256(ofFile path: String) -> String? {
    FileManager.default.contents(atPath: path).map { sha256(Array($0)) }
  }
}
