/// The bug classes that each case of each formulation was measured to reveal: those all of whose mutants the
/// case kills by itself.
///
/// The measurement takes longer than the goldens do and changes seldom, so it is kept as a table;
/// `rnncheck mutate --measure-flags` makes it anew.
public struct MeasuredFlags: Sendable, Equatable {
  private var flags: [String: [String: [BugClass]]] = [:]
  private var caseOrder: [String] = []

  /// The table that the fixtures are made with.
  public static let current = MeasuredFlags(table: measuredFlags)

  /// A table read from its text; what is not of its form is passed over.
  ///
  /// ```
  /// case generic
  ///   of donahue-lstm knight-lstm
  ///   are GATE_ORDER TRANSPOSE
  /// ```
  public init(table: String) {
    var goldenCase = ""
    var formulations: [String] = []
    var isComplete = false
    for line in table.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      switch words.first {
      case "case": goldenCase = words.dropFirst().first ?? ""
      case "of":
        if isComplete { formulations = [] }
        isComplete = false
        formulations += words.dropFirst()
      case "are":
        isComplete = true
        for formulation in formulations {
          self[formulation, goldenCase] += words.dropFirst().compactMap { BugClass(rawValue: $0) }
        }
      default: break
      }
    }
  }

  /// The flags of a case of a formulation; none where they were not measured.
  public subscript(formulation: String, goldenCase: String) -> [BugClass] {
    get { flags[goldenCase]?[formulation] ?? [] }
    set {
      if !caseOrder.contains(goldenCase) { caseOrder.append(goldenCase) }
      flags[goldenCase, default: [:]][formulation] = newValue
    }
  }

  /// The table as text, formulations of the same flags together.
  public var table: String {
    caseOrder.map { goldenCase in
      var groups: [[BugClass]: [String]] = [:]
      for (formulation, flags) in flags[goldenCase] ?? [:] {
        groups[flags, default: []].append(formulation)
      }
      let sorted = groups.mapValues { $0.sorted() }.sorted { $0.value[0] < $1.value[0] }
      return "case \(goldenCase)\n"
        + sorted.map { flags, formulations in
          Self.lines("of", formulations) + Self.lines("are", flags.map(\.rawValue))
        }.joined()
    }.joined()
  }

  /// The table as the Swift file that `current` is read from.
  public var source: String {
    """
    // Made by 'rnncheck mutate --measure-flags'; see MeasuredFlags.

    /// The measured flags of all fixtures, case by case.
    let measuredFlags = \"\"\"
    \(table.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))
      \"\"\"

    """
  }

  private static let width = 90

  /// Words after a keyword, in lines of a bounded width; the keyword alone where there are none.
  private static func lines(_ keyword: String, _ words: [String]) -> String {
    var lines: [String] = []
    var line = "  \(keyword)"
    for word in words {
      if line.count + word.count >= width {
        lines.append(line)
        line = "  \(keyword)"
      }
      line += " \(word)"
    }
    return (lines + [line]).map { "\($0)\n" }.joined()
  }
}
