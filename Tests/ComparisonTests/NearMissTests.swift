import Comparison
import DonahueLSTM
import Equations
import GRU
import Testing

/// One change to a cell, after which it is another.
struct NearMiss: Sendable, CustomTestStringConvertible {
  let name: String
  let cell: Declaration
  /// The position of the equation that is changed.
  let equation: Int
  let change: @Sendable (Expression) -> Expression

  var testDescription: String { name }

  static let all: [NearMiss] =
    [Activation.tanh, .relu, .identity].flatMap { activation in
      (0..<3).map { gate in
        NearMiss(name: "\(activation) in gate \(gate)", cell: .donahueLSTM, equation: gate) {
          $0.applying(activation)
        }
      }
    } + [
      NearMiss(name: "σ in the candidate", cell: .donahueLSTM, equation: 3) {
        $0.applying(.logistic)
      },
      NearMiss(name: "a matrix transposed", cell: .donahueLSTM, equation: 0) {
        $0.rewritten {
          guard case .product(let matrix, let vector) = $0, matrix.symbol.name == "W_hi" else {
            return $0
          }
          return .product(matrix.transpose, vector)
        }
      },
      NearMiss(name: "a gate used twice", cell: .donahueLSTM, equation: 4) {
        $0.replacing(Symbol("f"), by: Symbol("o"))
      },
      NearMiss(name: "the candidate for a gate", cell: .donahueLSTM, equation: 5) {
        $0.replacing(Symbol("o"), by: Symbol("g"))
      },
      NearMiss(name: "the state at another step", cell: .donahueLSTM, equation: 4) {
        $0.rewritten {
          if case .signal(let symbol, .step(-1)) = $0 { return .signal(symbol, .step(-2)) }
          return $0
        }
      },
      NearMiss(name: "a parameter shared", cell: .donahueLSTM, equation: 1) {
        $0.rewritten {
          guard case .product(let matrix, let vector) = $0, matrix.symbol.name == "W_hf" else {
            return $0
          }
          return .product(Matrix(Symbol("W", lower: "hi")), vector)
        }
      },
      NearMiss(name: "a term doubled", cell: .donahueLSTM, equation: 4) {
        .sum($0, .hadamard(.signal(Symbol("i"), .step(0)), .signal(Symbol("g"), .step(0))))
      },
      NearMiss(name: "interpolation that does not sum to one", cell: .cs224dGRU, equation: 0) {
        .sum($0, .signal(Symbol("h"), .step(-1)))
      },
      NearMiss(name: "a sign in the interpolation", cell: .cs224dGRU, equation: 0) {
        $0.rewritten {
          if case .difference(.number(1), let gate) = $0 { return .sum(.number(1), gate) }
          return $0
        }
      },
    ]
}

@Suite struct NearMissTests {
  @Test(arguments: NearMiss.all)
  func isNotClaimedEqual(_ miss: NearMiss) throws {
    let right = try Formulation(miss.cell)
    var equations = right.equations
    equations[miss.equation].expression = miss.change(equations[miss.equation].expression)
    #expect(equations != right.equations)
    let wrong = try Formulation(miss.cell, equations: equations)
    for comparison in [FormulationComparison(right, wrong), FormulationComparison(wrong, right)] {
      #expect(comparison.verdict == .different)
      #expect(comparison.relation == nil)
      #expect(comparison.equations.contains { $0.match == .different && !$0.differences.isEmpty })
    }
  }

  @Test func theTransposedMatrixIsTold() throws {
    let right = try Formulation(.donahueLSTM)
    var equations = right.equations
    equations[0].expression = equations[0].expression.rewritten {
      guard case .product(let matrix, let vector) = $0, matrix.symbol.name == "W_hi" else {
        return $0
      }
      return .product(matrix.transpose, vector)
    }
    let comparison = FormulationComparison(
      right, try Formulation(.donahueLSTM, equations: equations))
    #expect(comparison.equations.flatMap(\.differences).map(\.kind) == [.transposition])
  }

  @Test func theSharedParameterIsTold() throws {
    let shared = Cells.declaration(
      "shared",
      [#"a_t = \tanh(W x_t)"#, #"b_t = \sigma(W x_t)"#, #"h_t = a_t \odot b_t + h_{t-1}"#])
    let apart = Cells.declaration(
      "apart",
      [#"a_t = \tanh(W x_t)"#, #"b_t = \sigma(V x_t)"#, #"h_t = a_t \odot b_t + h_{t-1}"#])
    let comparison = try Comparing.compare(shared, apart)
    #expect(comparison.verdict == .different)
    #expect(comparison.equations.flatMap(\.differences).map(\.kind) == [.sharing])
  }
}

extension Expression {
  /// The same argument under another function.
  fileprivate func applying(_ activation: Activation) -> Expression {
    guard case .apply(_, let argument) = self else { return self }
    return .apply(Function("f", activation), argument)
  }

  fileprivate func replacing(_ signal: Symbol, by other: Symbol) -> Expression {
    rewritten {
      if case .signal(signal, let time) = $0 { return .signal(other, time) }
      return $0
    }
  }
}
