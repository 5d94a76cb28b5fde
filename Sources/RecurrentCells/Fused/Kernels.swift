import CRecurrentKernels
import Tensors

/// The fused loops of one precision, those of the widest vectors that the machine has.
///
/// They are the C functions of CRecurrentKernels, whose header says what each pointer is to. A result
/// depends on its own operands alone and every sum has one order, so that a row of a batch has the same
/// bits alone and among others, on every run and on any number of threads.
public struct Kernels<Scalar: CellScalar>: Sendable {
  typealias Pointer = UnsafePointer<Scalar>
  typealias MutablePointer = UnsafeMutablePointer<Scalar>
  typealias Forward =
    @Sendable (
      Int, Pointer, Int, UnsafePointer<Pointer>, Int, UnsafePointer<MutablePointer>, Int
    ) -> Void
  typealias Backward =
    @Sendable (
      Int, UnsafePointer<Pointer>, Int, UnsafePointer<Pointer>, Int, UnsafePointer<MutablePointer>,
      MutablePointer?, UnsafePointer<MutablePointer>, Int
    ) -> Void

  /// The columns of a panel of a packed matrix.
  let panel: Int
  /// The depth and the columns of B, B, its strides along the depth and the columns, the packed matrix.
  let pack: @Sendable (Int, Int, Pointer, Int, Int, MutablePointer) -> Void
  /// C ← C + A·B: the rows, the columns and the depth; A with its strides along the rows and the depth;
  /// B packed; one number for every row or for every column to start from instead of C; C and the stride
  /// of its rows.
  let multiply:
    @Sendable (
      Int, Int, Int, Pointer, Int, Int, Pointer, Pointer?, Pointer?, MutablePointer, Int
    ) -> Void
  /// The passes, compiled for the precision: a cell that is generic over it would look up every type.
  let forwardPass:
    @Sendable (FusedGates, CellParameters<Scalar>, SequenceBatch<Scalar>) -> SequenceTrace<Scalar>
  let backwardPass:
    @Sendable (
      FusedGates, CellParameters<Scalar>, SequenceTrace<Scalar>, Upstream<Scalar>, Truncation?
    ) -> Gradients<Scalar>
  /// One step forward by family.
  private let forward: [Forward]
  /// One step back by family.
  private let backward: [Backward]
  /// y ← tanh(y) of so many numbers.
  package let hyperbolicTangent: @Sendable (Int, UnsafeMutablePointer<Scalar>) -> Void
  /// y ← σ(y) of so many numbers.
  package let logistic: @Sendable (Int, UnsafeMutablePointer<Scalar>) -> Void

  /// One step forward, element by element.
  func forward(_ family: GateFamily) -> Forward { forward[family.rawValue] }

  /// One step back, element by element.
  func backward(_ family: GateFamily) -> Backward { backward[family.rawValue] }

  /// How many numbers a packed matrix has.
  func packedCount(depth: Int, columns: Int) -> Int {
    (columns + panel - 1) / panel * panel * depth
  }
}

extension Double {
  /// The fused loops of Double.
  public static let kernels = Kernels<Double>(recurrent_kernels_of_f64().pointee)
}

extension Float {
  /// The fused loops of Float.
  public static let kernels = Kernels<Float>(recurrent_kernels_of_f32().pointee)
}

extension Kernels<Double> {
  fileprivate init(_ table: recurrent_kernels_f64) {
    panel = table.panel
    pack = { table.pack($0, $1, $2, $3, $4, $5) }
    multiply = { table.multiply($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10) }
    forward = [
      { table.forward.0($0, $1, $2, $3, $4, $5, $6) },
      { table.forward.1($0, $1, $2, $3, $4, $5, $6) },
    ]
    backward = [
      { table.backward.0($0, $1, $2, $3, $4, $5, $6, $7, $8) },
      { table.backward.1($0, $1, $2, $3, $4, $5, $6, $7, $8) },
    ]
    forwardPass = { FusedForward<Double>($0, parameters: $1, batch: $2).trace() }
    backwardPass = {
      FusedBackward<Double>($0, parameters: $1, trace: $2, upstream: $3, truncation: $4).gradients()
    }
    hyperbolicTangent = { table.hyperbolicTangent($0, $1) }
    logistic = { table.logistic($0, $1) }
  }
}

extension Kernels<Float> {
  fileprivate init(_ table: recurrent_kernels_f32) {
    panel = table.panel
    pack = { table.pack($0, $1, $2, $3, $4, $5) }
    multiply = { table.multiply($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10) }
    forward = [
      { table.forward.0($0, $1, $2, $3, $4, $5, $6) },
      { table.forward.1($0, $1, $2, $3, $4, $5, $6) },
    ]
    backward = [
      { table.backward.0($0, $1, $2, $3, $4, $5, $6, $7, $8) },
      { table.backward.1($0, $1, $2, $3, $4, $5, $6, $7, $8) },
    ]
    forwardPass = { FusedForward<Float>($0, parameters: $1, batch: $2).trace() }
    backwardPass = {
      FusedBackward<Float>($0, parameters: $1, trace: $2, upstream: $3, truncation: $4).gradients()
    }
    hyperbolicTangent = { table.hyperbolicTangent($0, $1) }
    logistic = { table.logistic($0, $1) }
  }
}
