import Equations
import Oracle
import Tensors
import Testing

@Suite("How far numbers that are not finite reach")
struct ReachTests {
  static let sizes = Sizes(input: 3, hidden: 2, output: 2)

  /// A ragged case, and the same with one input that is not finite.
  private func problems(
    _ declaration: Declaration, _ number: Double
  ) throws -> (reference: Reference, finite: Case<Double>, poisoned: Case<Double>) {
    let formulation = try Formulation(declaration)
    var sizes = Self.sizes
    if formulation.tiesInputToHidden { sizes.input = sizes.hidden }
    let finite = Systems.problem(
      formulation, sizes: sizes, steps: 4, batch: 3, lengths: [4, 4, 2], seed: 5)
    var poisoned = finite
    poisoned.batch.x[2, 1, 0] = number
    return (try Reference(formulation), finite, poisoned)
  }

  @Test(
    "what is said of an element is so in an evaluation",
    arguments: Systems.all, [Double.nan, .infinity, -.infinity])
  func holds(_ declaration: Declaration, _ number: Double) throws {
    let (reference, finite, poisoned) = try problems(declaration, number)
    let right = try reference.answers(to: finite, in: Double.self)
    let answers = try reference.answers(to: poisoned, in: Double.self)
    let reach = try reference.reach(of: poisoned)
    #expect(Set(reach.keys) == Set(answers.keys))
    for (quantity, tensor) in answers {
      let reaches = try #require(reach[quantity])
      #expect(reaches.count == tensor.count)
      for (index, reach) in reaches.enumerated() {
        let found = tensor[index]
        let holds =
          switch reach {
          case .untouched: found == right[quantity]?[index]
          case .finite: found.isFinite
          case .saturated(let value): found == value
          case .infinite(let sign): found.isInfinite && found.sign == sign
          case .notANumber: found.isNaN
          case .open: true
          }
        #expect(holds, "\(quantity.path)[\(index)]: \(found) is not \(reach)")
      }
    }
  }

  @Test(
    "no earlier step and no other sequence is reached where nothing runs backward",
    arguments: Systems.all.filter {
      !["backward-lstm", "bidirectional", "there-and-back"].contains($0.id)
    })
  func paths(_ declaration: Declaration) throws {
    let (reference, _, poisoned) = try problems(declaration, .nan)
    let reach = try reference.reach(of: poisoned)
    let formulation = reference.formulation
    for signal in formulation.signals where !formulation.isAtOneStepAlone(signal) {
      let reaches = try #require(reach[.sequence(signal.name)])
      let width = reaches.count / 12
      for (index, reach) in reaches.enumerated() {
        let (step, element) = (index / width).quotientAndRemainder(dividingBy: 3)
        if step < 2 || element != 1 { #expect(reach == .untouched) }
      }
    }
    let inputs = try #require(reach[.inputs("x")])
    let width = inputs.count / 12
    for (index, reach) in inputs.enumerated() where (index / width) % 3 != 1 {
      #expect(reach == .untouched)
    }
    // And it is not that nothing is reached, but where the input of a later step is not read.
    guard !formulation.readsFirstInputAlone else { return }
    #expect(reach.values.joined().contains { $0 == .notANumber || $0 == .open })
  }

  @Test("σ and tanh of an infinity are at their ends")
  func saturation() throws {
    let (reference, _, poisoned) = try problems(Systems.named("lstm"), .infinity)
    let reach = try reference.reach(of: poisoned)
    for (gate, ends) in [("i", [0.0, 1]), ("g", [-1, 1])] {
      let reaches = try #require(reach[.sequence(gate)])
      for unit in 0..<2 {
        guard case .saturated(let value) = reaches[(2 * 3 + 1) * 2 + unit] else {
          Issue.record("\(gate) is not saturated")
          continue
        }
        #expect(ends.contains(value))
      }
    }
  }
}

extension ReachTests {
  /// Where the state reads its activation alone, the last step's gradient is its upstream gradient and what the
  /// activation's slope, NaN here, makes of a gradient that is not there: one program leaves it out, another
  /// multiplies by zero.
  @Test("what would multiply a gradient beyond the sequence is open")
  func beyond() throws {
    let declaration = Declaration(
      id: "before-f", title: "a state before f", document: Document(key: "test", title: "test"),
      lines: [#"h_t = W \varphi(h_{t-1}) + U x_t"#],
      notation: Notation(functions: ["varphi": .tanh]), outputs: ["h"])
    let (reference, _, poisoned) = try problems(declaration, .nan)
    let inputs = try #require(try reference.reach(of: poisoned)[.inputs("x")])
    func reach(step: Int) -> Reach { inputs[(step * 3 + 1) * 3] }
    #expect(reach(step: 3) == .open)
    #expect(reach(step: 2) == .notANumber)
    #expect(reach(step: 0) == .notANumber)
    // The sequences without NaN have gradients beyond their ends too.
    #expect(inputs.indices.allSatisfy { $0 / 3 % 3 == 1 || inputs[$0] == .untouched })
  }
}
