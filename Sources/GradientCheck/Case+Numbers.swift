import Tensors

extension Case<Double> {
  /// The quantities that a loss is differentiated by: the parameters that are no constants, the inputs,
  /// the initial states.
  func differentiated(except constants: Set<String>) -> [Quantity] {
    let parameters = Set(parameters.keys).subtracting(constants).map { Quantity.parameter($0) }
    let initial = batch.initial.keys.map { Quantity.initial($0) }
    return (parameters + [.inputs("x")] + initial).sorted()
  }

  /// What a gradient is the gradient of; nil where the case has no such tensor.
  subscript(quantity: Quantity) -> Tensor<Double>? {
    get {
      switch quantity {
      case .parameter(let name): parameters[name]
      case .inputs: batch.x
      case .initial(let name): batch.initial[name]
      case .sequence, .final, .cotangent: nil
      }
    }
    set {
      switch quantity {
      case .parameter(let name): parameters[name] = newValue
      case .inputs: batch.x = newValue ?? batch.x
      case .initial(let name): batch.initial[name] = newValue
      case .sequence, .final, .cotangent: break
      }
    }
  }

  /// The batch element that a number belongs to; nil for a parameter's, which all share.
  func element(of quantity: Quantity, _ index: Int) -> Int? {
    guard case .inputs = quantity else {
      guard case .initial(let name) = quantity, let state = batch.initial[name] else { return nil }
      return index / state.shape[1]
    }
    return index / batch.inputSize % batch.batch
  }

  /// Whether some step of some sequence uses a number, or it is a state that a sequence starts from.
  ///
  /// The padding of a ragged batch is used by none, nor is a parameter where no sequence has a step and no
  /// output is of the last step alone: such gradients are 0 by definition.
  func uses(_ quantity: Quantity, _ index: Int) -> Bool {
    switch quantity {
    case .inputs:
      let step = index / (batch.inputSize * batch.batch)
      return step < batch.length(of: index / batch.inputSize % batch.batch)
    case .parameter:
      return (0..<batch.batch).contains { batch.length(of: $0) > 0 }
        || batch.batch > 0 && upstream.sequence.values.contains { $0.shape[0] != batch.steps }
    case .initial: return true
    case .sequence, .final, .cotangent: return false
    }
  }

  /// Whether the case has the number that a change names.
  func check(_ change: Change) throws(GradientCheckError) {
    guard let tensor = self[change.quantity], tensor.scalars.indices ~= change.index else {
      throw GradientCheckError(
        code: .change, name: change.quantity.path,
        message: "the case has no number \(change.index) of it to change")
    }
  }

  /// Whether the tensors fit one another as far as the loss and its differences depend on it.
  func checkShapes() throws(GradientCheckError) {
    func check(
      _ quantity: String, _ tensor: Tensor<Double>, _ leading: [Int], _ letters: String
    ) throws(GradientCheckError) {
      guard tensor.shape.count == leading.count + 1, tensor.shape.dropLast() == leading[...] else {
        throw GradientCheckError(
          code: .shape, name: quantity,
          message: "found \(tensor.shape), expected \(letters) with \(leading) leading")
      }
    }
    guard batch.x.shape.count == 3 else {
      throw GradientCheckError(
        code: .shape, name: "inputs/x", message: "found \(batch.x.shape), expected [T,B,I]")
    }
    let (steps, width) = (batch.steps, batch.batch)
    if let lengths = batch.lengths,
      lengths.count != width || !lengths.allSatisfy({ 0...steps ~= $0 })
    {
      throw GradientCheckError(
        code: .length, name: "lengths",
        message: "found \(lengths), expected \(width) of them, each in 0…\(steps)")
    }
    for (name, state) in batch.initial.sorted(by: { $0.key < $1.key }) {
      try check("initial/\(name)", state, [width], "[B,H]")
    }
    for (name, cotangent) in upstream.sequence.sorted(by: { $0.key < $1.key }) {
      let rows = cotangent.shape.first == 1 ? 1 : steps
      try check("upstream/sequence/\(name)", cotangent, [rows, width], "[T,B,H] or [1,B,H]")
    }
    for (name, cotangent) in upstream.final.sorted(by: { $0.key < $1.key }) {
      try check("upstream/final/\(name)", cotangent, [width], "[B,H]")
    }
  }
}
