import Foundation
import Testing

/// `check`, `export` and `grade` with subjects in other programs, right and wrong ones.
@Suite struct ExchangeTests {
  private static let template = Tool.root + "/tools/adapters/numpy_lstm.py"

  /// A copy of the NumPy template beside the module that it imports, with one piece replaced.
  private func adapter(
    _ tool: Tool, replacing piece: String = "", with other: String = ""
  ) throws -> String {
    let adapters = Tool.root + "/tools/adapters"
    for module in ["exchange.py", "installed.py"] {
      let copy = tool.folder.path + "/" + module
      guard !FileManager.default.fileExists(atPath: copy) else { continue }
      try FileManager.default.copyItem(atPath: adapters + "/" + module, toPath: copy)
    }
    let text = try String(contentsOfFile: Self.template, encoding: .utf8)
    #expect(piece.isEmpty || text.contains(piece), "the template has no '\(piece)'")
    return try tool.folder.write(
      piece.isEmpty ? text : text.replacingOccurrences(of: piece, with: other), to: "subject.py")
  }

  private func shell(_ tool: Tool, _ script: String, _ options: String...) throws -> Tool.Outcome {
    try tool.run(["check", "donahue-lstm"] + options + ["--", "sh", "-c", script, "sh"])
  }

  @Test func aRightSubjectConforms() throws {
    let tool = try Tool()
    let outcome = try tool.run(
      "check", "donahue-lstm", "--", "python3", try adapter(tool))
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("subject: NumPy LSTM"))
    #expect(outcome.output.contains("0 depart"))
  }

  @Test(arguments: [
    (piece: #""f": "f", "o": "o""#, other: #""f": "o", "o": "f""#),
    (
      piece: #"h, c = case.initial["h"], case.initial["c"]"#,
      other: "h = c = 0 * case.initial[\"h\"]"
    ),
    (piece: "dc = np.where(own, dc_t * f, dc)", other: "dc = np.where(own, dc_t, dc)"),
    (piece: #"gradients[f"b_{n}"] += d[s].sum(0)"#, other: #"gradients[f"b_{n}"] = d[s].sum(0)"#),
    (piece: "own = case.own[t][:, None]", other: "own = np.full((case.batch, 1), True)"),
  ])
  func aWrongSubjectDeparts(change: (piece: String, other: String)) throws {
    let tool = try Tool()
    let path = try adapter(tool, replacing: change.piece, with: change.other)
    let outcome = try tool.run("check", "donahue-lstm", "--", "python3", path)
    #expect(outcome.status == 1, "\(change): \(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("first fault"))
  }

  @Test func aCommandThatFailsIsNamedWithItsLastWords() throws {
    let outcome = try shell(Tool(), "echo what I said >&2; exit 3")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("exit code 3"))
    #expect(outcome.errors.contains("| what I said"))
  }

  @Test func aCommandThatDiesOrIsNotThereIsAnError() throws {
    let killed = try shell(Tool(), "kill -SEGV $$")
    #expect(killed.status == 2)
    #expect(killed.errors.contains("signal 11"))
    let missing = try Tool().run("check", "donahue-lstm", "--", "no-such-program-here")
    #expect(missing.status == 2)
    #expect(missing.errors.contains("was not found"))
  }

  @Test func aCommandThatHangsIsKilledWithItsChildren() throws {
    let tool = try Tool()
    let mark = tool.folder.path + "/child"
    let outcome = try shell(
      tool, "(sleep 600; echo alive > \(mark)) & echo $! > \(mark).pid; sleep 600",
      "--timeout", "1")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("did not end within"))
    let text = try String(contentsOfFile: mark + ".pid", encoding: .utf8)
    let child = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(hasEnded(child))
  }

  @Test func aChildLeftBehindDoesNotHoldTheRunUp() throws {
    let tool = try Tool()
    let mark = tool.folder.path + "/child"
    let outcome = try shell(tool, "sleep 600 & echo $! > \(mark).pid", "--timeout", "30")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("without writing the response"))
    let text = try String(contentsOfFile: mark + ".pid", encoding: .utf8)
    let child = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(hasEnded(child))
  }

  /// Whether a process is gone, or dead and not yet collected, within the time that dying takes.
  private func hasEnded(_ process: Int32) -> Bool {
    for _ in 0..<500 {
      let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
      if status.map({ $0.contains(") Z ") }) ?? (kill(process, 0) != 0) { return true }
      Thread.sleep(forTimeInterval: 0.02)
    }
    return false
  }

  @Test func endlessOutputIsDrained() throws {
    let outcome = try shell(
      Tool(), "yes | head -c 50000000; yes no | head -c 50000000 >&2; exit 4")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("exit code 4"))
    #expect(outcome.errors.utf8.count < 1 << 19)
  }

  @Test func aResponseThatIsNotOneIsAnError() throws {
    let garbage = try shell(Tool(), "echo garbage > $2")
    #expect(garbage.status == 2)
    #expect(garbage.errors.contains("not an HDF5 file"))
    let nothing = try shell(Tool(), "true")
    #expect(nothing.status == 2)
    #expect(nothing.errors.contains("without writing the response"))
    let unanswered = try shell(Tool(), "cp $1 $2")
    #expect(unanswered.status == 4)
    #expect(unanswered.errors.contains("offers nothing"))
  }

  @Test(arguments: [
    (
      piece: "answered[path] = np.asarray(array, case.dtype)",
      other: "answered[path] = np.asarray(array, case.dtype).astype(\"int32\")", says: "int32"
    ),
    (
      piece: "answered[path] = np.asarray(array, case.dtype)",
      other: "answered[path] = np.asarray(array, case.dtype)[..., :-1]", says: "the shape is"
    ),
    (
      piece: "for key, group in request[\"cases\"].items():",
      other: "for key, group in list(request[\"cases\"].items())[1:]:",
      says: "the response has no case"
    ),
    (
      piece: "response.attrs[\"dtype\"] = dtype", other: "response.attrs[\"dtype\"] = \"float8\"",
      says: "float8"
    ),
    (piece: "response.attrs[\"dtype\"] = dtype", other: "pass", says: "@dtype"),
    (
      piece: "response.attrs[\"formulation\"] = formulation",
      other: "response.attrs[\"formulation\"] = \"knight-lstm\"; formulation",
      says: "knight-lstm"
    ),
  ])
  func aMalformedResponseIsAnError(
    change: (piece: String, other: String, says: String)
  ) throws {
    let tool = try Tool()
    let path = try adapter(tool)
    let module = tool.folder.path + "/exchange.py"
    let text = try String(contentsOfFile: module, encoding: .utf8)
    #expect(text.contains(change.piece))
    _ = try tool.folder.write(
      text.replacingOccurrences(of: change.piece, with: change.other), to: "exchange.py")
    let outcome = try tool.run("check", "donahue-lstm", "--", "python3", path)
    #expect(outcome.status == 2, "\(change): \(outcome.output)\(outcome.errors)")
    #expect((outcome.output + outcome.errors).contains(change.says), "\(change)")
  }

  @Test func numbersThatAreNoneDepart() throws {
    let tool = try Tool()
    let path = try adapter(
      tool, replacing: "h_t = o * np.tanh(c_t)", with: "h_t = o * np.tanh(c_t) + np.nan")
    let outcome = try tool.run("check", "donahue-lstm", "--", "python3", path)
    #expect(outcome.status == 1, "\(outcome.output)\(outcome.errors)")
  }

  @Test func whatIsNotOfferedIsSaid() throws {
    let tool = try Tool()
    let path = try adapter(
      tool, replacing: "    p = case.parameters\n",
      with: "    if case.steps == 0 or case.lengths is not None:\n"
        + "        from exchange import NotOffered\n"
        + "        raise NotOffered('one length for all')\n"
        + "    p = case.parameters\n")
    let outcome = try tool.run(
      "check", "donahue-lstm", "--format", "json", "--", "python3", path)
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("one length for all"))
  }

  @Test func aReadingThatItComputesInsteadIsNamed() throws {
    let tool = try Tool()
    let path = try adapter(tool)
    let text = """
      import numpy as np
      from exchange import serve

      def sigmoid(a): return 1 / (1 + np.exp(-a))

      def answer(case):
          p, h = case.parameters, case.initial["h"]
          n = case.lengths if case.lengths is not None else np.full(case.batch, case.steps)
          hs = np.zeros((case.steps, case.batch, case.hidden_size), case.dtype)
          for t in range(case.steps):
              own = (t < n)[:, None]
              x = np.where(own, case.x[t], 0)
              z = sigmoid(h @ p["W_z"].T + x @ p["U_z"].T + p["b_z"])
              r = sigmoid(h @ p["W_r"].T + x @ p["U_r"].T + p["b_r"])
              g = np.tanh((r * h) @ p["W"].T + x @ p["W_x"].T)
              new = (1 - z) * h + z * g
              hs[t] = np.where(own, new, 0)
              h = np.where(own, new, h)
          return {"sequence/h": hs, "final/h": h}

      serve(answer, name="a GRU")
      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let right = try tool.run("check", "cs224d-gru/reset-before", "--", "python3", path)
    #expect(right.status == 0, "\(right.output)\(right.errors)")
    let other = try tool.run("check", "cs224d-gru", "--", "python3", path)
    #expect(other.status == 1, "\(other.output)\(other.errors)")
    #expect(other.output.contains("Another reading"))
    #expect(other.output.contains("  cs224d-gru/reset-before\n"))
  }

  @Test func anExportedRequestIsAnsweredAndGraded() throws {
    let tool = try Tool()
    let path = try adapter(tool)
    let (request, response) = (tool.folder.path + "/q.h5", tool.folder.path + "/a.h5")
    let exported = try tool.run("export", "donahue-lstm", "-o", request)
    #expect(exported.status == 0, "\(exported.errors)")
    let answering = Process()
    answering.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    answering.arguments = ["python3", path, request, response]
    try answering.run()
    answering.waitUntilExit()
    #expect(answering.terminationStatus == 0)
    let graded = try tool.run("grade", response)
    #expect(graded.status == 0, "\(graded.output)\(graded.errors)")
    let misread = try tool.run("grade", response, "--as", "knight-lstm")
    #expect(misread.status != 0)
    let twice = try tool.run("grade", response, response)
    #expect(twice.status == 2)
  }

  @Test func aDamagedResponseNeverBringsTheToolDown() throws {
    let tool = try Tool()
    let path = try adapter(tool)
    let (request, response) = (tool.folder.path + "/q.h5", tool.folder.path + "/a.h5")
    _ = try tool.run("export", "donahue-lstm", "-o", request)
    let answering = Process()
    answering.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    answering.arguments = ["python3", path, request, response]
    try answering.run()
    answering.waitUntilExit()
    let whole = try #require(FileManager.default.contents(atPath: response))
    for place in stride(from: 7, to: whole.count, by: max(1, whole.count / 12)) {
      var damaged = whole
      damaged[place] ^= 0xFF
      try damaged.write(to: URL(fileURLWithPath: response))
      let outcome = try tool.run("grade", response)
      #expect(outcome.signal == nil, "byte \(place)")
      #expect([0, 1, 2].contains(outcome.status), "byte \(place): \(outcome.errors)")
    }
    try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: response))
    #expect(try tool.run("grade", response).status == 2)
  }

  @Test func equationsOfOnesOwnAreCheckedToo() throws {
    let tool = try Tool()
    let declaration = try tool.folder.write(
      #"{"id": "mine", "lines": ["h_t = \\tanh(W h_{t-1} + U x_t + b)"], "notation": {"functions": {"tanh": "tanh"}}, "outputs": ["h"]}"#,
      to: "mine.json")
    let path = try adapter(tool)
    let text = """
      import numpy as np
      from exchange import serve

      def answer(case):
          p, h = case.parameters, case.initial["h"]
          n = case.lengths if case.lengths is not None else np.full(case.batch, case.steps)
          hs = np.zeros((case.steps, case.batch, case.hidden_size), case.dtype)
          for t in range(case.steps):
              own = (t < n)[:, None]
              new = np.tanh(h @ p["W"].T + np.where(own, case.x[t], 0) @ p["U"].T + p["b"])
              hs[t], h = np.where(own, new, 0), np.where(own, new, h)
          return {"sequence/h": hs, "final/h": h}

      serve(answer, name="mine")
      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let outcome = try tool.run("check", "--formulation", declaration, "--", "python3", path)
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }

  @Test func aFrameworksEquationsAreCheckedWithoutAFixture() throws {
    let tool = try Tool()
    let path = try adapter(tool)
    let text = """
      import numpy as np
      from exchange import serve

      def sigmoid(a): return 1 / (1 + np.exp(-a))

      def answer(case):
          p, h = case.parameters, case.initial["H"]
          hs = np.zeros((case.steps, case.batch, case.hidden_size), case.dtype)
          for t in range(case.steps):
              own = case.own[t][:, None]
              x = np.where(own, case.x[t], 0)
              a, b = ({g: v @ p[f"{w}_{g}"].T + p[f"{w}_b{g}"] for g in "zrh"}
                      for v, w in ((x, "W"), (h, "R")))
              z, r = sigmoid(a["z"] + b["z"]), sigmoid(a["r"] + b["r"])
              new = z * h + (1 - z) * np.tanh(a["h"] + r * b["h"])
              hs[t], h = np.where(own, new, 0), np.where(own, new, h)
          return {"sequence/H": hs, "final/H": h}

      serve(answer, name="a GRU")
      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let id = "onnx-gru/linear-before-reset"
    let right = try tool.run("check", id, "--", "python3", path)
    #expect(right.status == 0, "\(right.output)\(right.errors)")
    let other = try tool.run("check", "onnx-gru", "--", "python3", path)
    #expect(other.status == 1, "\(other.output)\(other.errors)")
    #expect(other.output.contains("  \(id)\n"))
    let run = try tool.run("run", id)
    #expect(run.status == 4)
    #expect(run.errors.contains("rnncheck check \(id) -- COMMAND"))
    let export = try tool.run("export", "onnx-lstm", "-o", tool.folder.path + "/q.h5")
    #expect(export.status == 0, "\(export.errors)")
    let list = try tool.run("list")
    #expect(list.output.contains("pytorch-gru"))
  }

  @Test func sixteenBitsAreJudgedByTheirOwnRoundoff() throws {
    let tool = try Tool()
    let call = #"serve(answer, name="NumPy LSTM")"#
    let other = #"serve(answer, name="NumPy LSTM", dtypes=("bfloat16",), accumulation="float32")"#
    let right = try tool.run(
      "check", "donahue-lstm", "--dtype", "bfloat16", "--", "python3",
      try adapter(tool, replacing: call, with: other))
    #expect(right.status == 0, "\(right.output)\(right.errors)")
    #expect(right.output.contains("bfloat16"))
    #expect(right.output.contains("0 depart"))
    let unknown = try tool.run(
      "check", "donahue-lstm", "--", "python3",
      try adapter(
        tool, replacing: call, with: other.replacingOccurrences(of: "=\"float32", with: "=\"int")))
    #expect(unknown.status == 2)
    #expect(unknown.errors.contains("@accumulation: 'int'"))
    let wrong = try tool.run(
      "check", "donahue-lstm", "--", "python3",
      try adapter(
        tool, replacing: call,
        with: "sigmoid = lambda a: np.clip(0.2 * a + 0.5, 0, 1)\n" + other))
    #expect(wrong.status == 1, "\(wrong.output)\(wrong.errors)")
  }

  @Test func argumentsThatMakeNoSenseAreUsageErrors() throws {
    let tool = try Tool()
    #expect(try tool.run("check", "donahue-lstm").status == 64)
    #expect(try tool.run("check", "--", "true").status == 64)
    #expect(try tool.run("check", "donahue-lstn", "--", "true").status == 64)
    #expect(try tool.run("check", "donahue-lstm", "--timeout", "0", "--", "true").status == 64)
    #expect(try tool.run("grade").status == 64)
    #expect(try tool.run("grade", "nowhere.h5").status == 2)
    #expect(try tool.run("export", "donahue-lstm", "-o", "/nowhere/q.h5").status == 2)
  }
}
