import Tensors

extension ComposableCell {
  /// Whether a batch can go through the cell.
  func check(_ batch: SequenceBatch<Scalar>) throws(CellError) {
    let (declaration, sizes, shape) = (Self.declaration, sizes, batch.x.shape)
    guard shape.count == 3, shape[2] == sizes.inputSize else {
      throw CellError(
        code: .shape, name: "x",
        message: "found \(shape), expected [T,B,I] with I = \(sizes.inputSize)")
    }
    guard shape[1] <= OpenBLAS.largestExtent else {
      throw CellError(
        code: .shape, name: "x",
        message: "found a batch of \(shape[1]), expected at most \(OpenBLAS.largestExtent)")
    }
    try check(batch.lengths, steps: shape[0], batch: shape[1])
    for state in declaration.states where batch.initial[state] == nil {
      throw CellError(
        code: .missing, name: state,
        message:
          "no such initial state was given, expected \(declaration.states.joined(separator: " "))")
    }
    try check(
      batch.initial, "initial state", declaration.states,
      stateShape(batch: shape[1], units: sizes.hiddenSize))
    if let last = lastChangedElement, last >= shape[1] {
      throw CellError(
        code: .change, name: "parameters",
        message: "found a change for batch column \(last), expected columns in 0..<\(shape[1])")
    }
  }

  /// Whether gradients can be traced back from a forward pass.
  func check(
    _ trace: Trace, _ upstream: Upstream<Scalar>
  ) throws(CellError) {
    guard lastChangedElement == nil else {
      throw CellError(
        code: .change, name: "parameters",
        message: "found changes of single batch columns, expected none on the way back")
    }
    let sequences = trace.batch
    try check(sequences)
    let (declaration, sizes) = (Self.declaration, sizes)
    let (signals, final) = (trace.signals, trace.final)
    let shape = signalShape(sizes, steps: sequences.steps, batch: sequences.batch)
    let state = stateShape(batch: sequences.batch, units: sizes.hiddenSize)
    for signal in declaration.signals where signals[signal] == nil {
      throw CellError(
        code: .missing, name: signal,
        message: "the trace has no such signal, it is another cell's")
    }
    for state in declaration.states where final[state] == nil {
      throw CellError(
        code: .missing, name: state,
        message: "the trace has no such final state, it is another cell's")
    }
    try check(signals, "traced signal", declaration.signals, shape)
    try check(final, "traced final state", declaration.states, state)
    try check(
      upstream.sequence, "upstream gradient of the signal", declaration.signals, shape)
    try check(upstream.final, "upstream gradient of the final state", declaration.states, state)
  }

  /// The shape of each signal by its name.
  private func signalShape(
    _ sizes: CellSizes, steps: Int, batch: Int
  ) -> (String) -> ExpectedShape {
    let outputs = Self.declaration.outputs
    let hidden = ExpectedShape(extents: [steps, batch, sizes.hiddenSize], letters: "[T,B,H]")
    let every = ExpectedShape(extents: [steps, batch, sizes.outputSize], letters: "[T,B,O]")
    let last = ExpectedShape(extents: [1, batch, sizes.outputSize], letters: "[1,B,O]")
    return { signal in
      switch outputs[signal] {
      case nil: hidden
      case .every: every
      case .last: last
      }
    }
  }

  /// The shape of every state.
  private func stateShape(batch: Int, units: Int) -> (String) -> ExpectedShape {
    let shape = ExpectedShape(extents: [batch, units], letters: "[B,H]")
    return { _ in shape }
  }

  private func check(_ lengths: [Int]?, steps: Int, batch: Int) throws(CellError) {
    guard let lengths else { return }
    guard lengths.count == batch else {
      throw CellError(
        code: .length, name: "lengths",
        message: "found \(lengths.count) lengths, expected one for each of \(batch) sequences")
    }
    for (element, length) in lengths.enumerated() where !(0...steps ~= length) {
      throw CellError(
        code: .length, name: "lengths",
        message: "found \(length) for sequence \(element), expected 0…\(steps)")
    }
  }

  private func check(
    _ tensors: [String: Tensor<Scalar>], _ role: String, _ names: [String],
    _ shape: (String) -> ExpectedShape
  ) throws(CellError) {
    guard let name = tensors.wrongOne(among: names, shape) else { return }
    guard names.contains(name) else {
      throw CellError(
        code: .unknown, name: name,
        message: "no \(role), expected \(names.sorted().joined(separator: " "))")
    }
    throw CellError(
      code: .shape, name: name,
      message: "\(role): found \(tensors[name]?.shape ?? []), expected \(shape(name))")
  }
}

/// The shape that a tensor must have.
private struct ExpectedShape: CustomStringConvertible {
  let extents: [Int]
  /// The same in letters.
  let letters: String

  var description: String { "\(letters) = \(extents)" }
}

// Compiled for the tensors of either precision: a check is generic over the cell.
extension Dictionary where Key == String {
  /// The first tensor by name that has none of the names, or not the shape of its name; nil for none.
  @specialized(where Value == Tensor<Double>)
  @specialized(where Value == Tensor<Float>)
  fileprivate func wrongOne<Scalar>(
    among names: [String], _ shape: (String) -> ExpectedShape
  ) -> String? where Value == Tensor<Scalar> {
    var wrong: String?
    for (name, tensor) in self
    where !names.contains(name) || tensor.shape != shape(name).extents {
      wrong = Swift.min(wrong ?? name, name)
    }
    return wrong
  }
}
