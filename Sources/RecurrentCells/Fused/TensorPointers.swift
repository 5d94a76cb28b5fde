import Tensors

/// Calls a body with the storage of several tensors at once, none of them empty.
func withPointers<Scalar: CellScalar, Result>(
  _ tensors: [Tensor<Scalar>], _ body: ([UnsafePointer<Scalar>]) -> Result
) -> Result {
  func open(_ next: Int, _ opened: [UnsafePointer<Scalar>]) -> Result {
    guard next < tensors.count else { return body(opened) }
    return tensors[next].withUnsafeScalars { scalars in
      open(next + 1, scalars.baseAddress.map { opened + [$0] } ?? opened)
    }
  }
  return open(0, [])
}

/// Calls a body with the storage of several tensors at once, to write.
func withMutablePointers<Scalar: CellScalar, Result>(
  _ tensors: inout [Tensor<Scalar>], _ body: ([UnsafeMutablePointer<Scalar>]) -> Result
) -> Result {
  var (waiting, done) = (Array(tensors.reversed()), [Tensor<Scalar>]())
  // Every tensor has one owner at a time, so that none is copied.
  tensors = []
  func open(_ opened: [UnsafeMutablePointer<Scalar>]) -> Result {
    guard var tensor = waiting.popLast() else { return body(opened) }
    let result = tensor.withUnsafeMutableScalars { scalars in
      open(scalars.baseAddress.map { opened + [$0] } ?? opened)
    }
    done.append(tensor)
    return result
  }
  let result = open([])
  tensors = done.reversed()
  return result
}
