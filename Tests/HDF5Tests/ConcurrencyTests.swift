import HDF5
import Testing

@Suite("Many threads at once")
struct ConcurrencyTests {
  @Test("share a file they write")
  func oneFile() async throws {
    let scratch = try ScratchFolder()
    let file = try HDF5File.create(scratch.path("x.h5"))
    try await withThrowingTaskGroup { group in
      for task in 0..<16 {
        group.addTask {
          for number in 0..<20 {
            let elements = (0..<50).map { Double(task * 1000 + number + $0) }
            let dataset = try file.write(elements, shape: [50], to: "g\(task)/x\(number)")
            try dataset.setAttribute("number", to: number)
            guard try dataset.read(Double.self) == elements else { throw Mismatch() }
            do {
              _ = try file.read(Int.self, "missing/\(task)")
              throw Mismatch()
            } catch let error as HDF5Error {
              guard error.code == .missingObject, error.path == "/missing/\(task)" else {
                throw Mismatch()
              }
            }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try file.members().count == 16)
    #expect(try file.group("g7").members().count == 20)
    #expect(try file.dataset("g15/x19").attribute("number", as: Int.self) == 19)
  }

  @Test("each have a file, and close it while others read")
  func manyFiles() async throws {
    let scratch = try ScratchFolder()
    let paths = (0..<16).map { scratch.path("\($0).h5") }
    try await withThrowingTaskGroup { group in
      for (task, path) in paths.enumerated() {
        group.addTask {
          for round in 0..<5 {
            let file = try HDF5File.create(path)
            try file.write([task, round], shape: [2], to: "x")
            try file.close()
            let read = try HDF5File.open(path)
            guard try read.read(Int.self, "x").elements == [task, round] else { throw Mismatch() }
            try read.close()
          }
        }
      }
      try await group.waitForAll()
    }
  }

  private struct Mismatch: Error {}
}
