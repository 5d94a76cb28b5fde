import Conformance
import Equations
import GoldenFixtures
import Oracle

/// What a layer with packed weights is: which formulation, and where its gates and biases lie in the weights.
///
/// A layer is identified exactly or not at all: what is said agrees with every answer within the tolerance that
/// follows from the arithmetic.
public struct Identification: Sendable {
  /// One thing that the layer is.
  public struct Match: Sendable {
    /// The formulation.
    public let formulation: String
    /// What is otherwise than in the formulation; nil where nothing is.
    public let change: String?
    /// The gates in the order in which the weights pack them, by the formulation's letters.
    public let gates: [String]
    /// The gates g that the layer writes as 1 − g.
    public let complements: [String]
    /// How many biases a gate has.
    public let biases: Int
    /// The gates that have more or fewer biases than the document has, with both numbers.
    public let otherBiases: [(gate: String, found: Int, documented: Int)]
    /// What each weight is.
    public let weights: [Weight]
    /// The formulation's states in the order in which the layer takes them.
    public let states: [String]
    /// The state that the layer puts out.
    public let output: String
    /// The largest error over tolerance; nil for what is near alone.
    public let worstRatio: Double?
  }

  /// A weight and how it is read.
  public struct Weight: Sendable {
    /// What the layer calls it.
    public let name: String
    /// Its shape in letters: `[3H, I]`.
    public let shape: String
    /// What it is applied to and how the gates lie in it.
    public let role: String
  }

  /// What comes nearest where nothing is exact.
  public struct Nearest: Sendable {
    /// What it is.
    public let match: Match
    /// Where it first departs, in words.
    public let departure: String
    /// How many of the elements that were looked at depart.
    public let failures, elements: Int
  }

  /// What the layer calls itself.
  public let subject: String
  /// The arithmetic that it answered in.
  public let precision: Precision
  /// Its weights by name, with their shapes in the first case.
  public let shapes: [(name: String, shape: [Int])]
  /// I and H of that case.
  public let inputSize, hiddenSize: Int
  /// Everything that the layer is, the simplest first; the rest are ties.
  public let matches: [Match]
  /// What comes nearest, where nothing is exact.
  public let nearest: Nearest?
  /// How many hypotheses were tried.
  public let tried: Int
}

