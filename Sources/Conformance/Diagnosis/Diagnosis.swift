import GoldenFixtures

/// What is probably wrong with a departing subject.
public struct Diagnosis: Sendable {
  /// How much of what a subject answers an alternative explains.
  public enum Extent: String, Hashable, Sendable, Codable {
    /// All that it answers in every case: the values, and the gradients where it has any.
    case everything
    /// The values of every case; its gradients are others.
    case values
    /// The gradients of every case, the values being right.
    case gradients
  }

  /// An alternative that a subject's answers are, within the tolerance.
  public struct Finding: Sendable {
    /// What the subject computes.
    public let alternative: Alternative
    /// How much that explains.
    public let extent: Extent
  }

  /// What explains the answers, that which explains most first.
  public let findings: [Finding]
  /// The bug classes that fit: those of the findings, else those that the pattern of failures suggests.
  public let bugClasses: [BugClass]

  init(findings: [Finding], bugClasses: [BugClass]) {
    self.findings = findings
    self.bugClasses = bugClasses
  }

  /// The formulations that the subject computes exactly instead of what was asked.
  public var readings: [String] {
    findings.filter { $0.alternative.kind == .reading && $0.extent == .everything }
      .map(\.alternative.name)
  }
}
