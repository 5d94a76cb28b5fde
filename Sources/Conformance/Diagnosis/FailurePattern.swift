import GoldenFixtures
import Tensors

/// Which checks of which cases fail, and what that suggests where nothing explains the answers exactly.
struct FailurePattern {
  private let errors: [CheckResult]
  private let departures: [CheckResult]
  private let conforming: [CheckResult]
  private let isShortOfDigits: Bool

  /// The pattern of a report.
  ///
  /// - Parameter isShortOfDigits: whether what departs in float64 would be right in float32.
  init(_ results: [CheckResult], isShortOfDigits: Bool) {
    errors = results.filter { $0.verdict == .error }
    // How far NaN and infinity reach is telling where nothing else is.
    let departures = results.filter { $0.verdict == .departs }
    let finite = departures.filter { $0.check != .propagation }
    self.departures = finite.isEmpty ? departures : finite
    conforming = results.filter { $0.verdict == .conforms }
    self.isShortOfDigits = isShortOfDigits
  }

  /// The bug classes that fit, the likeliest first.
  var bugClasses: [BugClass] {
    let failed = Set(errors.map(\.goldenCase))
    if failed == ["no-steps"] { return [.empty] }
    if failed == ["ragged"] { return [.lengths] }
    if failed == ["no-steps", "ragged"] { return [.empty, .lengths] }
    guard !departures.isEmpty else { return [] }
    let cases = Set(departures.map(\.goldenCase))
    let checks = Set(departures.map(\.check))
    if cases == ["ragged"] { return [.lengths] }
    if cases == ["no-steps"] { return [.empty] }
    // Among the ragged sequences is one without a step.
    if cases == ["no-steps", "ragged"] { return [.empty, .lengths] }
    if checks == [.linearity] { return [.cotangentLinearity] }
    if checks == [.aliasing] { return [.aliasing] }
    if checks == [.propagation] { return [.overflow] }
    if isShortOfDigits { return [.precision] }
    if cases.isSubset(of: ["saturated", "tiny"]) { return [.overflow] }
    if departures.contains(where: { !($0.deviation?.found.isFinite ?? true) }) {
      return [.overflow]
    }
    let isOfGradients = checks.isDisjoint(with: [.values, .forwardStep])
    guard conforms("one-step", isOfGradients ? .gradients : .values) else {
      return isOfGradients ? [.gradientTerm] : revealed
    }
    // A single step is right, and several are not.
    guard isOfGradients else { return [.recurrence] }
    let isOfParametersAlone = departures.allSatisfy {
      if case .parameter = $0.deviation?.quantity { true } else { false }
    }
    return isOfParametersAlone ? [.gradientAccumulation] : [.truncatedBPTT, .gradientTerm]
  }

  private func conforms(_ name: String, _ check: Check) -> Bool {
    conforming.contains { $0.goldenCase == name && $0.check == check }
      && !departures.contains { $0.goldenCase == name && $0.check == check }
  }

  /// What the failing cases reveal and no case that conforms does, in the order of how many fail.
  private var revealed: [BugClass] {
    let failing = Dictionary(grouping: departures, by: \.goldenCase)
    let passing = Dictionary(grouping: conforming, by: \.goldenCase).filter {
      failing[$0.key] == nil
    }
    let excluded = Set(passing.values.flatMap { $0.first?.flags ?? [] })
    var counts: [BugClass: Int] = [:]
    for flag in failing.values.flatMap({ $0.first?.flags ?? [] }) where !excluded.contains(flag) {
      counts[flag, default: 0] += 1
    }
    return counts.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
      .prefix(6).map(\.key)
  }
}
