import Foundation
import HDF5
import Testing

@Suite("Bytes of a file")
struct ReproducibilityTests {
  let scratch: ScratchFolder

  init() throws {
    scratch = try ScratchFolder()
  }

  private func bytes(of file: HDF5File) throws -> Data {
    try file.close()
    return try Data(contentsOf: URL(fileURLWithPath: file.name))
  }

  /// Writes a file with one of everything.
  private func write(_ name: String) throws -> Data {
    let file = try HDF5File.create(scratch.path(name))
    try file.setAttribute("format", to: "rnncheck")
    for number in 0..<20 {
      let group = try file.createGroup("cases/\(number)")
      try group.setAttribute("flags", to: ["transposed", "gate_order"])
      try group.setAttribute("sizes", to: Array(0..<number))
      let time = try group.write(Array(0..<4), shape: [4], to: "axes/time")
      try time.makeScale(named: "time")
      for name in "ifgoch" {
        let x = try group.write(
          (0..<12).map { Double($0) / 8 }, shape: [4, 3], to: "expected/sequence/\(name)")
        try x.attachScale(time, toAxis: 0)
        try x.setLabel("hidden", ofAxis: 1)
      }
      try group.write([Float](repeating: 1, count: 9000), shape: [9000], to: "large")
      try group.write([Float](), shape: [0, 3], to: "none")
      try group.write(["a", "∂b"], shape: [2], to: "names")
    }
    return try bytes(of: file)
  }

  @Test("are the same for the same content")
  func sameBytes() throws {
    let first = try write("first.h5")
    // Times are stored in whole seconds: one that slipped in shows once the second is over.
    Thread.sleep(forTimeInterval: 1.1)
    #expect(try write("second.h5") == first)
  }

  @Test("do not depend on what was in the file's place")
  func overwriting() throws {
    let first = try write("first.h5")
    let other = try HDF5File.create(scratch.path("second.h5"))
    try other.write([Double](repeating: 1, count: 100_000), shape: [100_000], to: "x")
    try other.close()
    #expect(try write("second.h5") == first)
  }

  @Test("are few: a small dataset costs less than 200 beside its elements")
  func footprint() throws {
    func size(datasets: Int) throws -> Int {
      let file = try HDF5File.create(scratch.path("\(datasets).h5"))
      for number in 0..<datasets {
        try file.write([Double](repeating: 1, count: 12), shape: [3, 4], to: "g/x\(number)")
      }
      return try bytes(of: file).count
    }
    let cost = (try size(datasets: 72) - size(datasets: 8)) / 64 - 12 * 8
    #expect(cost < 200)
  }

  @Test("reach the file when it is flushed")
  func flush() throws {
    let file = try HDF5File.create(scratch.path("x.h5"))
    try file.write([1.0, 2.0], shape: [2], to: "x")
    try file.flush()
    let flushed = try Data(contentsOf: URL(fileURLWithPath: file.name))
    let copy = scratch.path("copy.h5")
    try flushed.write(to: URL(fileURLWithPath: copy))
    #expect(try HDF5File.open(copy).read(Double.self, "x").elements == [1, 2])
    try file.close()
  }
}
