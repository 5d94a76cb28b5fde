import DonahueLSTM
import GatedLSTM
import MultiscaleRNN
import PadhaiLSTM
import RecurrentCells
import VanillaRNN

/// Three layers.
enum ThreeLayers: LayerCount {
  static var layers: Int { 3 }
}

extension Subject {
  /// The networks of the documents, and compositions that differ in what is composed.
  static let composed: [Subject] = elmanNetworks + others

  /// Every plain cell in both directions, in two layers, and both.
  static let everyComposition: [Subject] = plain.flatMap { plain in
    func all<Wide: ComposableCell<Double>, Narrow: ComposableCell<Float>>(
      _ wide: Wide.Type, _ narrow: Narrow.Type
    ) -> [Subject] {
      [
        plain.bidirectional(wide, narrow), plain.deep(wide, narrow, TwoLayers.self),
        plain.bidirectional(wide, narrow).deep(
          BidirectionalCell<Wide>.self, BidirectionalCell<Narrow>.self, TwoLayers.self),
      ]
    }
    func openNarrow<Wide: ComposableCell<Double>>(_ wide: Wide.Type) -> [Subject] {
      func open<Narrow: ComposableCell<Float>>(_ narrow: Narrow.Type) -> [Subject] {
        all(wide, narrow)
      }
      return open(plain.float)
    }
    return openNarrow(plain.double)
  }

  private static func named(_ description: String) -> Subject? {
    plain.first { $0.testDescription == description }
  }

  private static var elmanNetworks: [Subject] {
    let s = Equations { p, x, last in
      [
        "s": p.affine(("U", x), ("W", last["s"] ?? []), nil, units: p.rows("W"))
          .map(\.tanh)
      ]
    }
    let both = BidirectionalEquations(inner: s)
    let directions = ["s_forward", "s_backward"]
    return [
      Subject(
        testDescription: "elman-bidirectional", double: ElmanBidirectionalCell<Double>.self,
        float: ElmanBidirectionalCell<Float>.self,
        equations: OutputEquations(
          inner: both, function: .softmax, hasBias: false, passedUp: directions),
        mistake: .swap("U_forward", "U_backward")),
      Subject(
        testDescription: "elman-deep", double: ElmanDeepCell<Double>.self,
        float: ElmanDeepCell<Float>.self,
        equations: OutputEquations(
          inner: DeepEquations(inner: s, layers: 2, passedUp: ["s"]), function: .softmax,
          hasBias: false, passedUp: ["s_2"]),
        mistake: .swap("W_1", "W_2")),
      Subject(
        testDescription: "elman-deep-bidirectional",
        double: ElmanDeepBidirectionalCell<Double>.self,
        float: ElmanDeepBidirectionalCell<Float>.self,
        equations: OutputEquations(
          inner: DeepEquations(inner: both, layers: 2, passedUp: directions), function: .softmax,
          hasBias: false, passedUp: ["s_2_forward", "s_2_backward"]),
        mistake: .swap("U_2_forward", "U_2_backward")),
    ]
  }

