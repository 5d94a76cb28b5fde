import HDF5
import Testing

@Suite("Dimension scales and labels")
struct DimensionScaleTests {
  let scratch: ScratchFolder
  let file: HDF5File
  let time: HDF5Dataset
  let hidden: HDF5Dataset
  let x: HDF5Dataset

  init() throws {
    scratch = try ScratchFolder()
    file = try HDF5File.create(scratch.path("x.h5"))
    time = try file.write([0, 1], shape: [2], to: "axes/time")
    hidden = try file.write([0, 1, 2], shape: [3], to: "axes/hidden")
    x = try file.write([Double](repeating: 0, count: 6), shape: [2, 3], to: "x")
  }

  @Test("scales are found again by axis")
  func scales() throws {
    try time.makeScale(named: "time")
    try hidden.makeScale(named: "ĥidden")
    #expect(try x.scaleNames() == [[], []])
    try x.attachScale(hidden, toAxis: 1)
    try x.attachScale(time, toAxis: 0)
    try x.attachScale(time, toAxis: 0)
    #expect(try x.scaleNames() == [["time"], ["ĥidden"]])
    try file.close()
    let read = try HDF5File.open(file.name)
    #expect(try read.dataset("x").scaleNames() == [["time"], ["ĥidden"]])
    #expect(try read.dataset("axes/time").attribute("NAME", as: String.self) == "time")
  }

  @Test("one scale serves many datasets")
  func manyDatasets() throws {
    try hidden.makeScale(named: "hidden")
    for number in 0..<100 {
      let y = try file.write([0.0, 1, 2], shape: [3], to: "y\(number)")
      try y.attachScale(hidden, toAxis: 0)
    }
    for number in 0..<100 {
      #expect(try file.dataset("y\(number)").scaleNames() == [["hidden"]])
    }
  }

  @Test("labels are found again by axis")
  func labels() throws {
    #expect(try x.labels() == ["", ""])
    try x.setLabel("ĥidden", ofAxis: 1)
    #expect(try x.labels() == ["", "ĥidden"])
    try x.setLabel("time", ofAxis: 0)
    try file.close()
    #expect(try HDF5File.open(file.name).dataset("x").labels() == ["time", "ĥidden"])
  }

  @Test("what cannot be a scale or an axis is refused")
  func errors() throws {
    expectError(.shape, try x.makeScale(named: "x"))
    expectError(.text, try time.makeScale(named: "a\0"))
    try time.makeScale(named: "time")
    expectError(.existingObject, try time.makeScale(named: "again"))
    for axis in [-1, 2, .max] {
      expectError(.shape, try x.attachScale(time, toAxis: axis))
      expectError(.shape, try x.setLabel("a", ofAxis: axis))
    }
    expectError(.text, try x.setLabel("a\0", ofAxis: 0))
    let other = try HDF5File.create(scratch.path("other.h5"))
    let y = try other.write([0.0, 1], shape: [2], to: "y")
    expectError(.foreignStorage, try y.attachScale(time, toAxis: 0))
  }
}
