import Foundation
import Subprocess

/// A command of the user's, run under limits.
struct Command: Sendable {
  /// How a command ended.
  struct Outcome: Sendable {
    let status: TerminationStatus
    let isTimeOut: Bool
    /// The last of stdout and of stderr.
    let output, errors: Data
  }

  /// What a command may use.
  struct Limits: Sendable {
    /// How long it may run.
    var time: Duration
    /// The largest file that it may write.
    var fileBytes = 1 << 31
    /// How much memory it may address; nil for any.
    var memoryBytes: Int?
    /// How much of what it writes is kept, from the end.
    var keptBytes = 1 << 16
  }

  let arguments: [String]
  let limits: Limits

  /// Runs the command to its end in a session of its own, and kills whatever is left of that afterwards.
  ///
  /// - Throws: `SubprocessError` where it cannot be started; `CancellationError`.
  func run() async throws -> Outcome {
    var options = PlatformOptions()
    options.createSession = true
    options.teardownSequence = [
      .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(1))
    ]
    let result = try await Subprocess.run(
      .path("/bin/sh"), arguments: Arguments(["-c", script, "sh"] + arguments),
      platformOptions: options, input: .none, output: .sequence, error: .sequence
    ) { execution in
      let group = execution.processIdentifier.value
      // Its children outlive it and hold its output open, unless they go with it.
      defer { kill(-group, SIGKILL) }
      async let output = tail(of: execution.standardOutput)
      async let errors = tail(of: execution.standardError)
      let isTimeOut = try await waitOut(group)
      kill(-group, SIGKILL)
      return (isTimeOut: isTimeOut, output: try await output, errors: try await errors)
    }
    return Outcome(
      status: result.terminationStatus, isTimeOut: result.closureResult.isTimeOut,
      output: result.closureResult.output, errors: result.closureResult.errors)
  }

  /// The limits that a shell sets, in its units of 512 and 1024 bytes; macOS has none for memory.
  private var script: String {
    let files = "ulimit -f \(limits.fileBytes / 512)"
    let memory = limits.memoryBytes.map { "; ulimit -v \($0 / 1024) 2>/dev/null" } ?? ""
    return files + memory + #"; exec "$@""#
  }

  /// Waits until a process has ended, or its time is up.
  ///
  /// The process stays to be collected by whoever started it.
  private func waitOut(_ process: pid_t) async throws -> Bool {
    let end = ContinuousClock.now + limits.time
    var pause = Duration.milliseconds(1)
    while ContinuousClock.now < end {
      var information = siginfo_t()
      let found = waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT)
      if found != 0 || information.si_signo == SIGCHLD { return false }
      try await Task.sleep(for: pause)
      pause = min(pause * 2, .milliseconds(50))
    }
    return true
  }

  private func tail(of sequence: SubprocessOutputSequence) async throws -> Data {
    var kept = Data()
    for try await buffer in sequence {
      buffer.withUnsafeBytes { kept.append(contentsOf: $0) }
      if kept.count > 2 * limits.keptBytes { kept = Data(kept.suffix(limits.keptBytes)) }
    }
    return Data(kept.suffix(limits.keptBytes))
  }
}
