import HDF5

/// One change of an HDF5 file.
struct Edit: Sendable, CustomStringConvertible {
  /// What is at a path.
  enum Content: Sendable {
    case doubles([Double], shape: [Int])
    case floats([Float], shape: [Int])
    case integers([Int], shape: [Int])
    case strings([String], shape: [Int])
    case group
    /// Nothing: what is there is left out.
    case nothing
  }

  /// What an attribute holds.
  enum Value: Sendable {
    case text(String)
    case integer(Int)
    case real(Double)
    /// Nothing: the attribute is left out.
    case nothing
  }

  enum Change: Sendable {
    case content(Content)
    /// One number of a float64 or float32 dataset.
    case number(Int, Double)
    case attribute(String, Value)
  }

  let path: String
  let change: Change

  static func put(_ content: Content, at path: String) -> Edit {
    Edit(path: path, change: .content(content))
  }
  static func set(_ number: Double, at index: Int, of path: String) -> Edit {
    Edit(path: path, change: .number(index, number))
  }
  static func attribute(_ name: String, of path: String, to value: Value) -> Edit {
    Edit(path: path, change: .attribute(name, value))
  }

  var description: String { "\(path) \(change)" }
}

/// Copies an HDF5 file with changes; dimension scales are not kept.
struct FileEditor {
  private let target: HDF5File
  private let edits: [Edit]

  static func edited(_ bytes: [UInt8], _ edits: Edit...) throws -> [UInt8] {
    let source = try HDF5File.open(image: bytes, named: "source.h5")
    let editor = FileEditor(target: try HDF5File.createImage("target.h5"), edits: edits)
    try editor.copyMembers(of: source, to: editor.target)
    for edit in edits {
      if case .content(let content) = edit.change, try !editor.target.exists(edit.path) {
        try editor.write(content, to: edit.path)
      }
    }
    return try editor.target.image()
  }

  private func copyMembers(of source: some HDF5Container, to group: some HDF5Container) throws {
    try copyAttributes(of: source, to: group)
    for member in try source.members() {
      let path = group.path == "/" ? "/\(member.name)" : "\(group.path)/\(member.name)"
      if edits.contains(where: { $0.path == path && $0.isContent }) { continue }
      if member.kind == .group {
        try copyMembers(of: source.group(member.name), to: target.createGroup(path))
      } else {
        try copy(source.dataset(member.name), to: path)
      }
    }
  }

  private func copy(_ dataset: HDF5Dataset, to path: String) throws {
    switch dataset.elementKind {
    case .float(bits: 64):
      var numbers = try dataset.read(Double.self)
      for case (let index, let number) in numberEdits(path) { numbers[index] = number }
      try write(.doubles(numbers, shape: dataset.shape), to: path)
    case .float:
      var numbers = try dataset.read(Float.self)
      for case (let index, let number) in numberEdits(path) { numbers[index] = Float(number) }
      try write(.floats(numbers, shape: dataset.shape), to: path)
    default: try write(.integers(try dataset.read(Int.self), shape: dataset.shape), to: path)
    }
    try copyAttributes(of: dataset, to: target.dataset(path))
  }

  private func numberEdits(_ path: String) -> [(Int, Double)] {
    edits.compactMap { edit in
      guard edit.path == path, case .number(let index, let number) = edit.change else { return nil }
      return (index, number)
    }
  }

  private func write(_ content: Edit.Content, to path: String) throws {
    switch content {
    case .doubles(let numbers, let shape): try target.write(numbers, shape: shape, to: path)
    case .floats(let numbers, let shape): try target.write(numbers, shape: shape, to: path)
    case .integers(let numbers, let shape): try target.write(numbers, shape: shape, to: path)
    case .strings(let strings, let shape): try target.write(strings, shape: shape, to: path)
    case .group: try target.createGroup(path)
    case .nothing: break
    }
  }

  private func copyAttributes(of source: some HDF5Object, to target: some HDF5Object) throws {
    var values: [String: Edit.Value] = [:]
    for name in try source.attributeNames() {
      if let text = try? source.attribute(name, as: String.self) {
        values[name] = .text(text)
      } else if let number = try? source.attribute(name, as: Int.self) {
        values[name] = .integer(number)
      }
    }
    for case (let name, let value) in attributeEdits(target.path) { values[name] = value }
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      switch value {
      case .text(let text): try target.setAttribute(name, to: text)
      case .integer(let number): try target.setAttribute(name, to: number)
      case .real(let number): try target.setAttribute(name, to: number)
      case .nothing: break
      }
    }
  }

  private func attributeEdits(_ path: String) -> [(String, Edit.Value)] {
    edits.compactMap { edit in
      guard edit.path == path, case .attribute(let name, let value) = edit.change else {
        return nil
      }
      return (name, value)
    }
  }
}

extension Edit {
  fileprivate var isContent: Bool {
    if case .content = change { true } else { false }
  }
}
