import GoldenFixtures
import Tensors

/// Where the matrices and biases of a layer's gates lie in its weights.
struct WeightLayout: Sendable {
  /// What a gate has.
  struct Block: Sendable {
    /// [H,I].
    var input: Tensor<Double>
    /// [H,H].
    var recurrent: Tensor<Double>
    /// [H], beside the matrix on the input.
    var inputBias: Tensor<Double>?
    /// [H], beside the matrix on the state.
    var recurrentBias: Tensor<Double>?

    var biases: Skeleton.Biases {
      Skeleton.Biases(input: inputBias != nil, recurrent: recurrentBias != nil)
    }
  }

  /// What a weight is read as.
  struct Role: Hashable, Sendable {
    let name: String
    let shape: String
    let words: String
  }

  /// The gates in the order in which the layer has them.
  let blocks: [Block]
  /// How each weight is read; two layouts with the same roles are one, in cases of any size.
  let roles: [Role]

  /// How many biases a gate has at most.
  var biases: Int {
    blocks.map { ($0.inputBias == nil ? 0 : 1) + ($0.recurrentBias == nil ? 0 : 1) }.max() ?? 0
  }
}

extension WeightLayout {
  /// Every way to read weights as those of so many gates, by their shapes.
  ///
  /// - Parameters:
  ///   - apart: whether it matters beside which matrix a bias is added.
  static func layouts(
    of weights: [ResponseFile.Weight], gates: Int, _ sizes: LayerSizes,
    tellingBiasesApart apart: Bool
  ) -> [WeightLayout] {
    let units = gates * sizes.hidden
    let plain = weights.map { Plain($0, units: units) }
    let matrices = plain.filter { !$0.isVector }
    switch matrices.count {
    case 1, 2:
      return stacked(plain, gates: gates, sizes, apart: apart)
    case 2 * gates where gates > 1:
      return separate(plain, gates: gates, sizes)
    default: return []
    }
  }

  /// A weight without axes of length 1, biases as one row.
  private struct Plain {
    let name: String
    let original: [Int]
    /// The two ways in which three axes are two; one way where there are no three.
    let shapes: [[Int]]
    let tensor: Tensor<Double>

    init(_ weight: ResponseFile.Weight, units: Int) {
      name = weight.name
      original = weight.tensor.shape
      tensor = weight.tensor
      let extents = weight.tensor.shape.filter { $0 != 1 }
      switch extents.count {
      case 3:
        shapes = [[extents[0] * extents[1], extents[2]], [extents[0], extents[1] * extents[2]]]
      case 2 where extents == [2, units]: shapes = [[2 * units]]
      default: shapes = [extents]
      }
    }

    var isVector: Bool { shapes.allSatisfy { $0.count <= 1 } }

    func role(_ words: String, _ sizes: LayerSizes, gates: Int) -> Role {
      Role(name: name, shape: sizes.text(original, gates: gates), words: words)
    }

    func matrix(_ shape: [Int]) -> Tensor<Double> { Tensor(shape: shape) { tensor[$0] } }

    func readings(gates: Int, _ sizes: LayerSizes) -> [(MatrixReading, Tensor<Double>)] {
      shapes.filter { $0.count == 2 }.flatMap { shape in
        MatrixReading.readings(of: shape, gates: gates, sizes).map { ($0, matrix(shape)) }
      }
    }
  }

  // MARK: One matrix for all gates

  private static func stacked(
    _ weights: [Plain], gates: Int, _ sizes: LayerSizes, apart: Bool
  ) -> [WeightLayout] {
    let matrices = weights.filter { !$0.isVector }
    var found: [(blocks: [Block], reading: MatrixReading, roles: [Role])] = []
    if matrices.count == 1 {
      for (reading, matrix) in matrices[0].readings(gates: gates, sizes) {
        guard case .both(let inputFirst) = reading.operand else { continue }
        let input = inputFirst ? 0..<sizes.input : sizes.hidden..<(sizes.hidden + sizes.input)
        let state = inputFirst ? sizes.input..<(sizes.input + sizes.hidden) : 0..<sizes.hidden
        found.append(
          (
            (0..<gates).map {
              Block(
                input: reading.block(matrix, gate: $0, columns: input),
                recurrent: reading.block(matrix, gate: $0, columns: state))
            }, reading, [matrices[0].role(reading.words, sizes, gates: gates)]
          ))
      }
    } else {
      for (first, second) in [(0, 1), (1, 0)] {
        for (input, x) in matrices[first].readings(gates: gates, sizes)
        where input.operand == .input {
          for (recurrent, h) in matrices[second].readings(gates: gates, sizes)
          where recurrent.operand == .recurrent && recurrent.isInterleaved == input.isInterleaved {
            found.append(
              (
                (0..<gates).map {
                  Block(
                    input: input.block(x, gate: $0, columns: 0..<sizes.input),
                    recurrent: recurrent.block(h, gate: $0, columns: 0..<sizes.hidden))
                }, input,
                [
                  matrices[first].role(input.words, sizes, gates: gates),
                  matrices[second].role(recurrent.words, sizes, gates: gates),
                ]
              ))
          }
        }
      }
    }
    return found.flatMap { blocks, reading, roles in
      biases(weights.filter(\.isVector), gates: gates, sizes, apart: apart, reading).map {
        layout(blocks, roles, $0)
      }
    }
  }

