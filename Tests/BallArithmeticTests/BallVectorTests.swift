import BallArithmetic
import Testing

/// Integers, whose sums of products are exact.
private func integers(_ count: Int, seed: UInt64) -> [Double] {
  var generator = SplitMix64(seed: seed)
  return (0..<count).map { _ in Double(Int.random(in: -1000...1000, using: &generator)) }
}

/// Numbers of any magnitude and full significands.
private func reals(_ count: Int, seed: UInt64) -> [Double] {
  var generator = SplitMix64(seed: seed)
  return (0..<count).map { _ in generator.double(exponents: -20...20) }
}

@Suite("Vectors")
struct BallVectorTests {
  @Test("elementwise operations are those of the elements", arguments: [0, 1, 7])
  func elementwise(count: Int) {
    let (a, b) = (reals(count, seed: 1), reals(count, seed: 2))
    let (x, y, s) = (
      BallVector(a), BallVector(b), Ball(numerator: 1, denominator: 3, precision: 90)
    )
    let p: Ball.Precision = 90
    func check(_ vector: BallVector, _ element: (Ball, Ball) -> Ball, line: Int = #line) {
      #expect(vector.count == count)
      for index in 0..<count {
        #expect(
          vector[index].isIdentical(to: element(Ball(a[index]), Ball(b[index]))), "line \(line)")
      }
    }
    check(x.adding(y, precision: p)) { $0.adding($1, precision: p) }
    check(x.subtracting(y, precision: p)) { $0.subtracting($1, precision: p) }
    check(x.multiplied(by: y, precision: p)) { $0.multiplied(by: $1, precision: p) }
    check(x.divided(by: y, precision: p)) { $0.divided(by: $1, precision: p) }
    check(x.multiplied(by: s, precision: p)) { one, _ in one.multiplied(by: s, precision: p) }
    check(x.divided(by: s, precision: p)) { one, _ in one.divided(by: s, precision: p) }
    check(-x) { one, _ in -one }
    check(x.magnitude) { one, _ in one.magnitude }
    check(x.exp(precision: p)) { one, _ in one.exp(precision: p) }
    check(x.tanh(precision: p)) { one, _ in one.tanh(precision: p) }
    check(x.logistic(precision: p)) { one, _ in one.logistic(precision: p) }
    check(x.relu()) { one, _ in one.relu() }
    check(x.magnitude.squareRoot(precision: p)) { one, _ in
      one.magnitude.squareRoot(precision: p)
    }
    var sum = x
    sum.add(y, precision: p)
    check(sum) { $0.adding($1, precision: p) }
    var difference = x
    difference.subtract(y, precision: p)
    check(difference) { $0.subtracting($1, precision: p) }
    let midpoints = x.divided(by: s, precision: p).midpoints
    #expect(midpoints == a.map { Ball($0).divided(by: s, precision: p).midpoint })
  }

  @Test("a dot product of integers is exact, whatever the stride", arguments: [1, 2, 3, -1, -2, 0])
  func strides(stride: Int) {
    let (a, b) = (integers(40, seed: 3), integers(40, seed: 4))
    let count = 12
    let offset = stride < 0 ? 39 : 2
    let slice = BallVector(a).slice(from: offset, by: stride, count: count)
    let dot = slice.dot(BallVector(b).slice(from: 5, count: count), addedTo: Ball(7), precision: 64)
    var expected = 7.0
    for index in 0..<count { expected += a[offset + index * stride] * b[5 + index] }
    #expect(dot.isExactly(Ball(expected)))
  }

  @Test("a dot product contains the sum of its products", arguments: UInt64(0)..<20)
  func dot(seed: UInt64) {
    let count = Int(seed)
    let (a, b) = (reals(count, seed: seed), reals(count, seed: seed + 100))
    let dot = BallVector(a).dot(BallVector(b), precision: 70)
    var sum = Ball.zero
    var exact = Ball.zero
    for (one, other) in zip(a, b) {
      let product = Ball(one).multiplied(by: Ball(other), precision: 2000)
      exact = exact.adding(product, precision: 2000)
      sum = sum.adding(product, precision: 70)
    }
    #expect(exact.isExact)
    #expect(dot.contains(exact) && sum.contains(exact))
    #expect(BallVector(a).dot(BallVector(b), precision: 2000).isExactly(exact))
    #expect(count == 0 || !dot.contains(exact.plus(Ball(0x1p-10))), "a wrong sum is outside")
  }

  @Test("sums", arguments: [0, 1, 13])
  func sums(count: Int) {
    let values = integers(count, seed: 5)
    #expect(BallVector(values).sum(precision: 64).isExactly(Ball(values.reduce(0, +))))
  }

  @Test(
    "matrix products of integers are exact", arguments: [(1, 1), (3, 5), (5, 3), (0, 4), (4, 0)])
  func matrices(rows: Int, columns: Int) {
    let w = integers(rows * columns, seed: 6)
    let matrix = BallMatrix(rows: rows, columns: columns, elements: BallVector(w))
    let (x, b) = (integers(columns, seed: 7), integers(rows, seed: 8))
    let product = matrix.product(BallVector(x), addedTo: BallVector(b), precision: 64)
    let transposed = matrix.transposedProduct(BallVector(b), addedTo: BallVector(x), precision: 64)
    #expect(product.count == rows && transposed.count == columns)
    for row in 0..<rows {
      let expected = (0..<columns).reduce(b[row]) { $0 + w[row * columns + $1] * x[$1] }
      #expect(product[row].isExactly(Ball(expected)))
      #expect(
        matrix.product(BallVector(x), precision: 64)[row].isExactly(Ball(expected - b[row])))
    }
    for column in 0..<columns {
      let expected = (0..<rows).reduce(x[column]) { $0 + w[$1 * columns + column] * b[$1] }
      #expect(transposed[column].isExactly(Ball(expected)))
    }
  }

  @Test(
    "what is added in place to integers is exact",
    arguments: [(1, 1), (3, 5), (5, 3), (0, 4), (4, 0)], [1.0, -1.0])
  func inPlace(shape: (rows: Int, columns: Int), sign: Double) {
    let (rows, columns) = shape
    let w = integers(rows * columns, seed: 12)
    let matrix = BallMatrix(rows: rows, columns: columns, elements: BallVector(w))
    let (x, b) = (integers(columns, seed: 13), integers(rows, seed: 14))
    var (sum, transposed) = (BallVector(b), BallVector(x))
    matrix.addProduct(BallVector(x), isNegative: sign < 0, to: &sum, precision: 64)
    matrix.addProduct(
      BallVector(b), isTransposed: true, isNegative: sign < 0, to: &transposed, precision: 64)
    for row in 0..<rows {
      let product = (0..<columns).reduce(0) { $0 + w[row * columns + $1] * x[$1] }
      #expect(sum[row].isExactly(Ball(b[row] + sign * product)))
    }
    for column in 0..<columns {
      let product = (0..<rows).reduce(0) { $0 + w[$1 * columns + column] * b[$1] }
      #expect(transposed[column].isExactly(Ball(x[column] + sign * product)))
    }
    var products = BallVector(b)
    products.addProduct(BallVector(b), sum, isNegative: sign < 0, precision: 100)
    for row in 0..<rows {
      let product = Ball(b[row]).multiplied(by: sum[row], precision: 100)
      #expect(
        products[row].isExactly(
          sign < 0
            ? Ball(b[row]).subtracting(product, precision: 100)
            : Ball(b[row]).adding(product, precision: 100)))
    }
  }

  @Test("a slice is added where it is told to, and vectors are joined")
  func places() {
    let vector = BallVector(joining: [
      BallVector([1, 2]), BallVector([Double]()), BallVector([3, 4, 5]),
    ])
    #expect(vector.midpoints == [1, 2, 3, 4, 5])
    var sum = BallVector([10.0, 20, 30, 40])
    let kept = sum
    sum.add(vector.slice(from: 0, by: 2, count: 3), at: 1, precision: 64)
    #expect(sum.midpoints == [10, 21, 33, 45])
    #expect(kept.midpoints == [10, 20, 30, 40])
    sum.add(sum.slice(count: 2), at: 2, precision: 64)
    #expect(sum.midpoints == [10, 21, 43, 66])
  }

  @Test("a sum of outer products, at once and one by one", arguments: [0, 1, 6])
  func outerProducts(terms: Int) {
    let (rows, columns) = (3, 4)
    let (a, b) = (integers(terms * rows, seed: 9), integers(terms * columns, seed: 10))
    let c = integers(rows * columns, seed: 11)
    let initial = BallMatrix(rows: rows, columns: columns, elements: BallVector(c))
    let left = BallMatrix(rows: terms, columns: rows, elements: BallVector(a))
    let right = BallMatrix(rows: terms, columns: columns, elements: BallVector(b))
    let atOnce = left.transposedProduct(right, addedTo: initial, precision: 64)
    var oneByOne = initial
    for term in 0..<terms {
      oneByOne.addOuterProduct(
        left.elements[term * rows..<(term + 1) * rows],
        right.elements[term * columns..<(term + 1) * columns], precision: 64)
    }
    for row in 0..<rows {
      for column in 0..<columns {
        let expected = (0..<terms).reduce(c[row * columns + column]) {
          $0 + a[$1 * rows + row] * b[$1 * columns + column]
        }
        #expect(atOnce[row, column].isExactly(Ball(expected)))
        #expect(oneByOne[row, column].isExactly(Ball(expected)))
      }
    }
  }

  @Test("a copy does not see what is written to the original")
  func valueSemantics() {
    let original = BallVector(integers(6, seed: 12))
    var copy = original
    let slice = copy.slice(from: 1, by: 2, count: 3)
    let before = slice.dot(slice, precision: 64)
    copy[1] = Ball(5000)
    copy[2..<4] = BallVector([6000, 7000])
    copy.add(copy, precision: 64)
    #expect(copy[1].isExactly(Ball(10_000)))
    #expect(copy[3].isExactly(Ball(14_000)))
    #expect(slice.dot(slice, precision: 64).isExactly(before))
    let untouched = BallVector(integers(6, seed: 12))
    for index in 0..<6 { #expect(original[index].isExactly(untouched[index])) }

    let matrix = BallMatrix(rows: 2, columns: 3, elements: original)
    var changed = matrix
    changed.addOuterProduct(BallVector([1, 1]), original[0..<3], precision: 64)
    changed[1, 2] = .zero
    for index in 0..<6 { #expect(matrix.elements[index].isExactly(original[index])) }
    #expect(changed[0, 0].isExactly(original[0].plus(original[0])))
    #expect(BallMatrix(zeroRows: 2, columns: 3)[1, 2].isZero)
  }

  @Test("tasks share a vector and write to copies of their own")
  func concurrency() async {
    let shared = BallVector(reals(64, seed: 13))
    let expected = shared.tanh(precision: 300).dot(shared, precision: 300)
    await withTaskGroup(of: Bool.self) { group in
      for task in 0..<32 {
        group.addTask {
          var own = shared
          own[task] = Ball(task)
          let result = shared.tanh(precision: 300).dot(shared, precision: 300)
          return own[task].isExactly(Ball(task)) && result.isIdentical(to: expected)
        }
      }
      for await isRight in group { #expect(isRight) }
    }
  }
}
