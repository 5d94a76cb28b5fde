import RecurrentCells
import VanillaRNN

extension Subject {
  static let vanillaRNNs: [Subject] =
    [
      Subject(
        testDescription: "donahue-rnn", double: DonahueRNNCell<Double>.self,
        float: DonahueRNNCell<Float>.self, equations: Equations(step: donahueRNN),
        biases: ["h": "b_h", "y": "b_y"], input: ("W_xh", "h"), mistake: .transpose("W_hh")),
      Subject(
        testDescription: "knight-rnn", double: KnightRNNCell<Double>.self,
        float: KnightRNNCell<Float>.self, equations: Equations(step: knightRNN),
        input: ("W_xh", "h"), plainOutputs: ["y"], exactAtRest: false,
        mistake: .transpose("W_hh")),
      Subject(
        testDescription: "elman-tanh", double: ElmanCell<Double, ElmanReading.Tanh>.self,
        float: ElmanCell<Float, ElmanReading.Tanh>.self, equations: elman(\.tanh),
        input: ("U", "s"), plainOutputs: ["o"], exactAtRest: false, mistake: .transpose("W")),
      Subject(
        testDescription: "elman-relu", double: ElmanCell<Double, ElmanReading.Relu>.self,
        float: ElmanCell<Float, ElmanReading.Relu>.self, equations: elman(\.relu),
        input: ("U", "s"), plainOutputs: ["o"], exactAtRest: false, differenceStep: 0x1p-16,
        mistake: .transpose("W")),
      Subject(
        testDescription: "cs224d-rnn",
        double: CS224dRNNCell<Double, CS224dRNNReading.Printed>.self,
        float: CS224dRNNCell<Float, CS224dRNNReading.Printed>.self,
        equations: cs224dRNN(.identity), input: ("W_hs", "h"), plainOutputs: ["y_hat"],
        exactAtRest: false, mistake: .transpose("W")),
      Subject(
        testDescription: "cs224d-rnn/softmax-output",
        double: CS224dRNNCell<Double, CS224dRNNReading.SoftmaxOutput>.self,
        float: CS224dRNNCell<Float, CS224dRNNReading.SoftmaxOutput>.self,
        equations: cs224dRNN(.softmax), input: ("W_hs", "h"), plainOutputs: ["y_hat"],
        exactAtRest: false, mistake: .transpose("W")),
    ]
    + padhaiRNN(SoftmaxOutput.self, .softmax) + padhaiRNN(LogisticOutput.self, .logistic)
    + padhaiRNN(IdentityOutput.self, .identity)

  /// Both readings with one output function.
  private static func padhaiRNN<O: OutputFunction>(
    _ function: O.Type, _ output: Output
  ) -> [Subject] {
    let plain = output == .logistic ? [] : ["y_hat"]
    return [
      Subject(
        testDescription: "padhai-rnn/labelling, \(output)",
        double: PadhaiRNNCell<Double, PadhaiRNNReading.Labelling, O>.self,
        float: PadhaiRNNCell<Float, PadhaiRNNReading.Labelling, O>.self,
        equations: padhaiRNNLabelling(output),
        biases: ["s": "b"].merging(output == .logistic ? ["y_hat": "c"] : [:]) { $1 },
        input: ("U", "s"), plainOutputs: plain, mistake: .transpose("W")),
      Subject(
        testDescription: "padhai-rnn/classification, \(output)",
        double: PadhaiRNNCell<Double, PadhaiRNNReading.Classification, O>.self,
        float: PadhaiRNNCell<Float, PadhaiRNNReading.Classification, O>.self,
        equations: padhaiRNNClassification(output),
        biases: ["s": "b"].merging(output == .logistic ? ["y_hat": "c"] : [:]) { $1 },
        input: ("U", "s"), plainOutputs: plain, mistake: .transpose("W")),
    ]
  }
}
