import Foundation
import Testing

@Suite("A run in parts")
struct ShardTests {
  @Test("the parts, merged in any order, are the whole run byte for byte")
  func parts() throws {
    let tool = try Tool()
    let ids = ["donahue-rnn", "leaky-rnn", "elman-tanh"]
    let whole = try tool.run(["run", "--format", "json"] + ids)
    #expect(whole.status == 0)
    let files = try (1...3).map { number in
      let part = try tool.run(["run", "--format", "json", "--shard", "\(number)/3"] + ids)
      #expect(part.status == 0)
      #expect(part.output.utf8.count < whole.output.utf8.count)
      return try tool.folder.write(part.output, to: "\(number).json")
    }
    let merged = try tool.run(["merge", files[2], files[0], files[1]])
    #expect(merged.status == 0)
    #expect(merged.output == whole.output)
    #expect(merged.errors.contains("0 depart"))

    let partial = try tool.run(["merge", files[2], files[0]])
    #expect(partial.status == 2)
    #expect(partial.output.isEmpty)
    #expect(partial.errors.contains("of 3 parts there is no 2"))
    let twice = try tool.run(["merge"] + files + [files[0]])
    #expect(twice.status == 2)
    #expect(twice.errors.contains("is part 1/3 too"))
  }

  @Test("a departure in a part is one of the whole")
  func departure() throws {
    let tool = try Tool()
    let whole = try tool.run(["run", "leaky-rnn", "--case", "generic", "--format", "json"])
    let file = try tool.folder.write(
      whole.output.replacingOccurrences(of: #""conforms","#, with: #""departs","#), to: "a.json")
    let merged = try tool.run(["merge", file])
    #expect(merged.status == 1)
    #expect(merged.errors.contains(" 0 conform"))
  }

  @Test(
    "what is no report is refused by name",
    arguments: [
      ("{}", "'format' is missing"), ("", "no report"),
      (
        #"{"format":"rnncheck-report","version":9}"#,
        "version 9, expected rnncheck-report version 1"
      ),
      (#"{"format":"rnncheck-report","version":1,"results":[3]}"#, "no report"),
    ])
  func refused(text: String, message: String) throws {
    let tool = try Tool()
    let file = try tool.folder.write(text, to: "bad.json")
    let outcome = try tool.run(["merge", file])
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("bad.json: ") && outcome.errors.contains(message))
  }

  @Test(
    "a part that cannot be is wrong usage", arguments: ["0/2", "3/2", "1", "a/b", "1/0", "-1/2"])
  func impossible(part: String) throws {
    #expect(try Tool().run(["run", "leaky-rnn", "--shard=\(part)"]).status == 64)
    #expect(try Tool().run("merge").status == 64)
    #expect(try Tool().run("merge", "/nowhere.json").status == 2)
  }
}
