import HDF5
import Testing

@Suite("Datasets read back what was written")
struct RoundTripTests {
  static let shapes: [[Int]] = [
    [], [1], [7], [0], [0, 2, 3], [2, 0, 3], [2, 3, 0], [2, 3], [4, 2, 3], [1, 1, 1, 1, 5],
    Array(repeating: 1, count: 32),
    // On both sides of the size up to which a dataset of float64 lies in its header.
    [4096], [4097], [100, 100],
  ]

  private func random<Element>(
    _ shape: [Int], _ element: (inout SeededGenerator) -> Element
  ) -> [Element] {
    var generator = SeededGenerator(seed: UInt64(shape.count * 1000 + (shape.first ?? 0)))
    return (0..<shape.reduce(1, *)).map { _ in element(&generator) }
  }

  private func readBack<Element: HDF5Element>(
    _ elements: [Element], shape: [Int], kind: HDF5ElementKind
  ) throws -> [Element] {
    let scratch = try ScratchFolder()
    let name = scratch.path("x.h5")
    let written = try HDF5File.create(name)
    let made = try written.write(elements, shape: shape, to: "group/x")
    #expect(made.shape == shape)
    #expect(made.elementKind == kind)
    #expect(try made.read(Element.self).count == elements.count)
    try written.close()

    let file = try HDF5File.open(name)
    let dataset = try file.dataset("group/x")
    #expect(dataset.shape == shape)
    #expect(dataset.elementKind == kind)
    let read = try file.read(Element.self, "group/x")
    #expect(read.shape == shape)
    try file.close()
    return read.elements
  }

  @Test("float64, any bits", arguments: shapes)
  func doubles(shape: [Int]) throws {
    let elements = random(shape) { Double(bitPattern: $0.next()) }
    let read = try readBack(elements, shape: shape, kind: .float(bits: 64))
    #expect(read.map(\.bitPattern) == elements.map(\.bitPattern))
  }

  @Test("float32, any bits", arguments: shapes)
  func floats(shape: [Int]) throws {
    let elements = random(shape) { Float(bitPattern: UInt32(truncatingIfNeeded: $0.next())) }
    let read = try readBack(elements, shape: shape, kind: .float(bits: 32))
    #expect(read.map(\.bitPattern) == elements.map(\.bitPattern))
  }

  @Test("int64", arguments: shapes)
  func integers(shape: [Int]) throws {
    let elements = random(shape) { Int64(bitPattern: $0.next()) }
    let kind = HDF5ElementKind.integer(bits: 64, signed: true)
    #expect(try readBack(elements, shape: shape, kind: kind) == elements)
    let ints = elements.map(Int.init)
    #expect(try readBack(ints, shape: shape, kind: kind) == ints)
  }

  @Test("int32", arguments: shapes)
  func shortIntegers(shape: [Int]) throws {
    let elements = random(shape) { Int32(truncatingIfNeeded: $0.next()) }
    let kind = HDF5ElementKind.integer(bits: 32, signed: true)
    #expect(try readBack(elements, shape: shape, kind: kind) == elements)
  }

  @Test("text", arguments: shapes)
  func text(shape: [Int]) throws {
    let alphabet = ["", "h", "ĉ", "∂E/∂W", "日本", "👩‍🔬", " "]
    let elements = random(shape) { generator in
      (0..<3).map { _ in alphabet.randomElement(using: &generator) ?? "" }.joined()
    }
    let width = elements.map(\.utf8.count).reduce(1, max)
    let read = try readBack(elements, shape: shape, kind: .text(bytes: width))
    #expect(read.map { Array($0.utf8) } == elements.map { Array($0.utf8) })
  }

  @Test("the special values of both formats keep their bits")
  func specialValues() throws {
    let doubles: [Double] = [
      0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude.nextDown,
      .leastNormalMagnitude, .greatestFiniteMagnitude, .infinity, -.infinity, .nan,
      Double(bitPattern: 0x7FF0_0000_0000_0001), Double(bitPattern: 0xFFF8_0000_DEAD_BEEF),
    ]
    let readDoubles = try readBack(doubles, shape: [3, 4], kind: .float(bits: 64))
    #expect(readDoubles.map(\.bitPattern) == doubles.map(\.bitPattern))
    let floats: [Float] = [
      0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude.nextDown,
      .leastNormalMagnitude, .greatestFiniteMagnitude, .infinity, -.infinity, .nan,
      Float(bitPattern: 0x7F80_0001), Float(bitPattern: 0xFFC0_BEEF),
    ]
    let readFloats = try readBack(floats, shape: [3, 4], kind: .float(bits: 32))
    #expect(readFloats.map(\.bitPattern) == floats.map(\.bitPattern))
  }

  @Test("both composed and decomposed letters keep their bytes")
  func unicodeForms() throws {
    let strings = ["\u{E9}", "e\u{301}"]
    let read = try readBack(strings, shape: [2], kind: .text(bytes: 3))
    #expect(read.map { Array($0.unicodeScalars) } == strings.map { Array($0.unicodeScalars) })
  }
}
