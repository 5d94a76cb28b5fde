import MultiscaleRNN
import RecurrentCells
import RealModule
import Tensors
import Testing
import VanillaRNN

@Suite("Several time scales")
struct MultiscaleTests {
  typealias Leaky = LeakyRNNCell<Double, LeakyRNNReading.Learned>
  typealias Fixed = LeakyRNNCell<Double, LeakyRNNReading.Fixed>

  static let outside: [Double] = [-0.25, -.leastNonzeroMagnitude, 1.0.nextUp]
  static let infinite: [Double] = [.infinity, -.infinity, .nan]

  @Test("a fixed leak outside 0…1 is refused", arguments: outside + infinite)
  func fixedLeakOutside(alpha: Double) {
    var parameters = Sample(of: Fixed.self, Sizes()).parameters
    parameters["alpha"]?[2] = alpha
    let set = ParameterSet(parameters)
    let error = #expect(throws: CellError.self) { try Fixed(set) }
    #expect(error?.code == .value && error?.name == "alpha", "\(error as Any)")
    #expect(error?.message.contains("unit 2, expected 0…1") == true)
    let both = Sample(of: BidirectionalCell<Fixed>.self, Sizes()).parameters
      .merging(["alpha_backward": set.tensors["alpha", default: Tensor(zeros: [4])]]) { $1 }
    let composed = #expect(throws: CellError.self) {
      try BidirectionalCell<Fixed>(ParameterSet(both))
    }
    #expect(composed?.code == .value && composed?.name == "alpha_backward")
  }

  @Test("a learned leak that is no finite number is refused", arguments: infinite)
  func infiniteLeak(alpha: Double) {
    var parameters = Sample(of: Leaky.self, Sizes()).parameters
    parameters["alpha"]?[2] = alpha
    let set = ParameterSet(parameters)
    let error = #expect(throws: CellError.self) { try Leaky(set) }
    #expect(error?.code == .value && error?.name == "alpha", "\(error as Any)")
  }

  @Test("a learned leak may leave 0…1 and follows the equation there", arguments: outside)
  func learnedLeakOutside(alpha: Double) throws {
    var sample = Sample(of: Leaky.self, Sizes())
    sample.parameters["alpha"]?[2] = alpha
    let cell = try Leaky(ParameterSet(sample.parameters))
    let trace = try cell.forward(sample.batch)
    #expect(Reference(sample, equations: Equations(step: leakyRNN)).departures(of: trace) == [])
  }

  @Test("a finite difference at the ends of 0…1 is taken", arguments: [0.0, 1])
  func differenceAtTheEnds(alpha: Double) throws {
    let subject = try #require(Subject.plain.first { $0.testDescription == "leaky-rnn" })
    var sample = Sample(of: Leaky.self, Sizes())
    sample.parameters["alpha"]?[2] = alpha
    let cell = try Leaky(ParameterSet(sample.parameters))
    let found = try cell.backward(cell.forward(sample.batch), upstream: sample.upstream)
    #expect(try FiniteDifferences<Leaky>(sample, subject).departures(of: found) == [])
    // A fixed one is changed for single columns, as where all differences go through one batch.
    for delta in [-0x1p-5, 0x1p-5] {
      let set = ParameterSet(
        sample.parameters, changes: ["alpha": [.init(column: 1, position: 2, delta: delta)]])
      #expect(throws: Never.self) { try Fixed(set).forward(sample.batch) }
    }
  }

  @Test("a leak of 0 is the standard RNN, and one of 1 keeps the state")
  func ends() throws {
    var sample = Sample(of: Leaky.self, Sizes())
    sample.parameters["alpha"] = try Tensor(shape: [4], scalars: [0, 0, 1, 1])
    let h = try #require(Leaky(ParameterSet(sample.parameters)).forward(sample.batch).signals["h"])
    let one = try #require(sample.batch.initial["h"])
    for step in 0..<5 {
      for element in 0..<3 {
        #expect(h.vector(step, element)[2...] == one.row(element)[2...])
      }
    }
    // One step from the same state: the units of leak 0 are those of the standard RNN, to the bit.
    typealias Standard = CS224dRNNCell<Double, CS224dRNNReading.Printed>
    var parameters = sample.parameters
    parameters["alpha"] = nil
    parameters["W_S"] = Tensor(zeros: [1, 4])
    let standard = try Standard(ParameterSet(parameters)).forward(sample.batch).signals["h"]
    #expect(h.vector(0, 1)[..<2] == standard?.vector(0, 1)[..<2])
  }

  @Test("a fixed leak has no gradient, and all others are those of a learned one")
  func fixedLeak() throws {
    let sample = Sample(of: Leaky.self, Sizes())
    let set = ParameterSet(sample.parameters)
    let trace = try Leaky(set).forward(sample.batch)
    var learned = try Leaky(set).backward(trace, upstream: sample.upstream)
    let fixed = try Fixed(set).backward(trace, upstream: sample.upstream)
    #expect(learned.parameters["alpha"]?.scalars.allSatisfy { $0 != 0 } == true)
    learned.parameters["alpha"] = nil
    #expect(fixed == learned)
  }

  /// No delay at all.
  enum NoStep: TimeDelay {
    static var steps: Int { 0 }
  }

  /// A delay into the future.
  enum Backwards: TimeDelay {
    static var steps: Int { -1 }
  }

  /// A delay longer than any sequence.
  enum Endless: TimeDelay {
    static var steps: Int { .max }
  }

  @Test("a delay below 1 is refused")
  func noDelay() {
    let skip = ParameterSet(Sample(of: SkipRNNCell<Double, OneStep>.self, Sizes()).parameters)
    let delayed = ParameterSet(
      Sample(of: DelayedRNNCell<Double, OneStep>.self, Sizes()).parameters)
    let errors = [
      #expect(throws: CellError.self) { try SkipRNNCell<Double, NoStep>(skip) },
      #expect(throws: CellError.self) { try SkipRNNCell<Double, Backwards>(skip) },
      #expect(throws: CellError.self) { try DelayedRNNCell<Double, NoStep>(delayed) },
      #expect(throws: CellError.self) { try DelayedRNNCell<Double, Backwards>(delayed) },
    ]
    for error in errors { #expect(error?.code == .value && error?.name == "d") }
  }

  @Test("any delay longer than the sequence reads the initial state")
  func longDelay() throws {
    let sample = Sample(of: SkipRNNCell<Double, NineSteps>.self, Sizes(lengths: [5, 0, 2]))
    let set = ParameterSet(sample.parameters)
    let nine = try SkipRNNCell<Double, NineSteps>(set)
    let endless = try SkipRNNCell<Double, Endless>(set)
    let (trace, other) = (try nine.forward(sample.batch), try endless.forward(sample.batch))
    #expect(trace.signals == other.signals && trace.final == other.final)
    #expect(
      try nine.backward(trace, upstream: sample.upstream)
        == endless.backward(other, upstream: sample.upstream))
  }

  @Test("a delay of one step is the RNN without it")
  func shortDelay() throws {
    typealias Standard = CS224dRNNCell<Double, CS224dRNNReading.Printed>
    let sample = Sample(of: DelayedRNNCell<Double, OneStep>.self, Sizes(lengths: [5, 0, 2]))
    let delayed = try DelayedRNNCell<Double, OneStep>(ParameterSet(sample.parameters))
    var parameters = sample.parameters
    parameters["W_S"] = Tensor(zeros: [1, 4])
    let standard = try Standard(ParameterSet(parameters))
    let (trace, other) = (try delayed.forward(sample.batch), try standard.forward(sample.batch))
    #expect(trace.signals["h"] == other.signals["h"] && trace.final == other.final)
    let found = try delayed.backward(trace, upstream: sample.upstream)
    let expected = try standard.backward(other, upstream: sample.upstream)
    #expect(found.x == expected.x && found.initial == expected.initial)
    #expect(found.parameters["W"] == expected.parameters["W"])
    #expect(found.signals["h"] == expected.signals["h"])
  }
}
