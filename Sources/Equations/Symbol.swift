/// A letter of a document with its marks: `W_{xi}`, `\tilde{s}`, `W^{(hs)}`, `\overleftarrow{s}`, `\alpha`.
public struct Symbol: Hashable, Sendable, Comparable {
  /// A mark over or before a letter.
  public enum Mark: String, Sendable, CaseIterable {
    /// `\tilde{h}`: in the documents, a candidate.
    case tilde
    /// `\hat{y}`: in the documents, an output.
    case hat
    /// `\bar{h}`: in gradient equations, the gradient with respect to a signal.
    case bar
    /// `\check{h}`: the same where the document's own letters have bars.
    case check
    /// `\delta h`: in gradient equations, the gradient with respect to an activation's argument.
    case delta
    /// `\partial h`: in gradient equations, the upstream gradient.
    case partial
  }

  /// The letter, a Greek letter by its LaTeX name without the backslash: `W`, `alpha`.
  public var base: String
  /// The marks, the innermost first.
  public var marks: [Mark]
  /// The label below: `xi` of `W_{xi}`, `[x]` of `W_{[x]}`; nil where there is none.
  public var lower: String?
  /// The label above: `(hs)` of `W^{(hs)}`; nil where there is none.
  public var upper: String?
  /// The layer, from 1; nil where there are no layers.
  ///
  /// It is printed above: `s^{(2)}`, `W^{(hs),(2)}`.
  public var layer: Int?
  /// The arrow over the letter, in a formulation of both directions; nil where there is none.
  public var direction: Direction?

  /// A symbol.
  public init(
    _ base: String, marks: [Mark] = [], lower: String? = nil, upper: String? = nil,
    layer: Int? = nil, direction: Direction? = nil
  ) {
    self.base = base
    self.marks = marks
    self.lower = lower
    self.upper = upper
    self.layer = layer
    self.direction = direction
  }

  /// The name in files and reports: the letter, marks, labels, layer and direction joined by underscores,
  /// labels without brackets and slashes (`W_xi`, `s_tilde`, `W_hs`, `U_2_backward`).
  public var name: String {
    var name = Self.plain(base)
    for mark in marks { name += "_\(mark.rawValue)" }
    if let lower { name += "_\(Self.plain(lower))" }
    if let upper { name += "_\(Self.plain(upper))" }
    if let layer { name += "_\(layer)" }
    if let direction { name += "_\(direction.rawValue)" }
    return name
  }

  /// A label without brackets and slashes.
  private static func plain(_ label: String) -> String {
    func isLeftOut(_ byte: UInt8) -> Bool { leftOut.contains(byte) }
    guard label.utf8.contains(where: isLeftOut) else { return label }
    return String(decoding: label.utf8.filter { !isLeftOut($0) }, as: UTF8.self)
  }

  private static let leftOut = Array("()[]{}\\/".utf8)

  /// The same symbol with one more mark.
  public func marked(_ mark: Mark) -> Symbol {
    var symbol = self
    symbol.marks.append(mark)
    return symbol
  }

  /// The same symbol without its outermost mark.
  public var unmarked: Symbol {
    var symbol = self
    _ = symbol.marks.popLast()
    return symbol
  }

  /// By name, so that lists of symbols have one order everywhere.
  public static func < (left: Symbol, right: Symbol) -> Bool { left.name < right.name }
}
