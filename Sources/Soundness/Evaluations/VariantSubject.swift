import Conformance
import Equations
import Oracle
import Tensors

/// A formulation computed by one variant: a right subject.
public struct VariantSubject: Subject {
  private let program: Program
  /// How it computes.
  public let variant: Variant

  /// The variant's seed.
  public var name: String { "variant \(variant.seed)" }
  /// Both; what is stored in 16 bits is computed in float32.
  public var precisions: [Precision] { variant.storage == nil ? [.float64, .float32] : [.float32] }

  /// A formulation as a variant computes it.
  public init(_ reference: Reference, variant: Variant) {
    self.init(Program(reference), variant)
  }

  init(_ program: Program, _ variant: Variant) {
    self.program = program
    self.variant = variant
  }

  /// Computes every signal and every gradient, and reports what the variant does; what is less precise than
  /// float32 in float32.
  public func answers(
    to problem: Case<Double>, in precision: Precision
  ) -> Answers<Double> {
    reported(everything(of: problem, in: precision))
  }

  /// What the variant reports of every signal and every gradient.
  func reported(_ everything: Answers<Double>) -> Answers<Double> {
    guard variant.reportsOutputsAlone else { return everything }
    let outputs = Set(program.formulation.outputs.map(\.name))
    return everything.filter { quantity, _ in
      switch quantity {
      case .sequence(let name): outputs.contains(name)
      case .cotangent: false
      case .final, .parameter, .inputs, .initial: true
      }
    }
  }

  /// Every signal and every gradient.
  func everything(of problem: Case<Double>, in precision: Precision) -> Answers<Double> {
    switch precision {
    case .float64: Evaluation<Double>(program, problem, variant).answers
    case .float32, .bfloat16, .float16: Evaluation<Float>(program, problem, variant).answers
    }
  }
}
