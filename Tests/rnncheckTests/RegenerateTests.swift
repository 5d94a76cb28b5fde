import Foundation
import Testing

@Suite("regenerate")
struct RegenerateTests {
  @Test("makes the committed files, byte for byte, and says so when asked to check")
  func same() throws {
    let tool = try Tool()
    let fixtures = tool.folder.path + "/new"
    let made = try tool.run("regenerate", "padhai-gru", "elman-relu", "--fixtures", fixtures)
    #expect(made.status == 0)
    #expect(made.output.contains("padhai-gru.h5: added"))
    for file in ["padhai-gru.h5", "elman-relu.h5", "README.md"] {
      #expect(
        FileManager.default.contents(atPath: fixtures + "/" + file)
          == FileManager.default.contents(atPath: Tool.root + "/fixtures/" + file), "\(file)")
    }
    let check = try tool.run("regenerate", "padhai-gru", "--check", "--fixtures", fixtures)
    #expect(check.status == 0)
    #expect(check.output.contains("unchanged"))
    #expect(try tool.run("run", "elman-relu", "--fixtures", fixtures).status == 0)
  }

  @Test("--check names what differs, changes nothing and exits 1; regenerate mends it")
  func check() throws {
    let tool = try Tool()
    let fixtures = try tool.folder.copyFixtures()
    let file = fixtures + "/padhai-gru.h5"
    let right = try #require(FileManager.default.contents(atPath: file))
    try Data("wrong".utf8).write(to: URL(fileURLWithPath: file))
    let check = try tool.run("regenerate", "padhai-gru", "--check", "--fixtures", fixtures)
    #expect(check.status == 1)
    #expect(check.output.contains("padhai-gru.h5"))
    #expect(FileManager.default.contents(atPath: file) == Data("wrong".utf8))
    #expect(try tool.run("regenerate", "padhai-gru", "--fixtures", fixtures).status == 0)
    #expect(FileManager.default.contents(atPath: file) == right)
  }

  @Test(
    "dies of the signal that stops it and leaves the set as it was", arguments: [SIGINT, SIGTERM])
  func interrupted(_ signal: Int32) throws {
    let tool = try Tool()
    let fixtures = try tool.folder.copyFixtures()
    let manifest = FileManager.default.contents(atPath: fixtures + "/manifest.json")
    let outcome = try tool.run(
      "regenerate", "--fixtures", fixtures, interruption: (signal, after: 0.4))
    #expect(outcome.signal == signal)
    let left = try FileManager.default.contentsOfDirectory(atPath: fixtures)
    #expect(!left.contains { $0.hasPrefix(".staging") || $0 == ".pending" })
    #expect(FileManager.default.contents(atPath: fixtures + "/manifest.json") == manifest)
    #expect(try tool.run("run", "padhai-gru", "--fixtures", fixtures).status == 0)
  }
}
