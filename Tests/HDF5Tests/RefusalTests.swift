import Foundation
import HDF5
import Testing

@Suite("What cannot be read is refused with its reason")
struct RefusalTests {
  let scratch: ScratchFolder

  init() throws {
    scratch = try ScratchFolder()
  }

  private func written() throws -> HDF5File {
    let file = try HDF5File.create(scratch.path("x.h5"))
    try file.write([1.0, 2.0], shape: [2], to: "double")
    try file.write([Float(1)], shape: [], to: "float")
    try file.write([1, 2], shape: [2], to: "int")
    try file.write([Int32(1)], shape: [1], to: "int32")
    try file.write(["ab", "abcd"], shape: [2], to: "text")
    return file
  }

  @Test("a file that is not there")
  func missingFile() {
    let error = expectError(.missingFile, try HDF5File.open(scratch.path("none.h5")))
    #expect(error?.description == "\(scratch.path("none.h5")): there is no such file")
  }

  @Test("a file that is not HDF5", arguments: [0, 1, 7, 8, 100, 5000])
  func notHDF5(size: Int) throws {
    let name = scratch.path("text.h5")
    try Data(repeating: 0x68, count: size).write(to: URL(fileURLWithPath: name))
    expectError(.notHDF5, try HDF5File.open(name))
  }

  @Test("a folder, and names no file has")
  func impossibleFiles() throws {
    expectError(.inaccessibleFile, try HDF5File.open(scratch.url.path))
    expectError(.inaccessibleFile, try HDF5File.create(scratch.url.path))
    let created = expectError(
      .inaccessibleFile, try HDF5File.create(scratch.path("no/such/folder.h5")))
    #expect(created?.stack.isEmpty == false)
    #expect(created?.stack.first?.hasPrefix("H5Fcreate: ") == true)
    expectError(.invalidName, try HDF5File.open(""))
    expectError(.invalidName, try HDF5File.create("a\0b"))
  }

  @Test("any other type than the stored one")
  func elementKinds() throws {
    let file = try written()
    func refuses<Element: HDF5Element>(_: Element.Type, _ name: String, _ message: String) {
      let error = expectError(.elementKind, try file.read(Element.self, name))
      #expect(error?.message == message)
      #expect(error?.path == "/\(name)")
    }
    refuses(Float.self, "double", "expected float32, found float64")
    refuses(Double.self, "float", "expected float64, found float32")
    refuses(Int.self, "double", "expected int64, found float64")
    refuses(Double.self, "int", "expected float64, found int64")
    refuses(Int32.self, "int", "expected int32, found int64")
    refuses(Int64.self, "int32", "expected int64, found int32")
    refuses(String.self, "int", "expected text, found int64")
    refuses(Double.self, "text", "expected float64, found text of 4 bytes")
  }

  @Test("more than the limits allow")
  func limits() throws {
    let file = try written()
    let elements = expectError(
      .limit, try file.read(Double.self, "double", limits: HDF5Limits(elements: 1)))
    #expect(elements?.message == "expected at most 1 elements, found 2")
    #expect(try file.read(Double.self, "double", limits: HDF5Limits(elements: 2)).shape == [2])
    let text = expectError(
      .limit, try file.read(String.self, "text", limits: HDF5Limits(textBytes: 7)))
    #expect(text?.message == "expected at most 7 bytes of text, found 8")
    #expect(
      try file.read(String.self, "text", limits: HDF5Limits(textBytes: 8)).elements.count == 2)
  }

  @Test(
    "elements that do not fill the shape",
    arguments: [
      [3], [2, 2], [-2], [-1, -2], [0], [], [.max, 2], [1 << 32, 1 << 32],
      Array(repeating: 1, count: 32) + [2],
    ])
  func shapes(shape: [Int]) throws {
    let file = try HDF5File.create(scratch.path("x.h5"))
    expectError(.shape, try file.write([1.0, 2.0], shape: shape, to: "x"))
    #expect(try !file.exists("x"))
  }

  @Test("text with a zero byte")
  func zeroByte() throws {
    let file = try HDF5File.create(scratch.path("x.h5"))
    expectError(.text, try file.write(["a\0b"], shape: [1], to: "x"))
  }

  @Test("a closed file")
  func closed() throws {
    let file = try written()
    let group = try file.createGroup("g")
    let dataset = try file.dataset("double")
    try file.close()
    try file.close()
    expectError(.closedFile, try file.flush())
    expectError(.closedFile, try group.members())
    expectError(.closedFile, try dataset.read(Double.self))
    expectError(.closedFile, try group.setAttribute("a", to: 1))
    expectError(.closedFile, try file.exists("g"))
  }

  @Test("writing to a file that was opened to read, with libhdf5's own reasons")
  func readOnly() throws {
    try written().close()
    let file = try HDF5File.open(scratch.path("x.h5"))
    let group = expectError(.library, try file.createGroup("g"))
    #expect(group?.stack.first?.hasPrefix("H5Gcreate2: ") == true)
    #expect(group?.description.contains("libhdf5: ") == true)
    expectError(.library, try file.write([1.0], shape: [1], to: "new"))
    expectError(.library, try file.setAttribute("a", to: 1))
    #expect(try !file.exists("g"))
  }

  @Test("making a file that is open")
  func open() throws {
    let file = try written()
    expectError(.inaccessibleFile, try HDF5File.create(file.name))
    #expect(try file.read(Int.self, "int").elements == [1, 2])
  }

  @Test("a file in a folder that cannot be written to is read")
  func readOnlyFolder() throws {
    try written().close()
    let name = scratch.path("x.h5")
    let manager = FileManager.default
    try manager.setAttributes([.posixPermissions: 0o444], ofItemAtPath: name)
    try manager.setAttributes([.posixPermissions: 0o555], ofItemAtPath: scratch.url.path)
    defer { try? manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scratch.url.path) }
    let file = try HDF5File.open(name)
    #expect(try file.read(Int.self, "int").elements == [1, 2])
  }
}
