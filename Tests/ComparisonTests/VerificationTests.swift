import Comparison
import DonahueLSTM
import Equations
import GRU
import Testing

/// The numbers' word on maps that are given to them, right and wrong.
@Suite struct VerificationTests {
  private func outcome(
    _ a: Declaration, _ b: Declaration, signals: [String: String], parameters: [String: String],
    complemented: Set<String> = []
  ) throws -> NumericalCheck.Outcome {
    let (left, right) = (try Formulation(a), try Formulation(b))
    func symbol(_ name: String, in formulation: Formulation) throws -> Symbol {
      try #require(
        (formulation.signals + formulation.parameters.map(\.symbol)).first { $0.name == name })
    }
    var map = SignalMap()
    for (x, y) in signals { map.match(try symbol(x, in: left), with: try symbol(y, in: right)) }
    let relations = try parameters.map { x, y in
      ParameterMap.Relation(
        b: [
          SignedSlot(Slot(try symbol(y.filter { $0 != "-" }, in: right)))
        ], a: [SignedSlot(Slot(try symbol(x, in: left)), isNegative: y.hasPrefix("-"))])
    }
    return NumericalCheck(
      SharedNumbers(
        a: left, b: right, map: map,
        complemented: Set(try complemented.map { try symbol($0, in: left) }),
        parameters: ParameterMap(relations: relations))
    ).outcome(tied: false)
  }

  private static let letters = ["i": "d", "f": "k", "o": "p", "g": "e", "c": "m", "h": "q"]
  private static let parameters = Dictionary(
    uniqueKeysWithValues: ["i": "d", "f": "k", "o": "p", "c": "e"].flatMap { gate, other in
      [("W_x\(gate)", "V_\(other)"), ("W_h\(gate)", "R_\(other)"), ("b_\(gate)", "a_\(other)")]
    })

  private func isRejected(_ outcome: NumericalCheck.Outcome) -> Bool {
    if case .departs = outcome { return true }
    return false
  }

  @Test func theRightMapAgrees() throws {
    let found = try outcome(
      .donahueLSTM, Cells.shuffledLSTM, signals: Self.letters, parameters: Self.parameters)
    guard case .agrees(let numbers, let cases) = found else {
      Issue.record("\(found)")
      return
    }
    #expect(numbers > 200)
    #expect(cases == 2)
  }

  @Test(arguments: [
    ("W_xi", "W_xf"), ("W_hi", "W_hc"), ("b_o", "b_c"), ("W_hf", "W_ho"),
  ])
  func twoParametersExchangedAreRejected(_ pair: (String, String)) throws {
    var wrong = Self.parameters
    wrong.swapAt(pair.0, pair.1)
    let found = try outcome(
      .donahueLSTM, Cells.shuffledLSTM, signals: Self.letters, parameters: wrong)
    #expect(isRejected(found))
  }

  @Test(arguments: Array(parameters.keys).sorted())
  func aWrongSignIsRejected(_ parameter: String) throws {
    var wrong = Self.parameters
    wrong[parameter] = "-" + (wrong[parameter] ?? "")
    let found = try outcome(
      .donahueLSTM, Cells.shuffledLSTM, signals: Self.letters, parameters: wrong)
    #expect(isRejected(found))
  }

  @Test(arguments: Array(parameters.keys).sorted())
  func aParameterLeftOutIsRejected(_ parameter: String) throws {
    var wrong = Self.parameters
    wrong[parameter] = nil
    let found = try outcome(
      .donahueLSTM, Cells.shuffledLSTM, signals: Self.letters, parameters: wrong)
    #expect(isRejected(found))
  }

  @Test func exchangedSignalsAreRejected() throws {
    var wrong = Self.letters
    wrong.swapAt("i", "f")
    let found = try outcome(
      .donahueLSTM, Cells.shuffledLSTM, signals: wrong, parameters: Self.parameters)
    #expect(isRejected(found))
  }

  @Test func polarityNeedsItsSigns() throws {
    let signals = ["h": "h", "h_tilde": "n", "z": "z", "r": "r"]
    let plain = [
      "W": "B_n", "W_x": "A_n", "W_r": "B_r", "U_r": "A_r", "b_r": "b_r", "W_z": "-B_z",
      "U_z": "-A_z", "b_z": "-b_z",
    ]
    let right = try outcome(
      .cs224dGRU, Cells.swappedGRU, signals: signals, parameters: plain, complemented: ["z"])
    #expect(!isRejected(right))
    let uncomplemented = try outcome(
      .cs224dGRU, Cells.swappedGRU, signals: signals, parameters: plain)
    #expect(isRejected(uncomplemented))
    var unsigned = plain
    unsigned["b_z"] = "b_z"
    let wrong = try outcome(
      .cs224dGRU, Cells.swappedGRU, signals: signals, parameters: unsigned, complemented: ["z"])
    #expect(isRejected(wrong))
  }

  @Test func anotherCellIsRejected() throws {
    let found = try outcome(
      .cs224dGRU, .cs224dGRUResetBefore,
      signals: ["h": "h", "h_tilde": "h_tilde", "z": "z", "r": "r"],
      parameters: Dictionary(
        uniqueKeysWithValues: ["W", "W_x", "W_z", "U_z", "b_z", "W_r", "U_r", "b_r"].map {
          ($0, $0)
        }))
    #expect(isRejected(found))
  }
}

extension Dictionary {
  fileprivate mutating func swapAt(_ x: Key, _ y: Key) {
    (self[x], self[y]) = (self[y], self[x])
  }
}
