import BallArithmetic
import Tensors

extension Reference {
  /// Every value and gradient of a case as balls, each tensor row by row.
  ///
  /// - Throws: `OracleError` where the case does not fit the formulation.
  public func enclosures(
    of problem: Case<Double>, precision: Ball.Precision = 256
  ) throws(OracleError) -> [Quantity: BallVector] {
    let graph = try exactGraph(of: problem)
    return graph.enclosures(
      BallEvaluation(precision: precision).values(of: graph, case: problem))
  }
}

extension Graph {
  /// The outputs' balls put into their tensors, exact zeros in the padding.
  func enclosures(_ values: BallVector) -> [Quantity: BallVector] {
    var enclosures = shapes.mapValues { BallVector(zeros: $0.reduce(1, *)) }
    for output in outputs {
      let vector = values[elements(of: output.node)]
      enclosures[output.quantity]?[output.offset..<(output.offset + vector.count)] = vector
    }
    return enclosures
  }
}
