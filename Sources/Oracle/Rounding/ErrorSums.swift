/// The error of outputs per unit of each kind of rounding: `Σ_k |∂y/∂δ_k| · charge_k` over every element k
/// that the output is computed from, with the signed derivatives of the whole graph.
struct ErrorSums {
  /// How many outputs one sweep follows.
  static let lanes = 8
  typealias Lanes = SIMD8<Double>

  private let graph: LinearizedGraph
  private var adjoints: [Lanes]
  /// Those that an edge has led to, which are few.
  private var reached: ElementQueue

  init(_ graph: LinearizedGraph) {
    self.graph = graph
    adjoints = Array(repeating: .zero, count: graph.charges.count)
    reached = ElementQueue(of: graph.charges.count)
  }

  /// The sums of up to `lanes` elements, by `RoundingKind.rawValue` and then by lane.
  ///
  /// - Parameter visit: called with each element that the outputs depend on and their derivatives by its
  ///   rounding error.
  mutating func sums(
    of elements: ArraySlice<Int>, visit: ((Int, Lanes) -> Void)? = nil
  ) -> [Lanes] {
    var arithmetic = Lanes.zero
    var relative = Lanes.zero
    var absolute = Lanes.zero
    var storage = Lanes.zero
    var underflow = Lanes.zero
    var squares = Lanes.zero
    for (lane, element) in elements.enumerated() {
      adjoints[element][lane] = 1
      reached.insert(element)
    }
    guard !elements.isEmpty else { return [] }
    let graph = graph
    adjoints.withUnsafeMutableBufferPointer { adjoints in
      graph.edgeSources.withUnsafeBufferPointer { sources in
        graph.edgeDerivatives.withUnsafeBufferPointer { derivatives in
          // Edges lead to earlier elements.
          while let element = reached.popLast() {
            let adjoint = adjoints[element]
            guard adjoint != .zero else { continue }
            adjoints[element] = .zero
            let charge = graph.charges[element]
            let size = adjoint.replacing(with: -adjoint, where: adjoint .< 0)
            arithmetic += size * charge.arithmetic
            relative += size * charge.activationRelative
            absolute += size * charge.activationAbsolute
            storage += size * charge.storage
            underflow += size * charge.operations
            let unit = size * charge.unit
            squares += unit * unit
            visit?(element, adjoint)
            for edge in graph.edgeStarts[element]..<graph.edgeStarts[element + 1] {
              let source = Int(sources[edge])
              adjoints[source] += adjoint * derivatives[edge]
              reached.insert(source)
            }
          }
        }
      }
    }
    return [arithmetic, relative, absolute, storage, underflow, squares.squareRoot()]
  }
}
