import Conformance
import Equations
import Frameworks
import GoldenFixtures
import Oracle
import Testing

@Suite("What frameworks say that their cells compute")
struct DeclarationTests {
  /// What the documentation says of a cell's shapes.
  struct Layout: Sendable, CustomTestStringConvertible {
    let declaration: Declaration
    let gates: Int
    let vectors: Int
    let states: [String]
    let signals: [String]

    var testDescription: String { declaration.id }
  }

  static let layouts = [
    Layout(
      declaration: .pyTorchLSTM, gates: 4, vectors: 8, states: ["c", "h"],
      signals: ["i", "f", "g", "o", "c", "h"]),
    Layout(
      declaration: .pyTorchGRU, gates: 3, vectors: 6, states: ["h"],
      signals: ["r", "z", "n", "h"]),
    Layout(
      declaration: .onnxLSTM, gates: 4, vectors: 8 + 3, states: ["C", "H"],
      signals: ["i", "f", "c", "C", "o", "H"]),
    Layout(
      declaration: .onnxGRU, gates: 3, vectors: 6, states: ["H"], signals: ["z", "r", "h", "H"]),
    Layout(
      declaration: .onnxGRULinearBeforeReset, gates: 3, vectors: 6, states: ["H"],
      signals: ["z", "r", "h", "H"]),
    Layout(
      declaration: .kerasGRU, gates: 3, vectors: 6, states: ["h"],
      signals: ["z", "r", "h_tilde", "h"]),
    Layout(
      declaration: .kerasGRUResetBefore, gates: 3, vectors: 3, states: ["h"],
      signals: ["z", "r", "h_tilde", "h"]),
  ]

  @Test("a matrix for the input and one for the state in each gate", arguments: layouts)
  func shapes(_ layout: Layout) throws {
    let formulation = try Formulation(layout.declaration)
    let shapes = formulation.parameters.map(\.shape.description)
    #expect(shapes.count { $0 == "[H,I]" } == layout.gates)
    #expect(shapes.count { $0 == "[H,H]" } == layout.gates)
    #expect(shapes.count { $0 == "[H]" } == layout.vectors)
    #expect(shapes.count == 2 * layout.gates + layout.vectors)
    #expect(formulation.states.map(\.name) == layout.states)
    #expect(formulation.signals.map(\.name) == layout.signals)
    #expect(formulation.outputs.map(\.name) == [layout.states.last])
    #expect(formulation.input.name == "x")
  }

  @Test("central differences in balls confirm every scalar's gradient", arguments: layouts)
  func gradients(_ layout: Layout) throws {
    let formulation = try Formulation(layout.declaration)
    let family = try #require(CaseFamily.all.first { $0.name == "one-unit" })
    let problem = family.problem(for: formulation)
    let scalars =
      problem.parameters.values.reduce(0) { $0 + $1.count } + problem.batch.x.count
      + problem.batch.initial.values.reduce(0) { $0 + $1.count }
    let confirmed = try Reference(formulation).confirmGradients(
      of: problem, seed: 5, everyElement: true)
    #expect(confirmed == scalars + 3)
  }

  @Test("they are in the catalogue, and not among those with a cell of ours")
  func catalogue() throws {
    #expect(Set(Catalogue.frameworks) == Set(Self.layouts.map(\.declaration)))
    let withCell = Set(Catalogue.entries.map(\.declaration.id))
    #expect(Catalogue.declarations.count == withCell.count + Self.layouts.count)
    for declaration in Catalogue.frameworks {
      #expect(!withCell.contains(declaration.id))
      #expect(try Catalogue.formulation(named: declaration.id).declaration == declaration)
      #expect {
        try Catalogue.entries(named: [declaration.id])
      } throws: { error in
        (error as? UnknownFormulation)?.lacksCell == true
          && "\(error)".contains("rnncheck check \(declaration.id)")
      }
    }
  }
}
