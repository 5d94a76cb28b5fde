import DonahueLSTM
import Equations
import GRU
import GatedLSTM
import MultiscaleRNN
import PadhaiLSTM
import RecurrentCells
import VanillaRNN

extension Catalogue {
  /// The RNNs without gates, each from its own document.
  static var vanillaRNNs: [Entry] {
    [
      Entry(
        declaration: .donahueRNN,
        subject: CellSubject(DonahueRNNCell<Double>.self, DonahueRNNCell<Float>.self)),
      Entry(
        declaration: .knightRNN,
        subject: CellSubject(KnightRNNCell<Double>.self, KnightRNNCell<Float>.self)),
      Entry(
        declaration: .knightRNNOneToMany,
        subject: CellSubject(
          KnightRNNOneToManyCell<Double>.self, KnightRNNOneToManyCell<Float>.self)),
      Entry(
        declaration: .elmanTanh,
        subject: CellSubject(
          ElmanCell<Double, ElmanReading.Tanh>.self,
          ElmanCell<Float, ElmanReading.Tanh>.self)),
      Entry(
        declaration: .elmanReLU,
        subject: CellSubject(
          ElmanCell<Double, ElmanReading.Relu>.self,
          ElmanCell<Float, ElmanReading.Relu>.self)),
      Entry(
        declaration: .elmanTanhBidirectional,
        subject: CellSubject(
          ElmanBidirectionalCell<Double>.self, ElmanBidirectionalCell<Float>.self)),
      Entry(
        declaration: .elmanTanhDeep,
        subject: CellSubject(ElmanDeepCell<Double>.self, ElmanDeepCell<Float>.self)),
      Entry(
        declaration: .elmanTanhDeepBidirectional,
        subject: CellSubject(
          ElmanDeepBidirectionalCell<Double>.self, ElmanDeepBidirectionalCell<Float>.self)),
      Entry(
        declaration: .cs224dRNN,
        subject: CellSubject(
          CS224dRNNCell<Double, CS224dRNNReading.Printed>.self,
          CS224dRNNCell<Float, CS224dRNNReading.Printed>.self)),
      Entry(
        declaration: .cs224dRNNSoftmax,
        subject: CellSubject(
          CS224dRNNCell<Double, CS224dRNNReading.SoftmaxOutput>.self,
          CS224dRNNCell<Float, CS224dRNNReading.SoftmaxOutput>.self)),
      Entry(
        declaration: .padhaiRNN,
        subject: CellSubject(
          PadhaiRNNCell<Double, PadhaiRNNReading.Labelling, SoftmaxOutput>.self,
          PadhaiRNNCell<Float, PadhaiRNNReading.Labelling, SoftmaxOutput>.self)),
      Entry(
        declaration: .padhaiRNNClassification,
        subject: CellSubject(
          PadhaiRNNCell<Double, PadhaiRNNReading.Classification, SoftmaxOutput>.self,
          PadhaiRNNCell<Float, PadhaiRNNReading.Classification, SoftmaxOutput>.self)),
      Entry(
        declaration: .padhaiRNNLogisticOutput,
        subject: CellSubject(
          PadhaiRNNCell<Double, PadhaiRNNReading.Labelling, LogisticOutput>.self,
          PadhaiRNNCell<Float, PadhaiRNNReading.Labelling, LogisticOutput>.self)),
      Entry(
        declaration: .padhaiRNNIdentityOutput,
        subject: CellSubject(
          PadhaiRNNCell<Double, PadhaiRNNReading.Labelling, IdentityOutput>.self,
          PadhaiRNNCell<Float, PadhaiRNNReading.Labelling, IdentityOutput>.self)),
      Entry(
        declaration: .padhaiRNNClassificationLogistic,
        subject: CellSubject(
          PadhaiRNNCell<Double, PadhaiRNNReading.Classification, LogisticOutput>.self,
          PadhaiRNNCell<Float, PadhaiRNNReading.Classification, LogisticOutput>.self)),
    ]
  }

