internal import CFLINT

#if canImport(CArb)
  internal import CArb
#endif

extension BallVector {
  private func combined(
    with other: BallVector, _ operation: BinaryOperation, _ precision: Ball.Precision
  ) -> BallVector {
    precondition(count == other.count, "\(count) elements with \(other.count)")
    return storage.read { ones in
      other.storage.read { others in
        BallVector(count: count) { results in
          for index in 0..<count {
            operation(results + index, ones + index, others + index, precision.bits)
          }
        }
      }
    }
  }

  private func applying(
    _ function: ElementaryFunction, _ precision: Ball.Precision
  ) -> BallVector {
    storage.read { arguments in
      BallVector(count: count) { results in
        for index in 0..<count { function(results + index, arguments + index, precision.bits) }
      }
    }
  }

  /// a_i + b_i.
  public func adding(_ other: BallVector, precision: Ball.Precision) -> BallVector {
    combined(with: other, arb_add, precision)
  }

  /// a_i − b_i.
  public func subtracting(_ other: BallVector, precision: Ball.Precision) -> BallVector {
    combined(with: other, arb_sub, precision)
  }

  /// a_i · b_i.
  public func multiplied(by other: BallVector, precision: Ball.Precision) -> BallVector {
    combined(with: other, arb_mul, precision)
  }

  /// a_i ÷ b_i; not finite where the ball of b_i contains zero.
  public func divided(by other: BallVector, precision: Ball.Precision) -> BallVector {
    combined(with: other, arb_div, precision)
  }

  /// a_i ← a_i + b_i, in place.
  public mutating func add(_ other: BallVector, precision: Ball.Precision) {
    combine(with: other, arb_add, precision)
  }

  /// a_i ← a_i − b_i, in place.
  public mutating func subtract(_ other: BallVector, precision: Ball.Precision) {
    combine(with: other, arb_sub, precision)
  }

  /// a_i ← a_i ∘ b_i.
  private mutating func combine(
    with other: BallVector, _ operation: BinaryOperation, _ precision: Ball.Precision
  ) {
    precondition(count == other.count, "\(count) elements with \(other.count)")
    let count = count
    writeUnshared { results in
      other.storage.read { others in
        for index in 0..<count {
          operation(results + index, results + index, others + index, precision.bits)
        }
      }
    }
  }

  /// a_i ← a_i + b_i c_i, in place, or a_i − b_i c_i.
  ///
  /// - Parameter isNegative: whether the products are subtracted.
  public mutating func addProduct(
    _ one: BallVector, _ other: BallVector, isNegative: Bool = false, precision: Ball.Precision
  ) {
    precondition(
      count == one.count && count == other.count,
      "\(count) elements with \(one.count) and \(other.count)")
    let count = count
    let operation: BinaryOperation = isNegative ? arb_submul : arb_addmul
    writeUnshared { sums in
      one.storage.read { ones in
        other.storage.read { others in
          for index in 0..<count {
            operation(sums + index, ones + index, others + index, precision.bits)
          }
        }
      }
    }
  }

  /// a_{k+i} ← a_{k+i} + b_i for every element of a slice, in place.
  ///
  /// Traps where an element is outside the vector.
  ///
  /// - Parameter offset: k.
  public mutating func add(
    _ terms: BallSlice, at offset: Int, precision: Ball.Precision
  ) {
    precondition(
      0 <= offset && terms.count <= count - offset,
      "\(terms.count) elements from \(offset) of \(count)")
    writeUnshared { sums in
      terms.read { terms, stride, count in
        for index in 0..<count {
          arb_add(
            sums + (offset + index), sums + (offset + index), terms + index * stride,
            precision.bits)
        }
      }
    }
  }

  /// a_i · s.
  public func multiplied(by scalar: Ball, precision: Ball.Precision) -> BallVector {
    scalar.storage.read { scalar in
      applying({ arb_mul($0, $1, scalar, $2) }, precision)
    }
  }

  /// a_i ÷ s; not finite where the ball of s contains zero.
  public func divided(by scalar: Ball, precision: Ball.Precision) -> BallVector {
    scalar.storage.read { scalar in
      applying({ arb_div($0, $1, scalar, $2) }, precision)
    }
  }

  /// −a_i, exactly.
  public static prefix func - (operand: BallVector) -> BallVector {
    operand.applying(negation, .least)
  }

  /// |a_i|, exactly.
  public var magnitude: BallVector { applying(absoluteValue, .least) }

  /// e^{a_i}.
  public func exp(precision: Ball.Precision) -> BallVector { applying(arb_exp, precision) }

  /// tanh(a_i).
  public func tanh(precision: Ball.Precision) -> BallVector { applying(arb_tanh, precision) }

  /// σ(a_i) = 1 / (1 + e^{−a_i}), accurate relative to the result.
  public func logistic(precision: Ball.Precision) -> BallVector {
    applying(BallArithmetic.logistic, precision)
  }

  /// √a_i; not finite where the ball contains a negative number.
  public func squareRoot(precision: Ball.Precision) -> BallVector {
    applying(arb_sqrt, precision)
  }

  /// f(a_i).
  public func applying(_ function: BallSheet.Function, precision: Ball.Precision) -> BallVector {
    applying(function.write, precision)
  }

  /// max(a_i, 0), exactly where the ball is all on one side of zero.
  public func relu() -> BallVector { applying(rectifier, .least) }
}
