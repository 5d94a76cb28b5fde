import Conformance
import RecurrentCells
import Tensors

/// A cell of one's own as a subject, in the arithmetic that it is written for.
public struct SingleCellSubject<Cell: RecurrentCell>: Subject {
  /// The cell's type.
  public let name: String

  /// The cell as a subject.
  public init(_ cell: Cell.Type) { name = "\(cell)" }

  /// Float or Double, which the cell computes in.
  public var precisions: [Precision] { [Cell.Scalar.self == Float.self ? .float32 : .float64] }

  /// Runs the cell forward and backward.
  ///
  /// - Throws: `CellError` where the case does not fit the cell; `NotOffered` in another arithmetic.
  public func answers(
    to problem: Case<Double>, in precision: Precision
  ) throws -> Answers<Double> {
    guard precisions.contains(precision) else {
      throw NotOffered("it computes in \(precisions[0].rawValue)")
    }
    return try Cell.answers(to: problem.converted()).mapValues { $0.converted() }
  }
}