  /// The RNNs of several time scales.
  static var multiscaleRNNs: [Entry] {
    [
      Entry(
        declaration: .leakyRNN,
        subject: CellSubject(
          LeakyRNNCell<Double, LeakyRNNReading.Learned>.self,
          LeakyRNNCell<Float, LeakyRNNReading.Learned>.self)),
      Entry(
        declaration: .leakyRNNFixed,
        subject: CellSubject(
          LeakyRNNCell<Double, LeakyRNNReading.Fixed>.self,
          LeakyRNNCell<Float, LeakyRNNReading.Fixed>.self)),
      Entry(
        declaration: .skipRNN,
        subject: CellSubject(
          SkipRNNCell<Double, ThreeSteps>.self,
          SkipRNNCell<Float, ThreeSteps>.self)),
      Entry(
        declaration: .delayedRNN,
        subject: CellSubject(
          DelayedRNNCell<Double, ThreeSteps>.self,
          DelayedRNNCell<Float, ThreeSteps>.self)),
    ]
  }

  /// The LSTMs.
  static var lstms: [Entry] {
    [
      Entry(
        declaration: .donahueLSTM,
        subject: CellSubject(DonahueLSTMCell<Double>.self, DonahueLSTMCell<Float>.self)),
      Entry(
        declaration: .knightLSTM,
        subject: CellSubject(KnightLSTMCell<Double>.self, KnightLSTMCell<Float>.self)),
      Entry(
        declaration: .cs224dLSTM,
        subject: CellSubject(CS224dLSTMCell<Double>.self, CS224dLSTMCell<Float>.self)),
      Entry(
        declaration: .padhaiLSTM,
        subject: CellSubject(
          PadhaiLSTMCell<Double, PadhaiLSTMReading.Canonical>.self,
          PadhaiLSTMCell<Float, PadhaiLSTMReading.Canonical>.self)),
      Entry(
        declaration: .padhaiLSTMSoftmaxOutput, subject: padhaiLSTM(output: SoftmaxOutput.self)),
      Entry(
        declaration: .padhaiLSTMLogisticOutput, subject: padhaiLSTM(output: LogisticOutput.self)),
      Entry(
        declaration: .padhaiLSTMIdentityOutput, subject: padhaiLSTM(output: IdentityOutput.self)),
      Entry(
        declaration: .padhaiLSTMLinearWrite,
        subject: CellSubject(
          PadhaiLSTMCell<Double, PadhaiLSTMReading.LinearWrite>.self,
          PadhaiLSTMCell<Float, PadhaiLSTMReading.LinearWrite>.self)),
      Entry(
        declaration: .padhaiLSTMPrintedCandidate,
        subject: CellSubject(
          PadhaiLSTMCell<Double, PadhaiLSTMReading.PrintedCandidate>.self,
          PadhaiLSTMCell<Float, PadhaiLSTMReading.PrintedCandidate>.self)),
    ]
  }

  private static func padhaiLSTM<O: OutputFunction>(output: O.Type) -> any Subject {
    CellSubject(
      PadhaiLSTMOutputCell<Double, PadhaiLSTMReading.Canonical, O>.self,
      PadhaiLSTMOutputCell<Float, PadhaiLSTMReading.Canonical, O>.self)
  }

  /// The GRUs.
  static var grus: [Entry] {
    [
      Entry(
        declaration: .cs224dGRU,
        subject: CellSubject(
          CS224dGRUCell<Double, CS224dGRUReading.Canonical>.self,
          CS224dGRUCell<Float, CS224dGRUReading.Canonical>.self)),
      Entry(
        declaration: .cs224dGRUResetBefore,
        subject: CellSubject(
          CS224dGRUCell<Double, CS224dGRUReading.ResetBefore>.self,
          CS224dGRUCell<Float, CS224dGRUReading.ResetBefore>.self)),
      Entry(
        declaration: .padhaiGRU,
        subject: CellSubject(PadhaiGRUCell<Double>.self, PadhaiGRUCell<Float>.self)),
    ]
  }
}
