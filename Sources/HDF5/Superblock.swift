/// The first bytes of a file in the format of HDF5 1.8, version 2 of the superblock.
enum Superblock {
  /// How every HDF5 file begins.
  static let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]

  private static let versionOffset = 8
  private static let flagsOffset = 11
  private static let checksumOffset = 44

  /// Marks a file as closed.
  ///
  /// libhdf5 takes the mark of a writer out of the bytes that it gives of an open file, and some versions
  /// leave the checksum as it was with the mark (seen in 1.10.8).
  static func close(_ image: inout [UInt8]) {
    guard image.count >= checksumOffset + 4, image[versionOffset] == 2 else { return }
    image[flagsOffset] = 0
    let words = stride(from: 0, to: checksumOffset, by: 4).map { offset in
      (0..<4).reduce(UInt32(0)) { $0 | UInt32(image[offset + $1]) << (8 * UInt32($1)) }
    }
    let checksum = checksum(of: words)
    for byte in 0..<4 {
      image[checksumOffset + byte] = UInt8(truncatingIfNeeded: checksum >> (8 * UInt32(byte)))
    }
  }

  /// Jenkins's lookup3 hash of whole words, as the format of HDF5 prescribes it.
  ///
  /// Three words at a time are added to a, b, c and mixed; the last three or fewer are mixed more.
  static func checksum(of words: [UInt32]) -> UInt32 {
    let start = 0xDEAD_BEEF &+ UInt32(truncatingIfNeeded: 4 * words.count)
    var (a, b, c) = (start, start, start)
    func step(_ x: inout UInt32, _ y: UInt32, _ rotation: UInt32) {
      x = x ^ y
      x = x &- (y << rotation | y >> (32 - rotation))
    }
    var rest = words[...]
    while rest.count > 3 {
      a &+= rest.removeFirst()
      b &+= rest.removeFirst()
      c &+= rest.removeFirst()
      for (x, y, rotation) in [(0, 2, 4), (1, 0, 6), (2, 1, 8), (0, 2, 16), (1, 0, 19), (2, 1, 4)] {
        var lanes = [a, b, c]
        lanes[x] = (lanes[x] &- lanes[y]) ^ (lanes[y] << rotation | lanes[y] >> (32 - rotation))
        lanes[y] = lanes[y] &+ lanes[3 - x - y]
        (a, b, c) = (lanes[0], lanes[1], lanes[2])
      }
    }
    if let word = rest.popFirst() { a &+= word }
    if let word = rest.popFirst() { b &+= word }
    if let word = rest.popFirst() { c &+= word }
    guard !words.isEmpty else { return c }
    step(&c, b, 14)
    step(&a, c, 11)
    step(&b, a, 25)
    step(&c, b, 16)
    step(&a, c, 4)
    step(&b, a, 14)
    step(&c, b, 24)
    return c
  }
}
