import BallArithmetic
import Foundation
import Testing

/// mpmath, an implementation that shares no code with Arb, asked over a pipe.
private enum Mpmath {
  static let isInstalled = (try? run("import mpmath", input: ""))?.status == 0

  /// The values of a function in 1200 bits, as sign, hexadecimal mantissa and exponent of two.
  static func values(of expression: String, at arguments: [Double]) throws -> [Ball] {
    let program = """
      import sys
      from mpmath import mp, mpf, ldexp
      mp.prec = 1200
      for line in sys.stdin:
          x = mpf(float.fromhex(line))
          sign, mantissa, exponent, _ = (\(expression))._mpf_
          print(sign, '%x' % mantissa, exponent)
      """
    let input = arguments.map { $0.hexadecimal + "\n" }.joined()
    let (status, output) = try run(program, input: input)
    try #require(status == 0)
    let balls = output.split(separator: "\n").compactMap { Ball(mpmath: $0) }
    try #require(balls.count == arguments.count)
    return balls
  }

  private static func run(
    _ program: String, input: String
  ) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program]
    let (standardInput, standardOutput) = (Pipe(), Pipe())
    process.standardInput = standardInput
    process.standardOutput = standardOutput
    process.standardError = FileHandle.nullDevice
    try process.run()
    try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try standardInput.fileHandleForWriting.close()
    let output = try standardOutput.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}

extension Double {
  /// The number as C's "%a" and Python's `float.fromhex` write it.
  fileprivate var hexadecimal: String { String(format: "%a", self) }
}

extension Ball {
  /// A line of sign, hexadecimal mantissa and exponent, exactly.
  fileprivate init?(mpmath line: Substring) {
    let fields = line.split(separator: " ")
    guard fields.count == 3, let exponent = Int(fields[2]) else { return nil }
    var mantissa = Ball.zero
    for digit in fields[1] {
      guard let value = digit.hexDigitValue else { return nil }
      mantissa = mantissa.scaled(byPowerOfTwo: 4).plus(Ball(value))
    }
    let magnitude = mantissa.scaled(byPowerOfTwo: exponent)
    self = fields[0] == "0" ? magnitude : -magnitude
  }
}

@Suite("Against mpmath", .enabled(if: Mpmath.isInstalled, "python3 with mpmath is not installed"))
struct MpmathTests {
  @Test(
    "functions to 200 digits",
    arguments: [
      ("exp", "mp.exp(x)"), ("tanh", "mp.tanh(x)"), ("logistic", "1 / (1 + mp.exp(-x))"),
      ("squareRoot", "mp.sqrt(abs(x))"), ("log", "mp.log(abs(x))"),
    ])
  func functions(name: String, expression: String) throws {
    let named = try #require(NamedFunction.all.first { $0.testDescription == name })
    var generator = SplitMix64(seed: 200)
    let ordinary = (0..<150).map { _ in generator.double(exponents: -8...6) }
    let tiny = (0..<30).map { _ in generator.double(exponents: -1074 ... -9) }
    let large = (0..<30).map { _ in generator.double(exponents: 7...60) }
    let arguments = ordinary + tiny + large
    let digits200: Ball.Precision = 672
    for (x, expected) in zip(arguments, try Mpmath.values(of: expression, at: arguments)) {
      let value = named.function(Ball(x), digits200)
      #expect(value.contains(expected), "\(name)(\(x)) = \(expected), not \(value)")
      #expect(value.accuracyBits >= digits200.bits - 8, "\(name)(\(x))")
    }
  }
}