  private static var others: [Subject] {
    typealias Padhai<Scalar: CellScalar> = PadhaiLSTMCell<Scalar, PadhaiLSTMReading.Canonical>
    typealias Classifier<Scalar: CellScalar> =
      PadhaiRNNCell<Scalar, PadhaiRNNReading.Classification, LogisticOutput>
    typealias Skip<Scalar: CellScalar> = SkipRNNCell<Scalar, ThreeSteps>
    typealias Leaky<Scalar: CellScalar> = LeakyRNNCell<Scalar, LeakyRNNReading.Fixed>
    typealias Donahue<Scalar: CellScalar> = DonahueLSTMCell<Scalar>
    return [
      named("knight-rnn")?.oneToMany(KnightRNNCell<Double>.self, KnightRNNCell<Float>.self),
      named("padhai-lstm")?.bidirectional(Padhai<Double>.self, Padhai<Float>.self),
      named("padhai-rnn/classification, logistic")?
        .bidirectional(Classifier<Double>.self, Classifier<Float>.self)
        .deep(
          BidirectionalCell<Classifier<Double>>.self, BidirectionalCell<Classifier<Float>>.self,
          TwoLayers.self),
      named("skip-rnn over 3")?.bidirectional(Skip<Double>.self, Skip<Float>.self),
      named("leaky-rnn of a fixed alpha")?.bidirectional(Leaky<Double>.self, Leaky<Float>.self),
      named("knight-lstm")?
        .deep(KnightLSTMCell<Double>.self, KnightLSTMCell<Float>.self, ThreeLayers.self),
      // Directions of deep cells, not layers of both directions.
      named("donahue-rnn")?
        .deep(DonahueRNNCell<Double>.self, DonahueRNNCell<Float>.self, TwoLayers.self)
        .bidirectional(
          DeepCell<DonahueRNNCell<Double>, TwoLayers>.self,
          DeepCell<DonahueRNNCell<Float>, TwoLayers>.self),
      named("donahue-lstm")?
        .bidirectional(Donahue<Double>.self, Donahue<Float>.self)
        .output(
          BidirectionalCell<Donahue<Double>>.self, BidirectionalCell<Donahue<Float>>.self,
          LogisticOutput.self, .logistic, OutputBias.Added.self),
    ].compactMap { $0 }
  }
}

extension Subject {
  /// This cell in both directions.
  func bidirectional<Wide: ComposableCell<Double>, Narrow: ComposableCell<Float>>(
    _: Wide.Type, _: Narrow.Type
  ) -> Subject {
    Subject(
      testDescription: "bidirectional \(testDescription)", double: BidirectionalCell<Wide>.self,
      float: BidirectionalCell<Narrow>.self, equations: BidirectionalEquations(inner: equations),
      differenceStep: differenceStep,
      mistake: .swap("\(mistake.parameter)_forward", "\(mistake.parameter)_backward"))
  }

  /// Layers of this cell.
  func deep<
    Wide: ComposableCell<Double>, Narrow: ComposableCell<Float>, Layers: LayerCount
  >(_: Wide.Type, _: Narrow.Type, _: Layers.Type) -> Subject {
    Subject(
      testDescription: "\(Layers.layers) layers of \(testDescription)",
      double: DeepCell<Wide, Layers>.self, float: DeepCell<Narrow, Layers>.self,
      equations: DeepEquations(
        inner: equations, layers: Layers.layers, passedUp: Wide.hiddenOutputs),
      differenceStep: differenceStep,
      mistake: mistake.renamed { LayerName(layer: 2).whole($0) })
  }

  /// This cell with an output.
  func output<
    Wide: ComposableCell<Double>, Narrow: ComposableCell<Float>, O: OutputFunction,
    Bias: OutputBiasType
  >(
    _: Wide.Type, _: Narrow.Type, _: O.Type, _ function: Output, _: Bias.Type
  ) -> Subject {
    Subject(
      testDescription: "\(function) output of \(testDescription)",
      double: OutputCell<Wide, O, Bias>.self, float: OutputCell<Narrow, O, Bias>.self,
      equations: OutputEquations(
        inner: equations, function: function, hasBias: Bias.bias == .added,
        passedUp: Wide.hiddenOutputs),
      differenceStep: differenceStep, mistake: mistake)
  }

  /// This cell with an input at the first step only.
  func oneToMany<Wide: ComposableCell<Double>, Narrow: ComposableCell<Float>>(
    _: Wide.Type, _: Narrow.Type
  ) -> Subject {
    Subject(
      testDescription: "one to many \(testDescription)", double: OneToManyCell<Wide>.self,
      float: OneToManyCell<Narrow>.self, equations: OneToManyEquations(inner: equations),
      differenceStep: differenceStep, mistake: mistake)
  }
}
