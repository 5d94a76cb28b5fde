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
    precondition(count == other.count, "\(count) elements with \(other.count)")
    let count = count
    writeUnshared { sums in
      other.storage.read { terms in
        for index in 0..<count {
          arb_add(sums + index, sums + index, terms + index, precision.bits)
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

  /// max(a_i, 0), exactly where the ball is all on one side of zero.
  public func relu() -> BallVector { applying(rectifier, .least) }
}
