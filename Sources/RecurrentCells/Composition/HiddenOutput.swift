import Tensors

extension ForwardTrace where Scalar: CellScalar {
  /// What a cell passes up: its hidden outputs one below the other, [T,B,N].
  func hiddenOutput<Cell: ComposableCell>(of cell: Cell.Type) -> Tensor<Scalar> {
    let signals = signals
    return Tensor(stacking: cell.declaration.hiddenOutputs.compactMap { signals[$0] })
  }
}

extension Upstream where Scalar: CellScalar {
  /// Adds the gradient with respect to what a cell passes up to those of its hidden outputs.
  ///
  /// - Parameters:
  ///   - gradient: [T,B,N], as many features as all of the hidden outputs have.
  ///   - cell: the cell.
  mutating func add<Cell: ComposableCell>(
    hiddenOutput gradient: Tensor<Scalar>, of cell: Cell.Type
  ) {
    let outputs = cell.declaration.hiddenOutputs
    let units = (gradient.shape.last ?? 0) / max(outputs.count, 1)
    for (place, signal) in outputs.enumerated() {
      let part = gradient.features(place * units..<(place + 1) * units)
      sequence[signal] = sequence[signal].map { $0 + part } ?? part
    }
  }
}
