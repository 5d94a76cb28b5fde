import Foundation
import HDF5
import Testing

@Suite("Damaged files")
struct DamageTests {
  let scratch: ScratchFolder
  let whole: Data

  init() throws {
    scratch = try ScratchFolder()
    let file = try HDF5File.create(scratch.path("whole.h5"))
    for number in 0..<3 {
      let x = try file.write(Self.elements, shape: [4, 3], to: "cases/\(number)/x")
      try x.setAttribute("number", to: number)
      try file.write(Self.names, shape: [2], to: "cases/\(number)/names")
    }
    try file.close()
    whole = try Data(contentsOf: URL(fileURLWithPath: file.name))
  }

  private static let elements = (0..<12).map { Double($0) / 8 }
  private static let names = ["h", "ĉ"]

  private func open(_ bytes: Data) throws -> HDF5File {
    let name = scratch.path("damaged.h5")
    try bytes.write(to: URL(fileURLWithPath: name))
    return try HDF5File.open(name)
  }

  @Test("cut short at any length are refused")
  func truncated() throws {
    for length in 0..<whole.count {
      let code: HDF5Error.Code = length < 8 ? .notHDF5 : .damagedFile
      let error = expectError(code, try open(whole.prefix(length)))
      #expect(error?.file == scratch.path("damaged.h5"))
    }
  }

  /// All that the file holds lies under checksums, as its datasets are small and its text is fixed.
  @Test("with a flipped bit are read as written or refused")
  func flippedBits() throws {
    var generator = SeededGenerator(seed: 6)
    var refused = 0
    for position in whole.indices {
      var bytes = whole
      bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      do {
        let file = try open(bytes)
        for number in 0..<3 {
          let group = try file.group("cases/\(number)")
          #expect(try group.read(Double.self, "x") == ([4, 3], Self.elements))
          #expect(try group.read(String.self, "names") == ([2], Self.names))
          #expect(try group.dataset("x").attribute("number", as: Int.self) == number)
        }
      } catch let error as HDF5Error {
        #expect(!error.stack.isEmpty || error.code == .notHDF5, "\(error)")
        refused += 1
      }
    }
    #expect(refused > whole.count / 2)
  }

  /// libhdf5 1.10.8 opens at the second try what it found damaged at the first, where a header has a
  /// continuation.
  @Test("are not taken for files without what is damaged")
  func damagedIsNotMissing() throws {
    let file = try HDF5File.createImage("whole.h5")
    let time = try file.write([0, 1, 2, 3], shape: [4], to: "axes/time")
    try time.makeScale(named: "time")
    let unit = try file.write([0, 1, 2], shape: [3], to: "axes/unit")
    try unit.makeScale(named: "unit")
    let x = try file.write(Self.elements, shape: [4, 3], to: "cases/1/x")
    try x.attachScale(time, toAxis: 0)
    try x.attachScale(unit, toAxis: 1)
    let whole = try file.image()
    var refused = 0
    for position in whole.indices {
      var bytes = whole
      bytes[position] ^= 1
      do {
        #expect(try HDF5File.open(image: bytes, named: "damaged.h5").exists("cases/1/x"))
      } catch {
        #expect(error.code != .missingObject, "\(error)")
        refused += 1
      }
    }
    #expect(refused > 0)
  }
}
