import Tensors
import Testing

@Suite("Tensors")
struct TensorTests {
  @Test("elements lie in row-major order")
  func rowMajor() throws {
    let matrix = Tensor<Double>(shape: [2, 3]) { Double($0) }
    #expect(matrix[1, 0] == 3 && matrix[0, 2] == 2 && matrix[5] == 5)
    let sequence = try Tensor(shape: [2, 3, 4], scalars: (0..<24).map(Float.init))
    #expect(sequence[1, 2, 3] == 23 && sequence[1, 0, 0] == 12 && sequence[0, 1, 0] == 4)
  }

  @Test("a subscript writes the one element")
  func writing() {
    var matrix = Tensor<Float>(zeros: [2, 3])
    matrix[1, 2] = 5
    matrix[0] = 7
    #expect(matrix.scalars == [7, 0, 0, 0, 0, 5])
    var sequence = Tensor<Double>(zeros: [1, 2, 2])
    sequence[0, 1, 0] = 3
    #expect(sequence.scalars == [0, 0, 3, 0])
    sequence.withUnsafeMutableScalars { $0[3] = 4 }
    #expect(sequence.withUnsafeScalars { Array($0) } == [0, 0, 3, 4])
  }

  @Test("writing to a copy leaves the original alone")
  func values() {
    let original = Tensor<Double>(zeros: [2])
    var copy = original
    copy[0] = 1
    #expect(original.scalars == [0, 0] && copy != original)
  }

  @Test(
    "zeros are +0, as many as the shape holds", arguments: [[], [0], [3], [2, 0, 4], [2, 3, 4]])
  func zeros(shape: [Int]) {
    let tensor = Tensor<Float>(zeros: shape)
    #expect(tensor.shape == shape && tensor.count == shape.reduce(1, *))
    #expect(tensor.scalars.allSatisfy { $0.bitPattern == 0 })
  }

  @Test(
    "a shape that cannot be is refused",
    arguments: [
      ([2, -1], 0, ShapeError.Code.negativeExtent),
      ([1 << 32, 1 << 32], 0, .overflow),
      ([2, 3], 5, .elementCount),
      ([], 0, .elementCount),
      ([0, 4], 1, .elementCount),
    ])
  func refused(shape: [Int], count: Int, code: ShapeError.Code) {
    let error = #expect(throws: ShapeError.self) {
      try Tensor<Double>(shape: shape, scalars: Array(repeating: 0, count: count))
    }
    #expect(error?.code == code && error?.shape == shape)
    #expect(error?.description.contains("\(shape)") == true)
  }

  @Test("a map keeps the shape and the order")
  func map() {
    let doubled = Tensor<Double>(shape: [2, 2]) { Double($0) }.map { Float($0 * 2) }
    #expect(doubled.shape == [2, 2] && doubled.scalars == [0, 2, 4, 6])
  }

  @Test("a conversion rounds to nearest even")
  func conversion() throws {
    let halfUlp = 0x1p-24
    let numbers = [1 + halfUlp, 1 + 3 * halfUlp, (1 + halfUlp).nextUp, -0.0, 0x1p-150, 0x1p128]
    let floats: Tensor<Float> = try Tensor(shape: [6], scalars: numbers).converted()
    let expected: [Float] = [1, 1 + 0x1p-22, 1 + 0x1p-23, -0.0, 0, .infinity]
    #expect(floats.scalars.map(\.bitPattern) == expected.map(\.bitPattern))
  }

  @Test("a sequence batch says its extents and lengths")
  func sequenceBatch() {
    let x = Tensor<Double>(zeros: [5, 2, 3])
    let full = SequenceBatch(x: x, initial: [:])
    #expect((full.steps, full.batch, full.inputSize) == (5, 2, 3) && full.length(of: 1) == 5)
    #expect(SequenceBatch(x: x, lengths: [5, 0], initial: [:]).length(of: 1) == 0)
  }
}
