import BallArithmetic
import Equations
import Tensors

/// Balls of one precision: the equations enclosed.
///
/// The elements of all nodes stand in one array, as `Graph.offsets` says.
struct BallEvaluation {
  let precision: Ball.Precision
  /// What is added to the numbers of a tensor of the case, as many; nil for nothing.
  var change: ((Graph.Leaf.Source) -> [Double]?)?

  init(precision: Ball.Precision) { self.precision = precision }

  /// The value of every element, or of those of the forward nodes alone.
  ///
  /// - Parameters:
  ///   - problem: the case, exactly as it is stored.
  ///   - report: what a subject reports, where the graph reads it.
  func values(
    of graph: Graph, case problem: Case<Double>, report: Answers<Double> = [:],
    forwardOnly: Bool = false
  ) -> BallVector {
    let count = forwardOnly ? graph.forwardCount : graph.nodes.count
    var nodes = BallNodes(
      graph: graph,
      sources: graph.sources.map { (problem.scalars($0, report: report), change?($0)) },
      parameters: graph.parameters.map { name in
        problem.parameters[name].map { weights in
          (enclosed(weights.scalars, .parameter(name)), weights.shape.last ?? 0)
        }
      },
      sheet: BallSheet(
        zeros: graph.offsets[count], width: graph.widest, precision: precision))
    for id in 0..<count { nodes.compute(id) }
    return nodes.finished()
  }

  private func enclosed(_ scalars: [Double], _ source: Graph.Leaf.Source) -> BallVector {
    let exact = BallVector(scalars)
    guard let change = change?(source) else { return exact }
    return exact.adding(BallVector(change), precision: precision)
  }
}

/// The nodes of a graph while they are computed, one after the other.
private struct BallNodes: ~Copyable {
  let graph: Graph
  /// The numbers of each of `graph.sources`, and what is added to them.
  let sources: [(scalars: [Double], change: [Double]?)]
  /// The parameters and how many columns each has.
  let parameters: [(weights: BallVector, columns: Int)?]
  var sheet: BallSheet

  consuming func finished() -> BallVector { sheet.finished() }

  mutating func compute(_ id: Graph.NodeID) {
    let elements = graph.elements(of: id)
    switch graph.nodes[id].operation {
    case .leaf(let leaf): read(leaf, to: elements)
    case .combination(let combination): add(combination, to: elements)
    case .activation(let activation, let argument):
      sheet.apply(activation.ofBalls, to: graph.offsets[argument], into: elements)
    case .softmax(let argument): sheet.softmax(of: graph.offsets[argument], into: elements)
    case .inner(let a, let b):
      sheet.dot(
        .init(from: graph.offsets[a]), .init(from: graph.offsets[b]),
        count: graph.nodes[a].width, into: elements.lowerBound)
    case .outerSum(let sum): add(sum, to: elements)
    }
  }

  private mutating func read(_ leaf: Graph.Leaf, to elements: Range<Int>) {
    let (scalars, change) = sources[leaf.tensor]
    let places = leaf.offset..<(leaf.offset + elements.count)
    sheet.set(scalars[places], from: elements.lowerBound)
    guard let change else { return }
    for (element, place) in zip(elements, places) {
      sheet.add(change[place], to: element..<(element + 1))
    }
  }

  private mutating func add(_ combination: Graph.Combination, to sum: Range<Int>) {
    var isFirst = true
    for product in combination.products where add(product, to: sum, isFirst: isFirst) {
      isFirst = false
    }
    let monomials = combination.monomials
    var kept: ArraySlice<Graph.NodeID> = []
    for (position, monomial) in monomials.enumerated() {
      let isContinued =
        position + 1 < monomials.count && monomials[position + 1].continues(monomial)
      add(monomial, isContinued: isContinued, kept: &kept, to: sum, isFirst: isFirst)
      isFirst = false
    }
  }

  /// `sum + M v`, or `sum − M v`; false where there is no such parameter.
  private mutating func add(
    _ product: Graph.Product, to sum: Range<Int>, isFirst: Bool
  ) -> Bool {
    let block = product.block
    guard let position = block.position, let (weights, columns) = parameters[position] else {
      return false
    }
    let (lineStride, stride) = product.isTransposed ? (1, columns) : (columns, 1)
    let matrix = BallSheet.Lines(
      from: block.rows.lowerBound * columns + block.columns.lowerBound, lineStride: lineStride,
      stride: stride, length: graph.nodes[product.operand].width)
    sheet.addProduct(
      matrix, in: weights, with: graph.offsets[product.operand], isNegative: product.isNegative,
      to: sum, isFirst: isFirst)
    return true
  }

  /// `sum + coefficient · a ⊙ b ⊙ …`.
  ///
  /// Where the next monomial goes on from this one, as −a s s from a s, the product is kept for it.
  private mutating func add(
    _ monomial: Graph.Monomial, isContinued: Bool, kept: inout ArraySlice<Graph.NodeID>,
    to sum: Range<Int>, isFirst: Bool
  ) {
    let factors = monomial.factors
    let coefficient = monomial.coefficient
    guard let last = factors.last else {
      return sheet.add(Double(coefficient), to: sum)
    }
    let isSummedAlone = factors.count == 1 || isContinued || coefficient.magnitude != 1
    let multiplied = isSummedAlone ? factors[...] : factors.dropLast()
    let product = self.product(of: multiplied, kept: &kept, count: sum.count)
    if isSummedAlone {
      sheet.add(coefficient, times: product, to: sum, isFirst: isFirst)
    } else {
      sheet.addProduct(
        product, graph.operand(last, in: sum.count), isNegative: coefficient < 0, to: sum,
        isFirst: isFirst)
    }
  }

  /// The product of factors, which is kept where there is more than one.
  private mutating func product(
    of factors: ArraySlice<Graph.NodeID>, kept: inout ArraySlice<Graph.NodeID>, count: Int
  ) -> BallSheet.Operand {
    let isContinued = !kept.isEmpty && factors.starts(with: kept)
    var product = isContinued ? .kept : graph.operand(factors[factors.startIndex], in: count)
    for factor in factors.dropFirst(isContinued ? kept.count : 1) {
      sheet.keepProduct(product, graph.operand(factor, in: count), count: count)
      product = .kept
    }
    if factors.count > 1 { kept = factors }
    return product
  }

  private mutating func add(_ sum: Graph.OuterSum, to elements: Range<Int>) {
    for part in sum.parts {
      let (rows, columns) = (part.block.rows, part.block.columns)
      sheet.addOuterProducts(
        part.pairs.map { (graph.offsets[$0.cotangent], graph.offsets[$0.operand]) },
        rows: rows.count, columns: columns.count,
        from: elements.lowerBound + rows.lowerBound * sum.columns + columns.lowerBound,
        stride: sum.columns)
    }
  }
}

extension Graph {
  /// A factor of units; a single number is the same in every unit.
  fileprivate func operand(_ node: NodeID, in count: Int) -> BallSheet.Operand {
    nodes[node].width == count ? .init(from: offsets[node]) : .init(all: offsets[node])
  }
}

extension Graph.Monomial {
  /// Whether the factors are those of another monomial and more.
  fileprivate func continues(_ other: Graph.Monomial) -> Bool {
    other.factors.count > 1 && factors.count > other.factors.count
      && factors.starts(with: other.factors)
  }
}
