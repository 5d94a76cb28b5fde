import Equations
import Foundation
import GoldenFixtures
import HDF5
import Oracle
import Testing

/// Files that the manifest vouches for, and that are wrong all the same.
@Suite("A wrong fixture")
struct BadFixtureTests {
  let scratch: ScratchFolder
  let formulation: Formulation
  let bytes: [UInt8]

  init() throws {
    scratch = try ScratchFolder()
    formulation = try Formulations.named("padhai-gru")
    bytes = try ContentWalkTests.fixture()
  }

  private func read(_ bytes: [UInt8]) throws -> FormulationFixture {
    try scratch.install(bytes, of: "padhai-gru")
    return try scratch.fixtures.fixture(of: formulation)
  }

  private static let ragged = "/cases/ragged"

  @Test("is read where nothing is wrong with it")
  func right() throws {
    #expect(try read(bytes).cases.map(\.name) == ["ragged"])
    #expect(try read(try FileEditor.edited(bytes)).cases.map(\.name) == ["ragged"])
  }

  // MARK: Bytes that are not those of the manifest

  @Test("is cut short, or has a bit flipped: its digest is another one")
  func damaged() throws {
    _ = try read(bytes)
    let manifest = try scratch.fixtures.manifest()
    func expectDamage(_ damaged: [UInt8]) throws {
      try scratch.write(damaged, "padhai-gru.h5")
      let error = expectError(.damaged) { try scratch.fixtures.fixture(of: formulation) }
      #expect(error?.file == scratch.path + "/padhai-gru.h5")
      #expect(error?.message.contains(Digest.sha256(damaged)) == true)
      #expect(error?.message.contains(manifest.files[0].sha256) == true)
      #expect(error?.message.contains("'rnncheck regenerate padhai-gru'") == true)
    }
    for part in 0..<64 { try expectDamage(Array(bytes.prefix(bytes.count * part / 64))) }
    try expectDamage(Array(bytes.dropLast()))
    try expectDamage(bytes + [0])
    for step in 0..<64 {
      var flipped = bytes
      flipped[(bytes.count - 1) * step / 63] ^= 1 << (step % 8)
      try expectDamage(flipped)
    }
  }

  // MARK: Bytes that the manifest vouches for

