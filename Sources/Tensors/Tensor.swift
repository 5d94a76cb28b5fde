/// A dense array in row-major order: the last index moves fastest.
public struct Tensor<Scalar: BinaryFloatingPoint & Sendable>: Hashable, Sendable {
  /// The extent of every axis; empty for a single number.
  public let shape: [Int]

  /// The elements in row-major order; as many as the product of `shape`.
  public private(set) var scalars: [Scalar]

  /// A tensor of the given elements.
  ///
  /// - Parameters:
  ///   - shape: the extent of every axis, none of them negative.
  ///   - scalars: the elements in row-major order.
  /// - Throws: `ShapeError` when an extent is negative, the product of the extents overflows, or
  ///   there are more or fewer elements than it.
  public init(shape: [Int], scalars: [Scalar]) throws(ShapeError) {
    guard try Self.count(of: shape) == scalars.count else {
      throw ShapeError(
        code: .elementCount,
        message: "\(scalars.count) elements do not fill the shape \(shape)", shape: shape)
    }
    self.shape = shape
    self.scalars = scalars
  }

  /// A tensor of zeros.
  ///
  /// - Parameter shape: the extent of every axis; a programmer's, not a file's.
  public init(zeros shape: [Int]) {
    self.shape = shape
    self.scalars = Array(repeating: 0, count: shape.reduce(1, *))
  }

  /// A tensor whose elements are computed from their position in row-major order.
  public init(shape: [Int], _ element: (Int) throws -> Scalar) rethrows {
    self.shape = shape
    self.scalars = try (0..<shape.reduce(1, *)).map(element)
  }

  /// The number of elements of a tensor of this shape.
  ///
  /// - Throws: `ShapeError` when an extent is negative or the product overflows.
  public static func count(of shape: [Int]) throws(ShapeError) -> Int {
    var count = 1
    for extent in shape {
      guard extent >= 0 else {
        throw ShapeError(
          code: .negativeExtent, message: "the shape \(shape) has a negative extent", shape: shape)
      }
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard !overflow else {
        throw ShapeError(
          code: .overflow, message: "the number of elements of the shape \(shape) overflows",
          shape: shape)
      }
      count = product
    }
    return count
  }

  /// The number of elements.
  public var count: Int { scalars.count }

  /// The elements as contiguous storage to read.
  public func withUnsafeScalars<R>(
    _ body: (UnsafeBufferPointer<Scalar>) throws -> R
  ) rethrows -> R {
    try scalars.withUnsafeBufferPointer(body)
  }

  /// The elements as contiguous storage to write.
  public mutating func withUnsafeMutableScalars<R>(
    _ body: (UnsafeMutableBufferPointer<Scalar>) throws -> R
  ) rethrows -> R {
    try scalars.withUnsafeMutableBufferPointer { try body($0) }
  }

  /// The element at a position in row-major order.
  public subscript(position: Int) -> Scalar {
    get { scalars[position] }
    set { scalars[position] = newValue }
  }

  /// The element of a matrix at a row and a column.
  public subscript(row: Int, column: Int) -> Scalar {
    get { scalars[row * shape[1] + column] }
    set { scalars[row * shape[1] + column] = newValue }
  }

  /// The element of a sequence [T,B,N] at a step, a batch element and a unit.
  public subscript(step: Int, batch: Int, unit: Int) -> Scalar {
    get { scalars[(step * shape[1] + batch) * shape[2] + unit] }
    set { scalars[(step * shape[1] + batch) * shape[2] + unit] = newValue }
  }

  /// The same shape with every element converted.
  public func map<Other>(_ transform: (Scalar) throws -> Other) rethrows -> Tensor<Other> {
    var position = 0
    return try Tensor<Other>(shape: shape) { _ in
      defer { position += 1 }
      return try transform(scalars[position])
    }
  }

  /// The same numbers in another precision, rounded to nearest even where it is narrower.
  public func converted<Other>(to other: Other.Type = Other.self) -> Tensor<Other> {
    map { Other($0) }
  }
}
