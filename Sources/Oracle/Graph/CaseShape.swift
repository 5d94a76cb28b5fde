import Equations
import Tensors

/// The sizes of a case, checked against a formulation.
struct CaseShape: Hashable {
  let sizes: Sizes
  let steps: Int
  let lengths: [Int]

  var batch: Int { lengths.count }

  /// Checks every tensor of a case.
  init<Scalar>(of problem: Case<Scalar>, for formulation: Formulation) throws(OracleError) {
    func fail(_ code: OracleError.Code, _ place: String, _ message: String) -> OracleError {
      OracleError(code: code, message: message, formulation: formulation.id, place: place)
    }
    let x = problem.batch.x
    guard x.shape.count == 3 else {
      throw fail(.shape, "inputs/x", "the shape is \(x.shape), expected [T,B,I]")
    }
    let axes = formulation.axes
    func extent(_ axis: Axis) -> Int? {
      for parameter in formulation.parameters {
        guard let tensor = problem.parameters[parameter.name] else { continue }
        if parameter.shape.rows == axis, let rows = tensor.shape.first {
          return rows / parameter.shape.rowBlocks
        }
      }
      for state in formulation.states where axes[state] == axis {
        return problem.batch.initial[state.name]?.shape.last
      }
      return nil
    }
    sizes = Sizes(
      input: x.shape[2], hidden: extent(.hidden) ?? 0, output: extent(.output) ?? 0)
    steps = x.shape[0]
    let batchSize = x.shape[1]
    lengths = problem.batch.lengths ?? Array(repeating: x.shape[0], count: batchSize)
    guard lengths.count == batchSize, lengths.allSatisfy({ (0...x.shape[0]).contains($0) }) else {
      throw fail(
        .length, "lengths", "\(lengths), expected \(batchSize) numbers from 0 to \(x.shape[0])")
    }
    if formulation.tiesInputToHidden, sizes.input != sizes.hidden {
      throw fail(
        .shape, "inputs/x",
        "the input has \(sizes.input) units and the state"
          + " \(sizes.hidden); the equations add them, so they must be equal")
    }

    func check(
      _ folder: String, _ tensors: [String: Tensor<Scalar>], _ expected: [String: [Int]],
      mayLack: Bool = false
    ) throws(OracleError) {
      for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
        guard let shape = expected[name] else {
          throw fail(
            .names, "\(folder)/\(name)",
            "the formulation has none of that name; it has "
              + expected.keys.sorted().joined(separator: ", "))
        }
        guard tensor.shape == shape else {
          throw fail(
            .shape, "\(folder)/\(name)", "the shape is \(tensor.shape), expected \(shape)")
        }
      }
      if !mayLack, let missing = expected.keys.sorted().first(where: { tensors[$0] == nil }) {
        throw fail(.names, "\(folder)/\(missing)", "the tensor is missing")
      }
    }
    let sizes = sizes
    let steps = steps
    let vectors = { (symbols: [Symbol], sequence: Bool) in
      Dictionary(
        uniqueKeysWithValues: symbols.map {
          (
            $0.name,
            (sequence ? [formulation.steps(of: $0, in: steps)] : [])
              + [batchSize, sizes[formulation.axis(of: $0)]]
          )
        })
    }
    try check(
      "parameters", problem.parameters,
      Dictionary(
        uniqueKeysWithValues: formulation.parameters.map { ($0.name, $0.shape.extents(sizes)) }))
    let fractions = formulation.declaration.notation.fractions
    for parameter in formulation.parameters where fractions.contains(parameter.name) {
      let scalars = problem.parameters[parameter.name]?.scalars ?? []
      guard let index = scalars.firstIndex(where: { $0 < 0 || $0 > 1 }) else { continue }
      throw fail(
        .range, "parameters/\(parameter.name)[\(index)]",
        "\(scalars[index]), expected a number from 0 to 1")
    }
    try check("initial", problem.batch.initial, vectors(formulation.states, false))
    try check(
      "upstream/sequence", problem.upstream.sequence,
      vectors(
        formulation.signals.filter {
          formulation.outputs.contains($0) || formulation.states.contains($0)
        }, true), mayLack: true)
    try check(
      "upstream/final", problem.upstream.final, vectors(formulation.states, false), mayLack: true)
  }
}
