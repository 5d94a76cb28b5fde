import MultiscaleRNN
import RecurrentCells

/// d = 1: two terms of the state before.
enum OneStep: TimeDelay {
  static var steps: Int { 1 }
}

/// d = 9, longer than the sequences here.
enum NineSteps: TimeDelay {
  static var steps: Int { 9 }
}

extension Subject {
  static let multiscaleRNNs: [Subject] =
    [
      leaky(LeakyRNNReading.Learned.self, "leaky-rnn"),
      leaky(LeakyRNNReading.Fixed.self, "leaky-rnn of a fixed alpha"),
    ]
    + delayed(ThreeSteps.self) + delayed(OneStep.self) + delayed(NineSteps.self)

  private static func leaky<Reading: LeakyRNNReadingType>(
    _ reading: Reading.Type, _ description: String
  ) -> Subject {
    Subject(
      testDescription: description, double: LeakyRNNCell<Double, Reading>.self,
      float: LeakyRNNCell<Float, Reading>.self, equations: Equations(step: leakyRNN),
      output: "h", exactAtRest: false, mistake: .transpose("W"))
  }

  /// Both cells with one delay.
  private static func delayed<Delay: TimeDelay>(_ delay: Delay.Type) -> [Subject] {
    [
      Subject(
        testDescription: "skip-rnn over \(delay.steps)",
        double: SkipRNNCell<Double, Delay>.self, float: SkipRNNCell<Float, Delay>.self,
        equations: skipRNN(delay.steps), input: ("W_hs", "h"), exactAtRest: false,
        mistake: .transpose("W_d")),
      Subject(
        testDescription: "delayed-rnn by \(delay.steps)",
        double: DelayedRNNCell<Double, Delay>.self, float: DelayedRNNCell<Float, Delay>.self,
        equations: delayedRNN(delay.steps), input: ("W_hs", "h"), exactAtRest: false,
        mistake: .transpose("W")),
    ]
  }
}
