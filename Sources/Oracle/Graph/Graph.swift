import Equations
import Tensors

/// A formulation unrolled over the steps and the batch of one case: vectors computed from vectors.
///
/// One graph serves every arithmetic (balls, Double, Float) and the analysis of rounding errors. Each node is
/// what an implementation rounds as one: a sum of products and monomials, an activation, or a
/// parameter's gradient. Forward nodes come first, so a forward-only evaluation stops early.
struct Graph {
  /// A position in `nodes`; a node's operands stand before it.
  typealias NodeID = Int

  struct Node {
    let operation: Operation
    let width: Int
    /// Whether an implementation stores the vector: a signal, a gradient.
    var isStored = false
  }

  enum Operation {
    case leaf(Leaf)
    case combination(Combination)
    case activation(Activation, NodeID)
    /// `e^{x_i} ÷ Σ_j e^{x_j}`.
    case softmax(NodeID)
    /// `Σ_i a_i b_i`, one number, which a monomial takes for every unit.
    case inner(NodeID, NodeID)
    case outerSum(OuterSum)
  }

  /// A piece of a tensor of the case.
  struct Leaf: Hashable {
    enum Source: Hashable {
      case parameter(String)
      case input
      case initial(String)
      case upstreamSequence(String)
      case upstreamFinal(String)
      /// What a subject reports of a signal, or of a signal's gradient.
      case reported(Quantity)
      /// Zeros for a gradient beyond the sequence, so many, where a graph says what reads it.
      case absent(Int)

      /// The place in a case or a report.
      var path: String {
        switch self {
        case .parameter(let name): "parameters/\(name)"
        case .input: "inputs"
        case .initial(let name): "initial/\(name)"
        case .upstreamSequence(let name): "upstream/sequence/\(name)"
        case .upstreamFinal(let name): "upstream/final/\(name)"
        case .reported(let quantity): quantity.path
        case .absent: "beyond the sequence"
        }
      }
    }
    let source: Source
    /// The position of the source in `sources`.
    let tensor: Int
    let offset: Int
  }

  /// `Σ ± M v + Σ monomials`, unit by unit.
  struct Combination {
    var products: [Product] = []
    var monomials: [Monomial] = []
    /// How many additions, subtractions and multiplications the sum took as it is written; 0 where no
    /// product was multiplied out.
    var operations = 0
  }

  /// `± M v`.
  struct Product {
    var isNegative: Bool
    let block: MatrixBlock
    let isTransposed: Bool
    let operand: NodeID
  }

  /// A part of a matrix parameter.
  struct MatrixBlock: Hashable {
    let parameter: String
    /// The parameter's position in `parameters`; nil for none of the formulation's.
    let position: Int?
    let rows: Range<Int>
    let columns: Range<Int>
  }

  /// `coefficient · a ⊙ b ⊙ …`.
  struct Monomial {
    var coefficient: Int
    var factors: [NodeID]
    /// Whether it comes from a product that was multiplied out, as `h` from `(1 − z) ⊙ h`.
    ///
    /// Such a monomial is not computed as it stands.
    var isExpanded = false
    /// Whether one minus a node, which an `Arrangement` names, is one more factor.
    var isComplemented = false
  }

  /// The gradient of a matrix: `Σ a b^T` over all steps and sequences, block by block, row-major.
  struct OuterSum {
    struct Part {
      let block: MatrixBlock
      var pairs: [(cotangent: NodeID, operand: NodeID)]
    }
    let columns: Int
    var parts: [Part]
  }

  /// The node of one vector of an answer, and where the vector stands in its tensor.
  struct Output {
    let quantity: Quantity
    let offset: Int
    let node: NodeID
  }

  /// The names of the formulation's parameters.
  let parameters: [String]
  private(set) var nodes: [Node] = []
  /// Where each node's elements start if those of all nodes stand in one array; last, how many there are.
  private(set) var offsets = [0]
  /// The most elements that a node has.
  private(set) var widest = 0
  /// What the leaves are pieces of.
  private(set) var sources: [Leaf.Source] = []
  /// How many nodes the forward pass has.
  var forwardCount = 0
  var outputs: [Output] = []
  /// The shape of each answer.
  var shapes: [Quantity: [Int]] = [:]
  /// Every pairing of an upstream gradient with the signal that it weighs: the loss is their sum.
  var loss: [(upstream: NodeID, signal: NodeID)] = []

  /// A graph without nodes.
  init(parameters: [String]) { self.parameters = parameters }

  /// Adds a node behind those that it is computed from.
  mutating func append(_ node: Node) -> NodeID {
    nodes.append(node)
    widest = max(widest, node.width)
    offsets.append(offsets[nodes.count - 1] + node.width)
    return nodes.count - 1
  }

  /// Adds a tensor of the case of which leaves are pieces.
  mutating func append(_ source: Leaf.Source) -> Int {
    sources.append(source)
    return sources.count - 1
  }

  /// Where a node's elements stand.
  func elements(of node: NodeID) -> Range<Int> { offsets[node]..<offsets[node + 1] }

  /// The element of a node that a unit of what reads it takes: a single number is the same in every unit.
  func element(of node: NodeID, at unit: Int) -> Int {
    nodes[node].width == 1 ? offsets[node] : offsets[node] + unit
  }

  /// Makes a node's vector one that an implementation stores.
  mutating func store(_ node: NodeID) { nodes[node].isStored = true }
}
