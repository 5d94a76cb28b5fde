import Conformance
import Equations

extension Expression {
  /// The names of the parameters that the expression has.
  var parameters: Set<String> {
    var names: Set<String> = []
    forEach {
      switch $0 {
      case .product(let matrix, _): names.insert(matrix.symbol.name)
      case .vector(let symbol): names.insert(symbol.name)
      default: break
      }
    }
    return names
  }
}