  @Test("is cut short")
  func truncated() throws {
    for part in 0..<200 {
      let error = #expect(throws: HDF5Error.self) {
        try read(Array(bytes.prefix(bytes.count * part / 200)))
      }
      #expect(error?.file == scratch.path + "/padhai-gru.h5")
      #expect([.notHDF5, .damagedFile].contains(error?.code))
    }
  }

  /// All but the text of attributes lies under checksums.
  ///
  /// Its heaps have none, and libhdf5 1.10 reads memory that is not its own where they are wrong. The digest of the file is what guards them.
  @Test("has a bit flipped outside the heaps")
  func flipped() throws {
    let right = try read(bytes).cases
    let heaps = bytes.indices.filter { bytes[$0...].starts(with: Array("GCOL".utf8)) }
    var refused = 0
    for step in 0..<600 {
      let position = (bytes.count - 1) * step / 599
      guard !heaps.contains(where: { ($0..<$0 + 4096).contains(position) }) else { continue }
      var flipped = bytes
      flipped[position] ^= 1 << (step % 8)
      do {
        let cases = try read(flipped).cases
        #expect(cases.map(\.problem) == right.map(\.problem))
        #expect(cases.map(\.answers) == right.map(\.answers))
        #expect(cases.map(\.scales) == right.map(\.scales))
      } catch let error as HDF5Error {
        #expect(error.file == scratch.path + "/padhai-gru.h5")
        refused += 1
      }
    }
    #expect(refused > 300)
  }

  /// A change, the code of the error, the place that it names and a part of what it says.
  struct Wrong: Sendable, CustomStringConvertible {
    let edit: Edit
    let code: FixtureError.Code
    let part: String
    var path: String?
    var description: String { "\(edit)" }
  }

  @Test(
    "says something else than the formulation",
    arguments: [
      Wrong(
        edit: .attribute("format", of: "/", to: .text("other")), code: .format,
        part: "'other', expected 'rnncheck'", path: "/@format"),
      Wrong(
        edit: .attribute("format_version", of: "/", to: .integer(2)), code: .format,
        part: "use a newer rnncheck", path: "/@format_version"),
      Wrong(
        edit: .attribute("format_version", of: "/", to: .integer(0)), code: .format,
        part: "rnncheck regenerate", path: "/@format_version"),
      Wrong(
        edit: .attribute("formulation", of: "/", to: .text("padhai-lstm")), code: .format,
        part: "'padhai-lstm', expected 'padhai-gru'", path: "/@formulation"),
      Wrong(
        edit: .attribute("flags", of: ragged, to: .text("BIAS BUS")), code: .format, part: "'BUS'",
        path: "\(ragged)@flags"),
      Wrong(
        edit: .attribute("regime", of: ragged, to: .text("odd")), code: .format, part: "'odd'",
        path: "\(ragged)@regime"),
      Wrong(
        edit: .put(.doubles([1, 2], shape: [2]), at: "\(ragged)/parameters/b"), code: .shape,
        part: "[2], expected [4]"),
      Wrong(
        edit: .put(
          .doubles(Array(repeating: 0.5, count: 12), shape: [3, 4]), at: "\(ragged)/parameters/W"),
        code: .shape, part: "[3, 4], expected [4, 4]"),
      Wrong(
        edit: .put(.doubles([], shape: [0]), at: "\(ragged)/inputs/x"), code: .shape,
        part: "[0], expected [5, 4, 3]"),
      Wrong(
        edit: .put(.floats([1], shape: [1]), at: "\(ragged)/scale/final/s"), code: .shape,
        part: "[1], expected [6, 4, 4]"),
      Wrong(
        edit: .put(.integers([4, 1, 0], shape: [3]), at: "\(ragged)/lengths"), code: .shape,
        part: "[3], expected [4]"),
      Wrong(
        edit: .put(.integers([4, 1, 0, 5], shape: [4, 1]), at: "\(ragged)/lengths"), code: .shape,
        part: "[4, 1], expected [4]"),
      Wrong(
        edit: .put(.integers([4, 1, 0, 6], shape: [4]), at: "\(ragged)/lengths"), code: .shape,
        part: "a length of 6, expected one from 0 to 5"),
      Wrong(
        edit: .put(.integers([4, 1, 0, -1], shape: [4]), at: "\(ragged)/lengths"), code: .shape,
        part: "a length of -1"),
      Wrong(
        edit: .set(.nan, at: 5, of: "\(ragged)/parameters/W"), code: .notFinite,
        part: "element 5 is nan"),
      Wrong(
        edit: .set(.infinity, at: 0, of: "\(ragged)/expected/sequence/i"), code: .notFinite,
        part: "element 0 is inf"),
      Wrong(
        edit: .set(-.infinity, at: 1, of: "\(ragged)/expected/gradients/parameters/U"),
        code: .notFinite, part: "element 1 is -inf"),
      Wrong(
        edit: .set(.nan, at: 7, of: "\(ragged)/scale/sequence/s"), code: .notFinite,
        part: "element 7 is nan"),
      Wrong(edit: .put(.group, at: "/cases"), code: .format, part: "no case"),
    ])
  func contradiction(wrong: Wrong) throws {
    let error = expectError(wrong.code) { try read(FileEditor.edited(bytes, wrong.edit)) }
    #expect(error?.file == scratch.path + "/padhai-gru.h5")
    #expect(error?.path == wrong.path ?? wrong.edit.path)
    #expect(error?.message.contains(wrong.part) == true, "\(String(describing: error))")
    #expect(error?.description.contains("\n") == false)
  }

  @Test(
    "has sizes that no case has", arguments: ["input_size", "hidden_size", "steps", "batch"],
    [-1, 1 << 20 + 1, .max, .min])
  func sizes(name: String, size: Int) throws {
    let error = expectError(.shape) {
      try read(FileEditor.edited(bytes, .attribute(name, of: Self.ragged, to: .integer(size))))
    }
    #expect(error?.path == "\(Self.ragged)@\(name)")
    #expect(error?.message.contains("\(size)") == true)
  }

  /// With no unit there would be nothing to read, and T · B of it to check.
  @Test("has no units or sequences", arguments: ["input_size", "hidden_size", "batch"])
  func noSize(name: String) throws {
    expectError(.shape) {
      try read(FileEditor.edited(bytes, .attribute(name, of: Self.ragged, to: .integer(0))))
    }
  }

  /// A change, and the code of the error.
  struct Unreadable: Sendable, CustomStringConvertible {
    let edit: Edit
    let code: HDF5Error.Code
    var path: String?
    var description: String { "\(edit)" }
  }

  @Test(
    "lacks something, or has it in another type",
    arguments: [
      Unreadable(edit: .attribute("format", of: "/", to: .nothing), code: .missingAttribute),
      Unreadable(edit: .attribute("format", of: "/", to: .integer(1)), code: .elementKind),
      Unreadable(
        edit: .attribute("format_version", of: "/", to: .text("1")), code: .elementKind),
      Unreadable(edit: .attribute("seed", of: ragged, to: .nothing), code: .missingAttribute),
      Unreadable(edit: .attribute("batch", of: ragged, to: .real(4)), code: .elementKind),
      Unreadable(edit: .put(.nothing, at: "/cases"), code: .missingObject),
      Unreadable(edit: .put(.doubles([1], shape: [1]), at: "/cases"), code: .wrongObject),
      Unreadable(edit: .put(.doubles([1], shape: [1]), at: "/cases/more"), code: .wrongObject),
      Unreadable(edit: .put(.nothing, at: "\(ragged)/parameters"), code: .missingObject),
      Unreadable(edit: .put(.nothing, at: "\(ragged)/parameters/W_o"), code: .missingObject),
      Unreadable(edit: .put(.nothing, at: "\(ragged)/inputs/x"), code: .missingObject),
      Unreadable(edit: .put(.nothing, at: "\(ragged)/initial/s"), code: .missingObject),
      Unreadable(edit: .put(.nothing, at: "\(ragged)/expected/final/s"), code: .missingObject),
      Unreadable(edit: .put(.nothing, at: "\(ragged)/scale/sequence/o"), code: .missingObject),
      Unreadable(edit: .put(.group, at: "\(ragged)/inputs/x"), code: .wrongObject),
      Unreadable(
        edit: .put(
          .floats(Array(repeating: 0, count: 4), shape: [4]), at: "\(ragged)/parameters/b"),
        code: .elementKind),
      Unreadable(
        edit: .put(.strings(["a", "b", "c", "d"], shape: [4]), at: "\(ragged)/parameters/b"),
        code: .elementKind),
      Unreadable(
        edit: .put(.doubles([4, 1, 0, 5], shape: [4]), at: "\(ragged)/lengths"),
        code: .elementKind),
    ])
  func missing(wrong: Unreadable) throws {
    let error = #expect(throws: HDF5Error.self) {
      try read(FileEditor.edited(bytes, wrong.edit))
    }
    #expect(error?.code == wrong.code, "\(String(describing: error))")
    #expect(error?.file == scratch.path + "/padhai-gru.h5")
    #expect(error?.path.hasPrefix(wrong.edit.path) == true, "\(String(describing: error))")
  }

  /// The shape agrees with the sizes, and there would be 2⁴⁰ numbers if they were read.
  @Test("has a tensor that is larger than memory", .enabled(if: Python.hasH5py))
  func huge() throws {
    try scratch.write(bytes, "x.h5")
    try Python.run(
      """
      import h5py, sys
      file = h5py.File(sys.argv[1] + "/x.h5", "r+")
      case = file["cases/ragged"]
      case.attrs.modify("hidden_size", 2**20)
      for name in list(case["parameters"]):
          shape = [2**20 if extent == 4 else extent for extent in case["parameters"][name].shape]
          del case["parameters"][name]
          case["parameters"].create_dataset(name, shape, "f8", chunks=True)
      """, scratch.path)
    let error = #expect(throws: HDF5Error.self) {
      try read([UInt8](try scratch.read("x.h5")))
    }
    #expect(error?.code == .limit)
    #expect(error?.path.hasPrefix("\(Self.ragged)/parameters/") == true)
  }

  @Test("is one of the released ones, cut short or flipped, in the manifest's words")
  func released() async throws {
    let whole = try await WholeSet.folder.value.copy()
    var donahue = [UInt8](try whole.read("donahue-lstm.h5"))
    donahue[donahue.count / 2] ^= 1
    try whole.write(donahue, "donahue-lstm.h5")
    expectError(.damaged) { try whole.fixtures.fixture(of: Formulations.named("donahue-lstm")) }
    _ = try whole.fixtures.fixture(of: formulation)
  }
}
