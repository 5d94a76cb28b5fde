import BallArithmetic
import Equations
import RealModule
import Tensors

/// A formulation evaluated: exact answers to cases, and how far rounding may take a right implementation
/// from them.
///
/// Everything is read off the expression tree of the document's own LaTeX. No cell takes part.
public struct Reference: Sendable {
  /// The formulation.
  public let formulation: Formulation
  /// Its gradients.
  public let gradients: GradientSystem
  private let plan: GraphPlan
  /// The graphs that were built before; nil where none is kept.
  private var graphs: GraphCache?

  /// A reference for a formulation.
  ///
  /// - Throws: `EquationError` where its gradients cannot be derived.
  public init(_ formulation: Formulation) throws(EquationError) {
    self.init(formulation, gradients: try GradientSystem(of: formulation))
  }

  /// A reference with gradients of one's own, so that a test can see wrong ones refused.
  package init(_ formulation: Formulation, gradients: GradientSystem) {
    self.formulation = formulation
    self.gradients = gradients
    plan = GraphPlan(formulation, gradients)
  }

  /// The same reference, which keeps the graph of every shape of case for as long as it or a copy is there.
  package var keepingGraphs: Reference {
    var reference = self
    reference.graphs = GraphCache()
    return reference
  }

  /// The same reference with gradients that are all zero: quick where values alone are asked for.
  package var withoutGradients: Reference {
    var system = gradients
    for index in system.adjoints.indices {
      system.adjoints[index].contributions = []
      system.adjoints[index].firstContributions = []
      system.adjoints[index].lastContributions = []
    }
    system.input = []
    for index in system.parameters.indices { system.parameters[index].terms = [] }
    return Reference(formulation, gradients: system)
  }

  func graph(
    of problem: Case<Double>, reported: Set<Quantity> = [], givesCotangents: Bool = false,
    namesAbsentGradients: Bool = false, forwardOnly: Bool = false
  ) throws(OracleError) -> Graph {
    try GraphBuilder.graph(
      plan, case: problem, reported: reported, givesCotangents: givesCotangents,
      namesAbsentGradients: namesAbsentGradients, forwardOnly: forwardOnly, kept: graphs)
  }

  /// The graph of a case whose numbers are finite wherever they are read; its padding may hold anything.
  func exactGraph(of problem: Case<Double>) throws(OracleError) -> Graph {
    let graph = try graph(of: problem)
    func require(_ isFinite: Bool, _ place: String) throws(OracleError) {
      guard isFinite else {
        throw OracleError(
          code: .notFinite,
          message: "a number is infinite or not a number; finite ones are expected",
          formulation: formulation.id, place: place)
      }
    }
    for (name, tensor) in problem.parameters.sorted(by: { $0.key < $1.key }) {
      try require(tensor.scalars.allSatisfy(\.isFinite), "parameters/\(name)")
    }
    let sources = graph.sources.map { problem.scalars($0) }
    for node in graph.nodes {
      guard case .leaf(let leaf) = node.operation else { continue }
      let scalars = sources[leaf.tensor][leaf.offset..<(leaf.offset + node.width)]
      try require(scalars.allSatisfy(\.isFinite), leaf.source.path)
    }
    return graph
  }

  /// The answers computed in Double, in the order in which the equations are written.
  ///
  /// - Throws: `OracleError` when the case does not fit the formulation.
  public func answers(
    to problem: Case<Double>, in scalar: Double.Type
  ) throws(OracleError) -> Answers<Double> {
    try directAnswers(to: problem)
  }

  /// The answers computed in Float, in the order in which the equations are written.
  ///
  /// - Throws: `OracleError` when the case does not fit the formulation.
  public func answers(
    to problem: Case<Double>, in scalar: Float.Type
  ) throws(OracleError) -> Answers<Float> {
    try directAnswers(to: problem)
  }

  private func directAnswers<Scalar: Real & BinaryFloatingPoint & Sendable>(
    to problem: Case<Double>
  ) throws(OracleError) -> Answers<Scalar> {
    let graph = try graph(of: problem)
    return graph.answers(FloatingPointEvaluation<Scalar>().values(of: graph, case: problem))
  }
}

extension Graph {
  /// The outputs' vectors put into their tensors; zero in the padding.
  ///
  /// - Parameter values: the value of every element.
  func answers<Scalar>(_ values: [Scalar]) -> Answers<Scalar> {
    var answers = shapes.mapValues { Tensor<Scalar>(zeros: $0) }
    for output in outputs {
      answers[output.quantity]?.withUnsafeMutableScalars { scalars in
        let first = offsets[output.node]
        for unit in 0..<nodes[output.node].width {
          scalars[output.offset + unit] = values[first + unit]
        }
      }
    }
    return answers
  }
}