  /// Biases by gate, and how they are read.
  private struct BiasReading {
    var input: [Tensor<Double>?]
    var recurrent: [Tensor<Double>?]
    let roles: [Role]
  }

  private static func layout(
    _ blocks: [Block], _ roles: [Role], _ biases: BiasReading
  ) -> WeightLayout {
    WeightLayout(
      blocks: blocks.enumerated().map { gate, block in
        var block = block
        block.inputBias = biases.input[gate]
        block.recurrentBias = biases.recurrent[gate]
        return block
      }, roles: roles + biases.roles)
  }

  private static func biases(
    _ vectors: [Plain], gates: Int, _ sizes: LayerSizes, apart: Bool, _ reading: MatrixReading
  ) -> [BiasReading] {
    let units = gates * sizes.hidden
    let none: [Tensor<Double>?] = Array(repeating: nil, count: gates)
    func split(_ scalars: ArraySlice<Double>) -> [Tensor<Double>?] {
      let all = Array(scalars)
      let bias = Tensor(shape: [all.count]) { all[$0] }
      return (0..<gates).map { reading.block(bias, gate: $0) }
    }
    func role(_ vector: Plain, _ words: String) -> Role {
      vector.role(words, sizes, gates: gates)
    }
    let (besideInput, besideState) =
      apart ? ("added beside W x", "added beside W h") : ("added", "added")
    let scalars = vectors.flatMap(\.tensor.scalars)
    let counts = vectors.map(\.tensor.count)
    if vectors.isEmpty { return [BiasReading(input: none, recurrent: none, roles: [])] }
    // One bias of every gate, perhaps in a vector for each.
    if scalars.count == units, Set(counts).count == 1 {
      let bias = split(scalars[...])
      let first = BiasReading(
        input: bias, recurrent: none, roles: vectors.map { role($0, besideInput) })
      guard apart else { return [first] }
      return [
        first,
        BiasReading(input: none, recurrent: bias, roles: vectors.map { role($0, besideState) }),
      ]
    }
    // Two of every gate: two vectors, or one of both halves, or one for each.
    if scalars.count == 2 * units, Set(counts).count == 1 {
      let (a, b) = (split(scalars[..<units]), split(scalars[units...]))
      func roles(_ first: String, _ second: String) -> [Role] {
        if vectors.count == 1 {
          return [
            role(
              vectors[0], apart ? "first half \(first), second half \(second)" : "both halves added"
            )
          ]
        }
        return vectors.enumerated().map { role($1, $0 < vectors.count / 2 ? first : second) }
      }
      let first = BiasReading(input: a, recurrent: b, roles: roles(besideInput, besideState))
      guard apart else { return [first] }
      return [first, BiasReading(input: b, recurrent: a, roles: roles(besideState, besideInput))]
    }
    // One of every gate, and one more beside the state of a single gate.
    if vectors.count == 2, apart, let whole = counts.firstIndex(of: units),
      counts[1 - whole] == sizes.hidden
    {
      return (0..<gates).map { gate in
        var single = none
        single[gate] = Tensor(shape: [sizes.hidden]) { vectors[1 - whole].tensor[$0] }
        return BiasReading(
          input: split(vectors[whole].tensor.scalars[...]), recurrent: single,
          roles: [
            role(vectors[whole], besideInput),
            role(vectors[1 - whole], "\(besideState) in gate \(gate + 1) alone"),
          ])
      }
    }
    return []
  }

  // MARK: A matrix for each gate

  /// The gates lie in the order of their matrices; a bias belongs to the matrix before it.
  private static func separate(
    _ weights: [Plain], gates: Int, _ sizes: LayerSizes
  ) -> [WeightLayout] {
    [false, true].compactMap { isTransposed in
      var inputs: [(matrix: Tensor<Double>, bias: Tensor<Double>?)] = []
      var states: [(matrix: Tensor<Double>, bias: Tensor<Double>?)] = []
      var isInput = true
      var roles: [Role] = []
      for weight in weights {
        if weight.isVector {
          guard weight.tensor.count == sizes.hidden else { return nil }
          let bias = Tensor(shape: [sizes.hidden]) { weight.tensor[$0] }
          if isInput, let last = inputs.indices.last, inputs[last].bias == nil {
            inputs[last].bias = bias
          } else if !isInput, let last = states.indices.last, states[last].bias == nil {
            states[last].bias = bias
          } else {
            return nil
          }
          roles.append(weight.role("added beside the matrix before it", sizes, gates: gates))
          continue
        }
        guard
          let (reading, matrix) = weight.readings(gates: 1, sizes)
            .first(where: { $0.0.isTransposed == isTransposed })
        else { return nil }
        let block = reading.block(
          matrix, gate: 0,
          columns: 0..<(reading.operand == .input ? sizes.input : sizes.hidden))
        switch reading.operand {
        case .input: inputs.append((block, nil))
        case .recurrent: states.append((block, nil))
        case .both: return nil
        }
        isInput = reading.operand == .input
        roles.append(weight.role(reading.words, sizes, gates: gates))
      }
      guard inputs.count == gates, states.count == gates else { return nil }
      return WeightLayout(
        blocks: zip(inputs, states).map { input, state in
          Block(
            input: input.matrix, recurrent: state.matrix, inputBias: input.bias,
            recurrentBias: state.bias)
        }, roles: roles)
    }
  }
}
