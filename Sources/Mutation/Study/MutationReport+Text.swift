import Conformance
import GoldenFixtures

extension MutationReport {
  /// The report as a table by bug class for people, every survivor below it.
  public var text: String {
    let precisions = Precision.wide.filter { precision in
      results.contains { $0.precision == precision }
    }
    var text = classTable(precisions)
    for precision in precisions {
      let (places, steps) = (rightPlaces(in: precision), rightSteps(in: precision))
      text += "\n\(precision.rawValue): the signal is named right for \(percent(places)),"
      text += " the first step for \(percent(steps))"
    }
    text += "\n" + sweepTable(precisions)
    if !survivors.isEmpty {
      text += "\nSurvivors\n"
      for survivor in survivors {
        text += "  \(survivor.formulation) \(survivor.mutant.id) (\(survivor.precision.rawValue),"
        text += " \(survivor.mutant.bugClass.rawValue)): \(survivor.mutant.change)\n"
      }
    }
    let counts = MutantResult.Fate.allCases.map { fate in
      (fate, results.count { $0.fate == fate })
    }
    return text + "\n\(results.count) trials: "
      + counts.filter { $0.1 > 0 || $0.0 == .survived }.map { "\($0.1) \($0.0.words)" }
      .joined(separator: ", ") + "\n"
  }

  private func classTable(_ precisions: [Precision]) -> String {
    var table = TextTable(
      [.left("bug class"), .right("mutants")]
        + precisions.flatMap { precision -> [TextTable.Column] in
          [.right(precision.rawValue), .right("survived"), .right("equivalent"), .right("below")]
        })
    func row(_ name: String, _ bugClass: BugClass?) -> [String] {
      let mutants = Set(
        results.filter { bugClass == nil || $0.mutant.bugClass == bugClass }
          .map { "\($0.formulation) \($0.mutant.id)" })
      return [name, "\(mutants.count)"]
        + precisions.flatMap { precision in
          [MutantResult.Fate.killed, .survived, .equivalent, .belowLimit].map {
            "\(count($0, of: bugClass, in: precision))"
          }
        }
    }
    for bugClass in BugClass.allCases
    where results.contains(where: { $0.mutant.bugClass == bugClass }) {
      table.add(row(bugClass.rawValue, bugClass))
    }
    table.add(row("all", nil))
    return table.text
      + "\nUnder each arithmetic: how many are killed. below: changed by less than twice the"
      + " tolerance of every element.\n"
  }

  /// The smallest changes that are seen: the best, the median and the worst over all series of a kind.
  private func sweepTable(_ precisions: [Precision]) -> String {
    guard !sweeps.isEmpty else { return "" }
    var table = TextTable([
      .left("smallest change seen"), .left("dtype"), .right("series"), .right("best"),
      .right("median"), .right("worst"),
    ])
    let kinds: [(name: String, matches: (String) -> Bool)] = [
      ("error of a fast σ or tanh", { $0.hasPrefix("implementation/fast-") }),
      ("one element of a value", { $0.hasPrefix("implementation/") && $0.hasSuffix("-one") }),
      ("all elements of a value", { $0.hasPrefix("implementation/") && $0.hasSuffix("-all") }),
      ("one element of a gradient", { $0.hasPrefix("backward/") && $0.hasSuffix("-one") }),
      ("all elements of a gradient", { $0.hasPrefix("backward/") && $0.hasSuffix("-all") }),
    ]
    for kind in kinds {
      for precision in precisions {
        let smallest = sweeps.filter { $0.precision == precision && kind.matches($0.series) }
          .map { $0.smallest ?? .infinity }.sorted()
        guard let best = smallest.first, let worst = smallest.last else { continue }
        table.add([
          kind.name, precision.rawValue, "\(smallest.count)", "\(best)",
          "\(smallest[smallest.count / 2])", "\(worst)",
        ])
      }
    }
    return "\n" + table.text
  }

  private func percent(_ count: (right: Int, all: Int)) -> String {
    guard count.all > 0 else { return "none" }
    let share = (Double(count.right) / Double(count.all) * 1000).rounded(.down) / 10
    return "\(share) % (\(count.right) of \(count.all))"
  }
}

extension MutantResult.Fate {
  /// The fate in a sentence.
  fileprivate var words: String { self == .belowLimit ? "below the detection limit" : rawValue }
}
