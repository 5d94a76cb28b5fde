import Claims
import GoldenFixtures

/// The results of a run.
public struct Report: Sendable {
  /// Every check of every case, in the order of the fixtures.
  public let results: [CheckResult]
  /// What the subject computes instead of what was asked, where something departs and that was looked for.
  public var diagnosis: Diagnosis?
  /// What the documents claim of the formulations, and what was found; a false claim of a document is no
  /// departure of a cell.
  public var claims: [ClaimResult] = []
  /// How small an error the goldens show in each quantity; empty where they were not compared with.
  public var limits: [DetectionLimits.Limit] = []

  /// Which part of a run it is of; nil where it is of the whole.
  public var shard: Shard?

  /// A report.
  public init(results: [CheckResult]) { self.results = results }

  /// How many checks had each verdict.
  public func count(_ verdict: Verdict) -> Int { results.count { $0.verdict == verdict } }

  /// The results that are failures.
  public var failures: [CheckResult] {
    results.filter { [.departs, .suspect, .error].contains($0.verdict) }
  }

  /// The results of each formulation, in the order in which they were run.
  public var byFormulation: [(formulation: String, results: [CheckResult])] {
    var groups: [(formulation: String, results: [CheckResult])] = []
    for result in results {
      if let last = groups.indices.last, groups[last].formulation == result.formulation {
        groups[last].results.append(result)
      } else {
        groups.append((result.formulation, [result]))
      }
    }
    return groups
  }

  /// The verdict over some results: an error, else a departure, else suspicion, else conformance; not offered
  /// where nothing else is there.
  public static func verdict(over results: [CheckResult]) -> Verdict {
    for verdict in [Verdict.error, .departs, .suspect, .conforms]
    where results.contains(where: { $0.verdict == verdict }) {
      return verdict
    }
    return .notOffered
  }

  /// Where a formulation's subject first departs, from the check that localizes best: the first step and
  /// signal of a step check, else of an end-to-end check.
  public static func fault(in results: [CheckResult]) -> CheckResult? {
    let departing = results.filter { $0.verdict == .departs }
    let departures = departing.isEmpty ? results.filter { $0.verdict == .suspect } : departing
    for check in [
      Check.forwardStep, .backwardStep, .values, .gradients, .differences, .linearity, .aliasing,
      .propagation,
    ] {
      if let first = departures.first(where: { $0.check == check }) { return first }
    }
    return nil
  }
}

extension CheckResult {
  /// Where and by how much, in words.
  public var place: String {
    guard let deviation else { return message }
    return check == .propagation ? "\(deviation.place) with \(message)" : deviation.place
  }
}

extension Deviation {
  /// Where and by how much, in words.
  public var place: String {
    let axes: [String] =
      switch quantity {
      case .sequence, .inputs, .cotangent: ["step", "batch", "unit"]
      case .final, .initial: ["batch", "unit"]
      case .parameter: position.count == 2 ? ["row", "column"] : ["unit"]
      }
    let place = zip(axes, position).map { "\($0) \($1)" }.joined(separator: ", ")
    return "\(quantity.path), \(place): \(found), expected \(expected) ± \(tolerance.shortened)"
      + (suspicion.map { ", suspect from ± \($0.shortened)" } ?? "")
  }
}

extension Double {
  /// Three significant digits.
  public var shortened: String {
    guard isFinite, self != 0 else { return "\(self)" }
    var value = magnitude
    var exponent = 0
    while value >= 10 {
      value /= 10
      exponent += 1
    }
    while value < 1 {
      value *= 10
      exponent -= 1
    }
    let sign = self < 0 ? "-" : ""
    if (-3...2).contains(exponent) {
      let digits = 2 - exponent
      var scale = 1.0
      for _ in 0..<digits { scale *= 10 }
      let text = "\((magnitude * scale).rounded() / scale)"
      return sign + (text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
    }
    return "\(sign)\((value * 100).rounded() / 100)e\(exponent)"
  }
}
