import HDF5
import Testing

@Suite("Groups")
struct GroupTests {
  let scratch: ScratchFolder
  let file: HDF5File

  init() throws {
    scratch = try ScratchFolder()
    file = try HDF5File.create(scratch.path("x.h5"))
  }

  @Test("parents are made on the way, and paths start anywhere")
  func paths() throws {
    let generic = try file.createGroup("cases/generic")
    #expect(generic.path == "/cases/generic")
    try generic.write([1.0], shape: [], to: "inputs/x")
    #expect(try file.group("/cases//generic/").path == "/cases/generic")
    #expect(try generic.exists("inputs/x"))
    #expect(try generic.exists("/cases/generic/inputs"))
    #expect(try !generic.exists("cases"))
    #expect(try !generic.exists("inputs/x/y"))
    #expect(try !file.exists("nothing/at/all"))
    #expect(try file.createGroup("accent/\u{301}/x").path == "/accent/\u{301}/x")
    #expect(try file.group("accent").members().map(\.name) == ["\u{301}"])
    #expect(try file.group("cases").group("generic").dataset("inputs/x").path.hasSuffix("/x"))
  }

  @Test("members come sorted by their bytes, whatever their number", arguments: [0, 9, 300])
  func members(count: Int) throws {
    let names = (0..<count).map { "m\($0)" }
    var generator = SeededGenerator(seed: 1)
    for name in names.shuffled(using: &generator) {
      try file.createGroup("many/\(name)")
    }
    try file.write([1], shape: [1], to: "many/Z")
    try file.write([1], shape: [1], to: "many/é")
    let members = try file.group("many").members()
    let expected = (names + ["Z", "é"]).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    #expect(members.map(\.name) == expected)
    #expect(members.filter { $0.kind == .dataset }.map(\.name) == ["Z", "é"])
    #expect(members.filter { $0.kind == .group }.count == count)
  }

  @Test("the root is a group like any other")
  func root() throws {
    #expect(try file.members().isEmpty)
    try file.write([1.0], shape: [1], to: "x")
    #expect(try file.members().map(\.name) == ["x"])
    #expect(try file.members().map(\.kind) == [.dataset])
    #expect(file.path == "/")
  }

  @Test("what is in the way, or missing, is named")
  func errors() throws {
    try file.write([1.0, 2.0], shape: [2], to: "a/x")
    expectError(.existingObject, try file.createGroup("a"))
    expectError(.existingObject, try file.write([1.0], shape: [1], to: "a/x"))
    expectError(.existingObject, try file.write([1.0], shape: [1], to: "a"))
    let blocked = expectError(.wrongObject, try file.createGroup("a/x/y"))
    #expect(blocked?.path == "/a/x")
    let group = expectError(.wrongObject, try file.group("a/x"))
    #expect(group?.message == "expected a group, found a dataset")
    let dataset = expectError(.wrongObject, try file.dataset("a"))
    #expect(dataset?.message == "expected a dataset, found a group")
    let missing = expectError(.missingObject, try file.read(Double.self, "a/b/c"))
    #expect(missing?.description == "\(file.name): /a/b/c: there is no 'b' in /a")
    expectError(.missingObject, try file.dataset("a/x/y"))
  }

  @Test("names that no object can have", arguments: ["", "/", "//", ".", "a/./b", "a\0b"])
  func invalidNames(name: String) throws {
    expectError(.invalidName, try file.createGroup(name))
    expectError(.invalidName, try file.exists(name))
    expectError(.invalidName, try file.write([1.0], shape: [1], to: name))
  }
}
