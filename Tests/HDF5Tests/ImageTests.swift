import Foundation
import HDF5
import Testing

@Suite("Files in memory")
struct ImageTests {
  let scratch: ScratchFolder

  init() throws {
    scratch = try ScratchFolder()
  }

  private func fill(_ file: HDF5File) throws {
    try file.setAttribute("format", to: "rnncheck")
    for number in 0..<20 {
      let time = try file.write(Array(0..<4), shape: [4], to: "\(number)/axes/time")
      try time.makeScale(named: "time")
      let x = try file.write(
        (0..<12).map { Double($0) / 8 }, shape: [4, 3], to: "\(number)/x")
      try x.attachScale(time, toAxis: 0)
    }
    try file.write([Float](repeating: 1, count: 90_000), shape: [90_000], to: "large")
  }

  @Test("have the bytes that they would have on a disk")
  func sameBytes() throws {
    let onDisk = try HDF5File.create(scratch.path("x.h5"))
    try fill(onDisk)
    try onDisk.close()
    let inMemory = try HDF5File.createImage(scratch.path("y.h5"))
    try fill(inMemory)
    let image = try inMemory.image()
    #expect(try Data(contentsOf: URL(fileURLWithPath: onDisk.name)) == Data(image))
    #expect(!FileManager.default.fileExists(atPath: inMemory.name))
    // The file is still open, and what is added is in the next image.
    try inMemory.createGroup("more")
    #expect(try HDF5File.open(image: inMemory.image(), named: "z").exists("more"))
    #expect(try !HDF5File.open(image: image, named: "z").exists("more"))
  }

  @Test("of one name are not one file")
  func names() throws {
    let files = try (0..<3).map { number in
      let file = try HDF5File.createImage("same.h5")
      try file.write([number], shape: [1], to: "number")
      return try HDF5File.open(image: file.image(), named: "same.h5")
    }
    for (number, file) in files.enumerated() {
      #expect(try file.read(Int.self, "number").elements == [number])
    }
  }

  @Test("are refused when they are none, or cut short, with their name")
  func refused() throws {
    let file = try HDF5File.createImage("x")
    try fill(file)
    let image = try file.image()
    for length in [0, 7, 8, 47, 48, 1000, image.count - 1] {
      let error = expectError(
        length < 8 ? .notHDF5 : .damagedFile,
        try HDF5File.open(image: Array(image.prefix(length)), named: "some name"))
      #expect(error?.file == "some name")
    }
    expectError(.notHDF5, try HDF5File.open(image: Array(repeating: 1, count: 100), named: "x"))
  }

  @Test("have no bytes when they are closed")
  func closed() throws {
    let file = try HDF5File.createImage("x")
    try file.close()
    expectError(.closedFile, try file.image())
  }
}
