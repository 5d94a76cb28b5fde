import RecurrentCells
import Tensors
import Testing

@Suite("Changes of single columns")
struct ChangeTests {
  @Test("a changed column runs as with the changed parameter", arguments: Subject.all)
  func changes(subject: Subject) throws {
    // θ + δ is exact, so that both ways compute the same function and differ by rounding alone: each is
    // within the bound of the equations in loops.
    func check<Cell: ComposableCell>(_ type: Cell.Type) throws {
      let sizes = Sizes(input: 2, hidden: 3, steps: 3, batch: 4)
      let sample = Sample(of: type, sizes)
      for (name, tensor) in sample.parameters.sorted(by: { $0.key < $1.key }) {
        for position in 0..<tensor.count {
          let delta: Cell.Scalar = 0x1p-5
          let column = position % sizes.batch
          let set = ParameterSet(
            sample.parameters,
            changes: [name: [.init(column: column, position: position, delta: delta)]])
          let trace = try Cell(set).forward(sample.batch)
          var changed = sample
          changed.parameters[name]?[position] += delta

          let unchangedReference = Reference(sample, equations: subject.equations)
          let changedReference = Reference(changed, equations: subject.equations)
          let mixed = unchangedReference.replacing(column, from: changedReference)
          #expect(mixed.departures(of: trace) == [], "\(name)[\(position)]")
          // A relu hides what happens below zero.
          let hidden = mixed.values == unchangedReference.values
          #expect(!hidden || subject.testDescription.contains("elman-relu"))
          #expect(
            unchangedReference.departures(of: trace).isEmpty == hidden, "\(name)[\(position)]")
        }
      }
    }
    try check(subject.double)
    try check(subject.float)
  }

  @Test("several changes of one column add up, and other columns do not see them")
  func severalChanges() throws {
    func check<Cell: ComposableCell>(_ type: Cell.Type, _ equations: any SequenceEquations) throws {
      let sample = Sample(of: type, Sizes())
      var changed = sample
      var changes: [String: [ParameterSet<Cell.Scalar>.Change]] = [:]
      for (name, tensor) in sample.parameters {
        for position in [0, tensor.count - 1] {
          changes[name, default: []].append(.init(column: 1, position: position, delta: 0x1p-6))
          changed.parameters[name]?[position] += 0x1p-6
        }
      }
      let trace = try Cell(ParameterSet(sample.parameters, changes: changes))
        .forward(sample.batch)
      let mixed = Reference(sample, equations: equations)
        .replacing(1, from: Reference(changed, equations: equations))
      #expect(mixed.departures(of: trace) == [])
    }
    for subject in Subject.all { try check(subject.double, subject.equations) }
  }
}

extension Reference {
  /// Every signal, without the bounds.
  fileprivate var values: [String: [[[Double]]]] {
    signals.mapValues { $0.map { $0.map { $0.map(\.value) } } }
  }

  /// The same with one element of the batch from another run.
  fileprivate func replacing(_ element: Int, from other: Reference) -> Reference {
    var mixed = self
    for (letter, steps) in other.signals {
      for step in steps.indices { mixed.signals[letter]?[step][element] = steps[step][element] }
    }
    for (letter, elements) in other.final { mixed.final[letter]?[element] = elements[element] }
    return mixed
  }
}
