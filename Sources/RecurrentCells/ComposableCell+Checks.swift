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
    let states = shapes(of: declaration.states, batch: shape[1], units: sizes.hiddenSize)
    try check(batch.initial, "initial state", against: states)
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
    try check(trace.batch)
    let (declaration, sizes) = (Self.declaration, sizes)
    let (steps, batch) = (trace.batch.steps, trace.batch.batch)
    let signals = Dictionary(
      uniqueKeysWithValues: declaration.signals.map {
        ($0, shape(of: declaration.outputs[$0], sizes, steps: steps, batch: batch))
      })
    let states = shapes(of: declaration.states, batch: batch, units: sizes.hiddenSize)
    for signal in declaration.signals where trace.signals[signal] == nil {
      throw CellError(
        code: .missing, name: signal,
        message: "the trace has no such signal, it is another cell's")
    }
    for state in declaration.states where trace.final[state] == nil {
      throw CellError(
        code: .missing, name: state,
        message: "the trace has no such final state, it is another cell's")
    }
    try check(trace.signals, "traced signal", against: signals)
    try check(trace.final, "traced final state", against: states)
    try check(upstream.sequence, "upstream gradient of the signal", against: signals)
    try check(upstream.final, "upstream gradient of the final state", against: states)
  }

  /// The shape of a signal that is such an output, or none, in numbers and in letters.
  private func shape(
    of output: OutputSteps?, _ sizes: CellSizes, steps: Int, batch: Int
  ) -> (extents: [Int], letters: String) {
    switch output {
    case nil: ([steps, batch, sizes.hiddenSize], "[T,B,H]")
    case .every: ([steps, batch, sizes.outputSize], "[T,B,O]")
    case .last: ([1, batch, sizes.outputSize], "[1,B,O]")
    }
  }

  /// The shapes of the states.
  private func shapes(
    of states: [String], batch: Int, units: Int
  ) -> [String: (extents: [Int], letters: String)] {
    Dictionary(uniqueKeysWithValues: states.map { ($0, ([batch, units], "[B,H]")) })
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
    _ tensors: [String: Tensor<Scalar>], _ role: String,
    against shapes: [String: (extents: [Int], letters: String)]
  ) throws(CellError) {
    let wrong = tensors.filter { shapes[$0]?.extents != $1.shape }.min { $0.key < $1.key }
    guard let (name, tensor) = wrong else { return }
    guard let shape = shapes[name] else {
      throw CellError(
        code: .unknown, name: name,
        message: "no \(role), expected \(shapes.keys.sorted().joined(separator: " "))")
    }
    throw CellError(
      code: .shape, name: name,
      message: "\(role): found \(tensor.shape), expected \(shape.letters) = \(shape.extents)")
  }
}
