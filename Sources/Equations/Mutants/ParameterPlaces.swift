/// A parameter, or the block of one that belongs to a gate, where an equation has it.
enum ParameterUnit: Hashable {
  case matrix(Matrix)
  case vector(Symbol)

  /// The expression of a vector, or of a matrix applied to something.
  var text: String {
    switch self {
    case .matrix(let matrix): Expression.product(matrix, .number(1)).text.replacing(" 1", with: "")
    case .vector(let symbol): Expression.vector(symbol).text
    }
  }
}

/// What a parameter does in an equation: equations whose parameters do the same may exchange them.
enum ParameterRole: Hashable {
  /// Applied to this, the parameters inside without their names.
  case matrix(on: Expression, columns: Matrix.Block?)
  /// Multiplied with this unit by unit.
  case factor(of: Expression)
  /// Added.
  case addend

  /// How the role is called in words.
  var name: String {
    switch self {
    case .matrix(let operand, _): "the matrix on \(operand.text)"
    case .factor(let other): "the weight of \(other.text)"
    case .addend: "the bias"
    }
  }
}

extension Expression {
  /// The parameters of an equation by their roles; a role that two parameters have is left out.
  var parameterPlaces: [(role: ParameterRole, unit: ParameterUnit)] {
    var found: [(role: ParameterRole, unit: ParameterUnit)] = []
    var factors: Set<Symbol> = []
    for (_, part) in sites {
      switch part {
      case .product(let matrix, let vector):
        found.append(
          (.matrix(on: vector.withoutParameterNames, columns: matrix.columns), .matrix(matrix)))
      case .hadamard(.vector(let symbol), let other), .hadamard(let other, .vector(let symbol)):
        factors.insert(symbol)
        found.append((.factor(of: other.withoutParameterNames), .vector(symbol)))
      default: break
      }
    }
    for (_, part) in sites {
      if case .vector(let symbol) = part, !factors.contains(symbol) {
        found.append((.addend, .vector(symbol)))
      }
    }
    return found.filter { place in found.count { $0.role == place.role } == 1 }
  }

  /// The expression with one parameter in the place of another.
  func replacing(_ unit: ParameterUnit, by other: ParameterUnit) -> Expression {
    rewritten { part in
      switch (part, other) {
      case (.product(let matrix, let vector), .matrix(let new)) where unit == .matrix(matrix):
        .product(new, vector)
      case (.vector(let symbol), .vector(let new)) where unit == .vector(symbol): .vector(new)
      default: part
      }
    }
  }

  private var withoutParameterNames: Expression {
    rewritten { part in
      switch part {
      case .product(let matrix, let vector):
        .product(Matrix(Symbol("·"), columns: matrix.columns), vector)
      case .vector: .vector(Symbol("·"))
      default: part
      }
    }
  }
}
