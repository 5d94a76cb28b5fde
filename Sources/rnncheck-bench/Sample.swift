import RecurrentCells
import Tensors

/// Numbers of a cell of any size, the same on every run.
struct Sample<Cell: ComposableCell> {
  let parameters: [String: Tensor<Cell.Scalar>]
  let batch: SequenceBatch<Cell.Scalar>
  /// Cotangents of the outputs at every step and of the final states.
  let upstream: Upstream<Cell.Scalar>

  /// Weights of variance about 1/H, inputs, states and cotangents of about 1.
  init(_ request: Request) {
    var generator = CounterGenerator(seed: 8)
    func tensor(_ shape: [Int], scale: Double) -> Tensor<Cell.Scalar> {
      Tensor(shape: shape) { _ in
        Cell.Scalar(Double.random(in: -scale...scale, using: &generator))
      }
    }
    let (hidden, batch) = (request.hidden, request.batch)
    let sizes = CellSizes(inputSize: request.inputs, hiddenSize: hidden, outputSize: hidden)
    let scale = (1 / Double(hidden)).squareRoot()
    parameters = Dictionary(
      uniqueKeysWithValues: Cell.parameterExtents(of: sizes).sorted { $0.key < $1.key }.map {
        ($0, tensor($1, scale: scale))
      })
    self.batch = SequenceBatch(
      x: tensor([request.steps, batch, request.inputs], scale: 1),
      initial: Dictionary(
        uniqueKeysWithValues: Cell.states.map { ($0, tensor([batch, hidden], scale: 1)) }))
    upstream = Upstream(
      sequence: Dictionary(
        uniqueKeysWithValues: Cell.hiddenOutputs.map {
          ($0, tensor([request.steps, batch, hidden], scale: 1))
        }),
      final: Dictionary(
        uniqueKeysWithValues: Cell.states.map { ($0, tensor([batch, hidden], scale: 1)) }))
  }
}
