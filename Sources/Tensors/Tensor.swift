/// A dense array in row-major order: the last index moves fastest.
public struct Tensor<Scalar: BinaryFloatingPoint & Sendable>: Hashable, Sendable {
  /// The extent of every axis; empty for a single number.
  public let shape: [Int]

  @usableFromInline
  var storage: [Scalar]

  /// The elements in row-major order; as many as the product of `shape`.
  @inlinable
  public var scalars: [Scalar] { storage }

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
    self.storage = scalars
  }

  /// A tensor of zeros.
  ///
  /// - Parameter shape: the extent of every axis; a programmer's, not a file's.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public init(zeros shape: [Int]) {
    self.shape = shape
    self.storage = Self.zeros(shape.reduce(1, *))
  }

  /// A tensor whose elements are computed from their position in row-major order.
  @inlinable
  public init(shape: [Int], _ element: (Int) throws -> Scalar) rethrows {
    self.shape = shape
    self.storage = try (0..<shape.reduce(1, *)).map(element)
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
  @inlinable
  public var count: Int { storage.count }

  /// The elements as contiguous storage to read.
  @inlinable
  public func withUnsafeScalars<R>(
    _ body: (UnsafeBufferPointer<Scalar>) throws -> R
  ) rethrows -> R {
    try storage.withUnsafeBufferPointer(body)
  }

  /// The elements as contiguous storage to write.
  @inlinable
  public mutating func withUnsafeMutableScalars<R>(
    _ body: (UnsafeMutableBufferPointer<Scalar>) throws -> R
  ) rethrows -> R {
    try storage.withUnsafeMutableBufferPointer { try body($0) }
  }

  /// The element at a position in row-major order.
  @inlinable
  public subscript(position: Int) -> Scalar {
    get { storage[position] }
    set { storage[position] = newValue }
  }

  /// The element of a matrix at a row and a column.
  @inlinable
  public subscript(row: Int, column: Int) -> Scalar {
    get { storage[row * shape[1] + column] }
    set { storage[row * shape[1] + column] = newValue }
  }

  /// The element of a sequence [T,B,N] at a step, a batch element and a unit.
  @inlinable
  public subscript(step: Int, batch: Int, unit: Int) -> Scalar {
    get { storage[(step * shape[1] + batch) * shape[2] + unit] }
    set { storage[(step * shape[1] + batch) * shape[2] + unit] = newValue }
  }

  /// The same shape with every element converted.
  @inlinable
  public func map<Other>(_ transform: (Scalar) throws -> Other) rethrows -> Tensor<Other> {
    try Tensor<Other>(shape: shape) { try transform(storage[$0]) }
  }

  /// The same numbers in another precision, rounded to nearest even where it is narrower.
  @inlinable
  public func converted<Other>(to other: Other.Type = Other.self) -> Tensor<Other> {
    map { Other($0) }
  }

  /// So many zeros, by clearing bytes: +0 is all zero bits in every binary floating-point format, and
  /// callers that are generic themselves would otherwise store them one by one.
  private static func zeros(_ count: Int) -> [Scalar] {
    Array(unsafeUninitializedCapacity: count) { buffer, initialized in
      let bytes = UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: count * stride)
      bytes.initializeMemory(as: UInt8.self, repeating: 0)
      bytes.bindMemory(to: Scalar.self)
      initialized = count
    }
  }

  private static var stride: Int { MemoryLayout<Scalar>.stride }
}
