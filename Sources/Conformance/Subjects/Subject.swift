import GradientCheck
import RecurrentCells
import Tensors

/// An implementation under test.
public protocol Subject: Sendable {
  /// What it is called in reports.
  var name: String { get }
  /// The arithmetics it offers.
  var precisions: [Precision] { get }

  /// Answers a case.
  ///
  /// - Returns: the quantities that it offers, computed in `precision` and widened to Double; every signal it
  ///   knows as `.sequence`, its gradients of signals as `.cotangent`.
  /// - Throws: whatever keeps it from answering.
  func answers(to problem: Case<Double>, in precision: Precision) throws -> Answers<Double>
}

/// A pair of hand-written cells of one formulation, in Double and in Float.
public struct CellSubject<Wide: RecurrentCell<Double>, Narrow: RecurrentCell<Float>>: Subject {
  public let name: String
  public var precisions: [Precision] { Precision.allCases }

  /// The cells as a subject.
  public init(_ wide: Wide.Type, _ narrow: Narrow.Type) { name = "\(wide)" }

  public func answers(
    to problem: Case<Double>, in precision: Precision
  ) throws -> Answers<Double> {
    switch precision {
    case .float64: try Self.answers(of: Wide.self, to: problem)
    case .float32: try Self.answers(of: Narrow.self, to: problem.converted())
        .mapValues { $0.converted() }
    }
  }

  private static func answers<Cell: RecurrentCell>(
    of cell: Cell.Type, to problem: Case<Cell.Scalar>
  ) throws -> Answers<Cell.Scalar> {
    let cell = try Cell(ParameterSet(problem.parameters))
    let trace = try cell.forward(problem.batch)
    let gradients = try cell.backward(trace, upstream: problem.upstream)
    var answers: Answers<Cell.Scalar> = [.inputs("x"): gradients.x]
    for (name, tensor) in trace.signals { answers[.sequence(name)] = tensor }
    for (name, tensor) in trace.final { answers[.final(name)] = tensor }
    for (name, tensor) in gradients.parameters { answers[.parameter(name)] = tensor }
    for (name, tensor) in gradients.initial { answers[.initial(name)] = tensor }
    for (name, tensor) in gradients.signals { answers[.cotangent(name)] = tensor }
    return answers
  }
}