extension Identification {
  /// Identifies a layer by its answers to a `PackedRequestFile`.
  ///
  /// - Parameters:
  ///   - response: its answers, with the weights that it used.
  ///   - precision: the arithmetic that it answered in.
  ///   - name: what it is called where it does not say so.
  ///   - formulations: what it may be.
  /// - Throws: `IdentificationError` where there is no answer to work with; `CancellationError`.
  public init(
    of response: ResponseFile, in precision: Precision, called name: String,
    among formulations: [Formulation]
  ) async throws {
    let cases = try PackedRequestFile.standard.map { entry in
      try LayerSearch.Answered(entry, in: response)
    }
    let search = LayerSearch(
      cases: cases, precision: precision, skeletons: formulations.compactMap(Skeleton.init))
    let outcome = try await search.run()
    guard let first = cases.first, outcome.tried > 0 else {
      throw IdentificationError(
        code: .shapes,
        message: "the shapes are those of no formulation's weights: "
          + cases[0].weights.map { "\($0.name) \($0.tensor.shape)" }.joined(separator: ", ")
          + " where I = \(cases[0].sizes.input) and H = \(cases[0].sizes.hidden)")
    }
    subject = response.name ?? name
    self.precision = precision
    shapes = first.weights.map { ($0.name, $0.tensor.shape) }
    inputSize = first.sizes.input
    hiddenSize = first.sizes.hidden
    tried = outcome.tried
    let order = Dictionary(
      formulations.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    matches = outcome.hits.map { (match: Match($0.hypothesis, $0.output, $0.worstRatio), hit: $0) }
      .sorted { left, right in
        let (a, b) = (left.match.rank, right.match.rank)
        if a != b { return a.lexicographicallyPrecedes(b) }
        let (c, d) = (order[left.match.formulation] ?? 0, order[right.match.formulation] ?? 0)
        return (c, left.match.headline) < (d, right.match.headline)
      }.map(\.match)
    nearest =
      matches.isEmpty
      ? outcome.nearest.flatMap { Nearest($0.hypothesis, $0.output, search) } : nil
  }
}

extension LayerSearch.Answered {
  fileprivate init(
    _ entry: PackedRequestFile.Entry, in response: ResponseFile
  ) throws(IdentificationError) {
    func fail(_ code: IdentificationError.Code, _ message: String) -> IdentificationError {
      IdentificationError(code: code, message: message)
    }
    guard let answer = response.answers[entry.name] else {
      throw fail(.missing, "the response has no case '\(entry.name)'")
    }
    if let reason = answer.notOffered { throw fail(.notOffered, "not offered: \(reason)") }
    if let problem = answer.problems.first {
      throw fail(.malformed, "case '\(entry.name)': \(problem)")
    }
    guard !answer.weights.isEmpty else {
      throw fail(
        .missing,
        "case '\(entry.name)' has no weights; the layer's weights are expected in 'packed'")
    }
    for weight in answer.weights {
      guard weight.tensor.scalars.allSatisfy(\.isFinite) else {
        throw fail(.malformed, "case '\(entry.name)': packed/\(weight.name) is not finite")
      }
    }
    guard let output = answer.tensors[.sequence(Hypothesis.output)] else {
      throw fail(
        .missing,
        "case '\(entry.name)' has no 'sequence/\(Hypothesis.output)'; the layer's outputs [T,B,H] are"
          + " expected there")
    }
    let shape = [entry.x.shape[0], entry.x.shape[1], entry.hiddenSize]
    guard output.shape == shape else {
      throw fail(
        .malformed,
        "case '\(entry.name)': the shape of 'sequence/\(Hypothesis.output)' is \(output.shape),"
          + " expected \(shape)")
    }
    for (quantity, tensor) in answer.tensors {
      switch quantity {
      case .sequence(Hypothesis.output): continue
      case .final(let name) where Int(name).map(entry.states.indices.contains) ?? false:
        let shape = [entry.x.shape[1], entry.hiddenSize]
        guard tensor.shape != shape else { continue }
        throw fail(
          .malformed,
          "case '\(entry.name)': the shape of '\(quantity.path)' is \(tensor.shape), expected \(shape)"
        )
      default:
        throw fail(
          .malformed,
          "case '\(entry.name)' has '\(quantity.path)'; a layer answers 'sequence/output', 'final/0' and,"
            + " where it has a second state, 'final/1'")
      }
    }
    self.init(
      entry: entry, sizes: LayerSizes(input: entry.x.shape[2], hidden: entry.hiddenSize),
      weights: answer.weights, answers: answer.tensors)
  }
}

extension Identification.Match {
  fileprivate init(_ hypothesis: Hypothesis, _ output: Symbol, _ worstRatio: Double?) {
    let skeleton = hypothesis.skeleton
    let biases = Hypothesis.biases(hypothesis.layout, hypothesis.order)
    formulation = skeleton.formulation.id
    change = hypothesis.change?.words
    gates = hypothesis.order.map { skeleton.gates[$0].signal.name }
    complements = hypothesis.complements.sorted().map { skeleton.gates[$0].signal.name }
    self.biases = hypothesis.layout.biases
    otherBiases = zip(skeleton.gates, biases).compactMap { gate, biases in
      let found = (biases.input ? 1 : 0) + (biases.recurrent ? 1 : 0)
      return found == gate.biases ? nil : (gate.signal.name, found, gate.biases)
    }
    weights = hypothesis.layout.roles.map {
      Identification.Weight(name: $0.name, shape: $0.shape, role: $0.words)
    }
    states = hypothesis.states.indices.compactMap { given in
      hypothesis.states.firstIndex(of: given).map { skeleton.formulation.states[$0].name }
    }
    self.output = output.name
    self.worstRatio = worstRatio
  }

  /// The simpler, the smaller: changes, biases that the document lacks, z for 1 − z, states in another order.
  fileprivate var rank: [Int] {
    [
      change == nil ? 0 : 1, otherBiases.reduce(0) { $0 + abs($1.found - $1.documented) },
      complements.count, states.first == output ? 0 : 1,
      weights.contains { $0.role.contains("side by side") } ? 1 : 0,
    ]
  }
}

extension Identification.Nearest {
  fileprivate init?(_ hypothesis: Hypothesis, _ output: Symbol, _ search: LayerSearch) {
    guard let formulation = try? hypothesis.formulation(),
      let reference = try? Reference(formulation)
    else { return nil }
    for index in search.cases.indices {
      guard let grading = search.grading(hypothesis, reference, output: output, in: index),
        let first = grading.first
      else { continue }
      match = Identification.Match(hypothesis, output, nil)
      departure = "case \(search.cases[index].entry.name), \(first.place)"
      failures = grading.failures
      elements = grading.elements
      return
    }
    return nil
  }
}
