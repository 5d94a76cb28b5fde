import HDF5
import Testing

@Suite("Attributes")
struct AttributeTests {
  let scratch: ScratchFolder
  let file: HDF5File

  init() throws {
    scratch = try ScratchFolder()
    file = try HDF5File.create(scratch.path("x.h5"))
  }

  private func setAndRead(_ object: some HDF5Object) throws {
    try object.setAttribute("format", to: "rnncheck")
    try object.setAttribute("empty", to: "")
    try object.setAttribute("equation", to: "h̃ₜ = φ(W xₜ)")
    try object.setAttribute("version", to: 1)
    try object.setAttribute("value", to: -0.0)
    try object.setAttribute("flags", to: ["gate_order", "", "σ"])
    try object.setAttribute("none", to: [String]())
    try object.setAttribute("sizes", to: [3, -4, .max])
    try object.setAttribute("no sizes", to: [Int]())
    try object.setAttribute("values", to: [0.5, .infinity])

    #expect(try object.attribute("format", as: String.self) == "rnncheck")
    #expect(try object.attribute("empty", as: String.self) == "")
    #expect(try object.attribute("equation", as: String.self) == "h̃ₜ = φ(W xₜ)")
    #expect(try object.attribute("version", as: Int.self) == 1)
    #expect(try object.attribute("value", as: Double.self).sign == .minus)
    #expect(try object.attribute("flags", as: [String].self) == ["gate_order", "", "σ"])
    #expect(try object.attribute("none", as: [String].self) == [])
    #expect(try object.attribute("sizes", as: [Int].self) == [3, -4, .max])
    #expect(try object.attribute("no sizes", as: [Int].self) == [])
    #expect(try object.attribute("values", as: [Double].self) == [0.5, .infinity])
    #expect(
      try object.attributeNames() == [
        "empty", "equation", "flags", "format", "no sizes", "none", "sizes", "value", "values",
        "version",
      ])
    #expect(try object.hasAttribute("format"))
    #expect(try !object.hasAttribute("Format"))
  }

  @Test("of a file, a group and a dataset")
  func everyObject() throws {
    try setAndRead(file)
    try setAndRead(try file.createGroup("cases/generic"))
    try setAndRead(try file.write([1.0], shape: [1], to: "x"))
  }

  @Test("survive closing, however many and large")
  func manyAndLarge() throws {
    let long = String(repeating: "∂", count: 30_000)
    for number in 0..<100 {
      try file.setAttribute("a\(number)", to: number)
    }
    try file.setAttribute("long", to: long)
    try file.close()
    let read = try HDF5File.open(file.name)
    #expect(try read.attributeNames().count == 101)
    #expect(try read.attribute("long", as: String.self) == long)
    #expect(try read.attribute("a99", as: Int.self) == 99)
  }

  @Test("are replaced")
  func replacing() throws {
    try file.setAttribute("x", to: "one")
    try file.setAttribute("x", to: [2, 3])
    #expect(try file.attribute("x", as: [Int].self) == [2, 3])
    #expect(try file.attributeNames() == ["x"])
  }

  @Test("that are missing or of another kind are errors that say so")
  func errors() throws {
    let group = try file.createGroup("g")
    try group.setAttribute("n", to: 3)
    try group.setAttribute("ns", to: [3, 4])
    let missing = expectError(.missingAttribute, try group.attribute("m", as: Int.self))
    #expect(missing?.description == "\(file.name): /g @m: there is no such attribute")
    let kind = expectError(.elementKind, try group.attribute("n", as: String.self))
    #expect(kind?.message == "expected text, found int64")
    expectError(.elementKind, try group.attribute("n", as: Int32.self))
    expectError(.shape, try group.attribute("ns", as: Int.self))
    expectError(.shape, try group.attribute("n", as: [Int].self))
    expectError(.invalidName, try group.setAttribute("", to: 1))
    expectError(.invalidName, try group.setAttribute("a\0", to: 1))
    expectError(.text, try group.setAttribute("t", to: "a\0"))
    expectError(.limit, try group.attribute("ns", as: [Int].self, limits: HDF5Limits(elements: 1)))
  }
}
