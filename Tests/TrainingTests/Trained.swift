import Conformance
import Equations
import RecurrentCells
import Tensors
import Testing
import Training

/// A session of an example with a cell of its own type, opened for a test.
protocol SessionVisitor {
  associatedtype Result
  func visit<Cell: ComposableCell<Double>>(
    _ cell: Cell.Type, _ session: TrainingSession
  ) throws -> Result
}

/// A formulation and an example that it is trained on.
struct Pairing: Sendable, CustomTestStringConvertible {
  let id: String
  let example: TrainingExample.Name

  var testDescription: String { "\(id) \(example.rawValue)" }

  /// Every formulation that can answer, with one answer a sequence and with one a step.
  static let all = Catalogue.entries.flatMap { entry in
    [TrainingExample.Name.sentiment, .nextWord].filter { example in
      do {
        try TrainingExample.named(example).checkInputs(of: try entry.formulation())
        return true
      } catch { return false }
    }.map { Pairing(id: entry.declaration.id, example: $0) }
  }

  func session(
    hidden: Int = 5, _ change: (inout TrainingSettings) -> Void = { _ in }
  ) throws -> (session: TrainingSession, pair: any CellPair) {
    let entries = try Catalogue.entries(named: [id])
    let chosen = TrainingExample.named(example)
    var settings = chosen.defaults
    settings.hiddenSize = hidden
    change(&settings)
    guard let entry = entries.first, let pair = entry.subject as? any CellPair else {
      throw TrainingError(code: .output, name: id, message: "no cell")
    }
    return (try TrainingSession(chosen, entry, settings: settings), pair)
  }

  /// Calls a visitor with the formulation's own cell.
  func opened<Visitor: SessionVisitor>(_ visitor: Visitor) throws -> Visitor.Result {
    let (session, pair) = try session()
    func open<Pair: CellPair>(_ pair: Pair) throws -> Visitor.Result {
      try visitor.visit(Pair.Wide.self, session)
    }
    return try open(pair)
  }
}

extension Model where Scalar == Double {
  /// The same model with every parameter moved: θ + distance · direction.
  func moved(by distance: Double, along direction: [String: Tensor<Double>]) -> Model {
    var model = self
    for (name, tensor) in direction {
      guard let parameter = model.parameters[name] else { continue }
      model.parameters[name] = Tensor(shape: parameter.shape) {
        parameter[$0] + distance * tensor[$0]
      }
    }
    return model
  }
}
