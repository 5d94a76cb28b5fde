import RealModule

/// Operations rounded as a variant rounds them.
struct RoundedArithmetic<Scalar: Real & BinaryFloatingPoint & Sendable>: Sendable {
  let flushesToZero: Bool
  let fault: Variant.Fault?

  @inline(__always)
  func flushed(_ x: Scalar) -> Scalar {
    flushesToZero && x.magnitude < .leastNormalMagnitude ? 0 : x
  }

  @inline(__always)
  func add(_ a: Scalar, _ b: Scalar) -> Scalar { flushed(a + b) }

  @inline(__always)
  func multiply(_ a: Scalar, _ b: Scalar) -> Scalar {
    if fault == .coarseProducts {
      return Scalar(StorageFormat.bfloat16.nearest(Double(flushed(a * b))))
    }
    return flushed(a * b)
  }

  /// `sum + a b`, rounded once.
  @inline(__always)
  func fused(_ sum: Scalar, _ a: Scalar, _ b: Scalar) -> Scalar {
    if fault == .coarseProducts { return add(sum, multiply(a, b)) }
    return flushed(sum.addingProduct(a, b))
  }

  func add(_ a: [Scalar], _ b: [Scalar]) -> [Scalar] {
    var result = a
    for unit in result.indices { result[unit] = add(a[unit], b[unit]) }
    return result
  }

  func multiply(_ a: [Scalar], _ b: [Scalar]) -> [Scalar] {
    var result = a
    for unit in result.indices { result[unit] = multiply(a[unit], b[unit]) }
    return result
  }

  /// The addend by itself, its product rounded.
  func value(_ addend: Addend<Scalar>) -> [Scalar] {
    switch addend.factor {
    case .none: addend.base
    case .scalar(let scalar): addend.base.map { multiply($0, scalar) }
    case .vector(let vector): multiply(addend.base, vector)
    }
  }

  /// The sum so far and one more addend.
  func add(_ addend: Addend<Scalar>, fuses: Bool, to sum: inout [Scalar]) {
    switch addend.factor {
    case .none:
      for unit in sum.indices { sum[unit] = add(sum[unit], addend.base[unit]) }
    case .scalar(let scalar):
      for unit in sum.indices {
        sum[unit] =
          fuses
          ? fused(sum[unit], addend.base[unit], scalar)
          : add(sum[unit], multiply(addend.base[unit], scalar))
      }
    case .vector(let vector):
      for unit in sum.indices {
        sum[unit] =
          fuses
          ? fused(sum[unit], addend.base[unit], vector[unit])
          : add(sum[unit], multiply(addend.base[unit], vector[unit]))
      }
    }
    if fault == .coarseAccumulation {
      sum = sum.map { Scalar(StorageFormat.float16.nearest(Double($0))) }
    }
  }

  /// The sum of addends in an order and a tree.
  func sum(
    _ addends: [Addend<Scalar>], width: Int, habits: Habits, using draws: Draws
  ) -> [Scalar] {
    guard !addends.isEmpty else { return Array(repeating: 0, count: width) }
    var ordered = addends
    switch habits.order {
    case .written: break
    case .reversed: ordered.reverse()
    case .shuffled:
      for index in ordered.indices.dropLast() {
        ordered.swapAt(index, index + draws.index(below: ordered.count - index))
      }
    case .ascending, .descending:
      let ranked = ordered.enumerated().sorted {
        let (a, b) = ($0.element.size, $1.element.size)
        return a == b ? $0.offset < $1.offset : a < b
      }
      ordered = ranked.map(\.element)
      if habits.order == .descending { ordered.reverse() }
    }
    switch habits.tree {
    case .sequential: return inSequence(ordered[...], habits)
    case .pairwise: return inTree(ordered[...], habits) { $0 / 2 }
    case .twoLanes: return inLanes(ordered, 2, habits)
    case .fourLanes: return inLanes(ordered, 4, habits)
    case .eightLanes: return inLanes(ordered, 8, habits)
    case .random: return inTree(ordered[...], habits) { 1 + draws.index(below: $0 - 1) }
    }
  }

  private func inSequence(_ addends: ArraySlice<Addend<Scalar>>, _ habits: Habits) -> [Scalar] {
    var sum = value(addends[addends.startIndex])
    for addend in addends.dropFirst() { add(addend, fuses: habits.fuses, to: &sum) }
    return sum
  }

  private func inTree(
    _ addends: ArraySlice<Addend<Scalar>>, _ habits: Habits, split: (Int) -> Int
  ) -> [Scalar] {
    guard addends.count > 2 else { return inSequence(addends, habits) }
    let middle = addends.startIndex + split(addends.count)
    return add(
      inTree(addends[..<middle], habits, split: split),
      inTree(addends[middle...], habits, split: split))
  }

  private func inLanes(_ addends: [Addend<Scalar>], _ count: Int, _ habits: Habits) -> [Scalar] {
    let lanes = (0..<min(count, addends.count)).map { lane in
      inSequence(
        stride(from: lane, to: addends.count, by: count).map { addends[$0] }[...], habits)
    }
    return lanes.dropFirst().reduce(lanes[0]) { add($0, $1) }
  }
}
