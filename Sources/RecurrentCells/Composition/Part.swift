import Tensors

/// A cell as a part of a composed one.
struct Part<Cell: ComposableCell>: Sendable {
  /// The cell, which knows nothing of the others.
  let cell: Cell
  private let place: Place

  /// The part that the parameters of the whole have for a place.
  ///
  /// - Throws: `CellError` of the cell, with the names of the whole.
  init(_ set: ParameterSet<Cell.Scalar>, at place: Place) throws(CellError) {
    self.place = place
    let names = Cell.parameterNames
    do throws(CellError) {
      cell = try Cell(
        ParameterSet(
          Self.own(set.tensors, names, at: place), changes: Self.own(set.changes, names, at: place)
        ))
    } catch {
      let known = names.contains(error.name)
      throw CellError(
        code: error.code, name: known ? place.name(error.name, of: Cell.self) : error.name,
        message: error.message)
    }
  }

  /// The part's own initial states.
  func initial(of batch: SequenceBatch<Cell.Scalar>) -> [String: Tensor<Cell.Scalar>] {
    Self.own(batch.initial, Cell.declaration.states, at: place)
  }

  /// What of some upstream gradients is on the part's own signals and states.
  func own(_ upstream: Upstream<Cell.Scalar>) -> Upstream<Cell.Scalar> {
    let declaration = Cell.declaration
    return Upstream(
      sequence: Self.own(upstream.sequence, declaration.signals, at: place),
      final: Self.own(upstream.final, declaration.states, at: place))
  }

  /// Adds the values of the part, under the names of the whole, to all of them.
  func add<Value>(_ values: [String: Value], to all: inout [String: Value]) {
    all.add(values, named: Self.names(at: place))
  }
}

extension Part {
  /// The names of the whole for names of a part.
  static func names(_ own: [String], at place: Place) -> [String] {
    let names = names(at: place)
    return own.map { names[$0] ?? place.name($0, of: Cell.self) }
  }

  /// The values of a part under the names of the whole.
  static func named<Value>(_ values: [String: Value], at place: Place) -> [String: Value] {
    var named: [String: Value] = [:]
    named.add(values, named: names(at: place))
    return named
  }

  /// The values of the whole that a part has under its own names.
  private static func own<Value>(
    _ values: [String: Value], _ names: [String], at place: Place
  ) -> [String: Value] {
    values.isEmpty ? [:] : values.own(names, named: Self.names(at: place))
  }

  /// The names of the whole for all that the part declares.
  private static func names(at place: Place) -> [String: String] {
    Cell.declaration.names(at: place) { place.name($0, of: Cell.self) }
  }
}
