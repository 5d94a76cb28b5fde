import GradientCheck
import RecurrentCells
import Tensors

/// An implementation under test.
public protocol Subject: Sendable {
  /// What it is called in reports.
  var name: String { get }
  /// The arithmetics it offers.
  var precisions: [Precision] { get }

  /// What the roundings of an arithmetic that it offers are.
  func model(of precision: Precision) -> ArithmeticModel

  /// Answers a case.
  ///
  /// - Returns: the quantities that it offers, computed in `precision` and widened to Double; every signal it
  ///   knows as `.sequence`, its gradients of signals as `.cotangent`.
  /// - Throws: whatever keeps it from answering.
  func answers(to problem: Case<Double>, in precision: Precision) throws -> Answers<Double>

  /// Answers a case that it answered before, so that it shows whether it gives the same bits.
  ///
  /// - Throws: as `answers(to:in:)`.
  func answersAgain(to problem: Case<Double>, in precision: Precision) throws -> Answers<Double>

  /// The same implementation as finite differences need it, in float64.
  ///
  /// - Throws: where the tensors of the case do not fit one another.
  func differentiable(at problem: Case<Double>) throws -> any DifferentiableSubject
}

extension Subject {
  /// Everything is computed and stored in the precision.
  public func model(of precision: Precision) -> ArithmeticModel {
    ArithmeticModel(precision, accumulation: .storage)
  }

  /// The answers, computed anew.
  public func answersAgain(
    to problem: Case<Double>, in precision: Precision
  ) throws -> Answers<Double> {
    try answers(to: problem, in: precision)
  }

  /// A run of the whole case for each difference.
  public func differentiable(at problem: Case<Double>) throws -> any DifferentiableSubject {
    try PlainSubject(
      at: problem, forward: { try answers(to: $0, in: .float64) },
      backward: { try answers(to: $0, in: .float64) })
  }
}

/// Why a subject does not answer a case that it was never meant to answer.
public struct NotOffered: Error, Hashable, Sendable, CustomStringConvertible {
  /// The reason, in the subject's words.
  public let reason: String

  /// Something that is not offered.
  public init(_ reason: String) { self.reason = reason }

  /// What is computed in Double and Float alone.
  static let sixteenBits = NotOffered("it computes in float64 and float32")

  /// The reason.
  public var description: String { "not offered: \(reason)" }
}

/// A subject made of hand-written cells, whose types serve whoever runs them otherwise than on a case.
public protocol CellPair<Wide, Narrow>: Subject {
  /// The cell in Double.
  associatedtype Wide: ComposableCell<Double>
  /// The cell in Float.
  associatedtype Narrow: ComposableCell<Float>
}

/// A pair of hand-written cells of one formulation, in Double and in Float.
public struct CellSubject<Wide: ComposableCell<Double>, Narrow: ComposableCell<Float>>: CellPair {
  /// The Double cell's type.
  public let name: String
  /// Both.
  public var precisions: [Precision] { Precision.wide }

  /// The cells as a subject.
  public init(_ wide: Wide.Type, _ narrow: Narrow.Type) { name = "\(wide)" }

  /// Runs the cell of the precision forward and backward.
  ///
  /// - Throws: `CellError` where the case does not fit the cell; `NotOffered` in 16 bits.
  public func answers(
    to problem: Case<Double>, in precision: Precision
  ) throws -> Answers<Double> {
    switch precision {
    case .float64: try Wide.answers(to: problem)
    case .float32:
      try Narrow.answers(to: problem.converted()).mapValues { $0.converted() }
    case .bfloat16, .float16: throw NotOffered.sixteenBits
    }
  }

  /// All differences of a block in one batch.
  public func differentiable(at problem: Case<Double>) throws -> any DifferentiableSubject {
    try BatchedCell(Wide.self, at: problem)
  }

}

extension RecurrentCell {
  /// Runs the cell over a case forward and backward.
  ///
  /// - Throws: `CellError` where the case does not fit the cell.
  package static func answers(to problem: Case<Scalar>) throws(CellError) -> Answers<Scalar> {
    let cell = try Self(ParameterSet(problem.parameters))
    let trace = try cell.forward(problem.batch)
    let gradients = try cell.backward(trace, upstream: problem.upstream)
    return gradients.answers(signals: trace.signals, final: trace.final)
  }
}

extension Gradients {
  /// The answers to a case, with the signals and final states of the forward pass.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  fileprivate func answers(
    signals: [String: Tensor<Scalar>], final: [String: Tensor<Scalar>]
  ) -> Answers<Scalar> {
    var answers: Answers<Scalar> = [.inputs("x"): x]
    for (name, tensor) in signals { answers[.sequence(name)] = tensor }
    for (name, tensor) in final { answers[.final(name)] = tensor }
    for (name, tensor) in parameters { answers[.parameter(name)] = tensor }
    for (name, tensor) in initial { answers[.initial(name)] = tensor }
    for (name, tensor) in self.signals { answers[.cotangent(name)] = tensor }
    return answers
  }
}
