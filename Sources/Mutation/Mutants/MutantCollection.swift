import Conformance
import Equations
import GoldenFixtures
import Oracle
import Tensors

/// What the mutants of one formulation are made of.
struct MutantSource: Sendable {
  /// The formulation.
  let formulation: Formulation
  /// Its right equations.
  let reference: Reference
  /// The hand-written cell, which answers the cases of the suite once.
  let cell: any Subject
  /// The hand-written cell, which computes whatever it is asked and whose answers are the caller's own.
  let computingCell: any Subject
  /// The right equations as a subject.
  let equations: EquationSubject

  /// What the mutants of a built-in formulation are made of.
  ///
  /// - Parameter problems: the cases of the suite.
  init(
    _ entry: Catalogue.Entry, problems: [Case<Double>] = []
  ) throws(EquationError) {
    formulation = try entry.formulation()
    reference = try Reference(formulation).keepingGraphs
    cell = AnsweredOnce(entry.subject, to: problems)
    computingCell = entry.subject
    equations = EquationSubject(reference)
  }

  /// The names of the states.
  var states: [String] { formulation.states.map(\.name) }

  /// The outputs of every step.
  var stepOutputs: [String] {
    formulation.outputs.filter { !formulation.isAtOneStepAlone($0) }.map(\.name)
  }

  /// The outputs of one step alone.
  var lastOutputs: [String] {
    formulation.outputs.filter(formulation.isAtOneStepAlone).map(\.name)
  }

  /// The parameters that have a gradient.
  var parameters: [String] { formulation.learned.map(\.name) }

  /// Whether a step needs nothing but the states of the step before, so that it can be run by itself.
  var isStepwise: Bool {
    formulation.equations.allSatisfy { equation in
      equation.expression.reads.allSatisfy { read in
        if case .step(let offset) = read.time { return (-1...0).contains(offset) }
        return equation.time.isAtOneStep
      }
    }
  }

  /// The signals whose equations read some signal, at an earlier step or not.
  func readers(of names: [String]) -> [Quantity] {
    formulation.equations.filter { equation in
      equation.expression.reads.contains { names.contains($0.symbol.name) }
    }.map { .sequence($0.signal.name) }
  }

  /// The signals whose equations read some state of an earlier step.
  func readers(ofEarlier names: [String]) -> [Quantity] {
    formulation.equations.filter { equation in
      equation.expression.reads.contains { read in
        if case .step(let offset) = read.time {
          return offset != 0 && names.contains(read.symbol.name)
        }
        return false
      }
    }.map { .sequence($0.signal.name) }
  }

  /// The signals whose equations read the input.
  var inputReaders: [Quantity] { readers(of: [formulation.input.name]) }

  /// The gradients of the matrices that the input is multiplied by.
  var inputMatrices: [Quantity] {
    var names: Set<String> = []
    for equation in formulation.equations {
      equation.expression.forEach {
        guard case .product(let matrix, let vector) = $0,
          vector.reads.contains(where: { $0.symbol == formulation.input })
        else { return }
        names.insert(matrix.symbol.name)
      }
    }
    return parameters.filter(names.contains).map { .parameter($0) }
  }

  /// The signals whose equations apply an activation.
  func users(of activation: Activation) -> [Quantity] {
    formulation.equations.filter { equation in
      var isUsed = false
      equation.expression.forEach {
        if case .apply(let function, _) = $0, function.activation == activation { isUsed = true }
      }
      return isUsed
    }.map { .sequence($0.signal.name) }
  }

  /// Every signal.
  var allSignals: [Quantity] { formulation.signals.map { .sequence($0.name) } }

  /// Every gradient of a parameter.
  var parameterGradients: [Quantity] { parameters.map { .parameter($0) } }

  /// Every gradient, those of the signals among them.
  var allGradients: [Quantity] {
    parameterGradients + states.map { .initial($0) } + [.inputs(formulation.input.name)]
      + formulation.signals.map { .cotangent($0.name) }
  }

  /// The gradients of the signals that upstream gradients may come to.
  var upstreamPlaces: [Quantity] {
    (formulation.outputs + formulation.states).map { .cotangent($0.name) }
  }
}

extension Mutant {
  /// Every mutant of a built-in formulation, those of its equations first.
  ///
  /// - Throws: `EquationError` where the declaration cannot be read.
  public static func all(of entry: Catalogue.Entry) throws(EquationError) -> [Mutant] {
    try all(of: MutantSource(entry))
  }

  /// Every mutant that is made of a source, those of the equations first.
  static func all(of source: MutantSource) throws(EquationError) -> [Mutant] {
    try equationMutants(of: source) + implementationMutants(of: source)
      + backwardMutants(of: source)
  }

  /// The mutants of an implementation around right equations.
  private static func implementationMutants(of source: MutantSource) -> [Mutant] {
    stateMutants(of: source) + batchMutants(of: source) + orderMutants(of: source)
      + lengthMutants(of: source) + emptyMutants(of: source) + sizeMutants(of: source)
      + activationMutants(of: source) + precisionMutants(of: source) + clipMutants(of: source)
      + overflowMutants(of: source) + aliasingMutants(of: source)
      + Sweep.forward(of: source).flatMap(\.mutants)
  }

  /// The mutants of the backward pass: its equations, then an implementation around them.
  private static func backwardMutants(
    of source: MutantSource
  ) throws(EquationError) -> [Mutant] {
    try gradientMutants(of: source) + upstreamMutants(of: source)
      + accumulationMutants(of: source) + truncationMutants(of: source)
      + Sweep.backward(of: source).flatMap(\.mutants)
  }
}
