import Foundation
import GoldenFixtures
import HDF5
import Oracle
import Testing

@Suite("The digest of a file's content")
struct ContentWalkTests {
  let bytes: [UInt8]
  let copy: [UInt8]

  init() throws {
    bytes = try Self.fixture()
    copy = try FileEditor.edited(bytes)
  }

  /// The file of a ragged case, which has datasets of every type.
  static func fixture() throws -> [UInt8] {
    let formulation = try Formulations.named("padhai-gru")
    let reference = try Reference(formulation)
    let cases = try Families.ragged.map { try GoldenCase($0, of: reference) }
    return try FixtureWriter.bytes(
      of: FormulationFixture(formulation: formulation.id, cases: cases), of: formulation)
  }

  private func walk(_ bytes: [UInt8]) throws -> ContentWalk {
    try ContentWalk(bytes, named: "x.h5")
  }

  private static let ragged = "/cases/ragged"

  @Test(
    "differs at the place where something is changed",
    arguments: [
      .set(0.5, at: 3, of: "\(ragged)/parameters/W"),
      .set(0x1p-1074, at: 0, of: "\(ragged)/expected/gradients/inputs/x"),
      .set(0.25, at: 0, of: "\(ragged)/scale/sequence/s"),
      .put(.integers([4, 1, 1, 5], shape: [4]), at: "\(ragged)/lengths"),
      .put(.integers([0, 1, 3], shape: [3]), at: "\(ragged)/axes/input"),
      .put(.nothing, at: "\(ragged)/upstream/final/s"),
      .put(.doubles([1], shape: [1]), at: "\(ragged)/more"),
      .put(.group, at: "/more"),
      .put(.floats([], shape: [0, 3]), at: "/more"),
      .attribute("format_version", of: "/", to: .integer(2)),
      .attribute("format_version", of: "/", to: .text("1")),
      .attribute("equations", of: "/", to: .text("")),
      .attribute("seed", of: ragged, to: .nothing),
      .attribute("flags", of: ragged, to: .text("EMPTY LENGTHS")),
      .attribute("kinds", of: "\(ragged)/scale", to: .text("")),
      .attribute("note", of: "\(ragged)/parameters/W", to: .integer(0)),
    ] as [Edit])
  func tampered(edit: Edit) throws {
    let before = try walk(copy)
    let after = try walk(try FileEditor.edited(bytes, edit))
    #expect(before.digest != after.digest)
    let places = Set(before.digests.keys).union(after.digests.keys)
      .filter { before.digests[$0] != after.digests[$0] }
    #expect(!places.isEmpty)
    #expect(places.allSatisfy { $0.hasPrefix(edit.path) }, "\(places)")
  }

  @Test("differs where a tensor has the same numbers in another shape or type")
  func reshaped() throws {
    let path = "\(Self.ragged)/expected/final/s"
    let file = try HDF5File.open(image: bytes, named: "x.h5")
    let (shape, numbers) = try file.read(Double.self, path)
    for content: Edit.Content in [
      .doubles(numbers, shape: shape.reversed() + [1]),
      .floats(numbers.map { Float($0) }, shape: shape),
    ] {
      #expect(
        try walk(try FileEditor.edited(bytes, .put(content, at: path))).digest
          != walk(copy).digest)
    }
  }

  @Test("differs where an axis loses its scale")
  func scales() throws {
    let whole = try walk(bytes).digests
    let without = try walk(copy).digests
    let places = whole.keys.filter { whole[$0] != without[$0] }
    #expect(places.contains("\(Self.ragged)/parameters/W@axes"))
    #expect(!places.contains("\(Self.ragged)/parameters/W"))
  }

  @Test("is the same for a file that h5py wrote anew", .enabled(if: Python.hasH5py))
  func otherLayout() throws {
    let scratch = try ScratchFolder()
    try scratch.write(bytes, "whole.h5")
    try Python.run(
      """
      import h5py, sys
      whole = h5py.File(sys.argv[1] + "/whole.h5", "r")
      anew = h5py.File(sys.argv[1] + "/anew.h5", "w", libver="earliest")
      def copy(source, target):
          for name, value in sorted(source.attrs.items(), reverse=True):
              if name not in ("DIMENSION_LIST", "REFERENCE_LIST", "CLASS", "NAME"):
                  target.attrs.create(name, value, dtype=source.attrs.get_id(name).dtype)
      def visit(name, thing):
          if isinstance(thing, h5py.Group):
              copy(thing, anew.require_group(name))
          else:
              chunks = True if thing.size else None
              copy(thing, anew.create_dataset(name, data=thing[()], dtype=thing.dtype.newbyteorder(">"), chunks=chunks))
              if thing.is_scale:
                  anew[name].make_scale(name.split("/")[-1])
      copy(whole, anew)
      whole.visititems(visit)
      def attach(name, thing):
          if isinstance(thing, h5py.Dataset):
              for axis, scales in enumerate(thing.dims):
                  for scale in scales.values():
                      anew[name].dims[axis].attach_scale(anew[scale.name])
      whole.visititems(attach)
      anew.close()
      """, scratch.path)
    let anew = [UInt8](try scratch.read("anew.h5"))
    #expect(anew != bytes)
    let (before, after) = (try walk(bytes), try walk(anew))
    let places = Set(before.digests.keys).union(after.digests.keys)
      .filter { before.digests[$0] != after.digests[$0] }
    #expect(places == [])
    #expect(before.digest == after.digest)
  }

  @Test("is refused for groups without end", .enabled(if: Python.hasH5py))
  func cycle() throws {
    let scratch = try ScratchFolder()
    try Python.run(
      """
      import h5py, sys
      file = h5py.File(sys.argv[1] + "/x.h5", "w")
      file["again"] = file["/"]
      """, scratch.path)
    let error = expectError(.format) { try walk([UInt8](try scratch.read("x.h5"))) }
    #expect(error?.message.contains("deep") == true)
  }

  @Test("is refused for what no fixture holds")
  func foreignTypes() throws {
    for content: Edit.Content in [
      .strings(["a"], shape: [1]),
      .doubles(Array(repeating: 0, count: 1 << 22 + 1), shape: [1 << 22 + 1]),
    ] {
      #expect(throws: HDF5Error.self) {
        try walk(try FileEditor.edited(bytes, .put(content, at: "/more")))
      }
    }
    #expect(throws: HDF5Error.self) {
      try walk(try FileEditor.edited(bytes, .attribute("more", of: "/", to: .real(1))))
    }
  }
}
