import Conformance
import GoldenFixtures
import GradientCheck
import Tensors

/// A subject whose answers were given beforehand, in files.
public struct RecordedSubject: Subject {
  /// What it calls itself.
  public let name: String
  /// How it maps the document's parameters to its own, in its own words; nil where it does not say.
  public let mapping: String?
  /// The arithmetics that it answered in.
  public let precisions: [Precision]
  private let models: [Precision: ArithmeticModel]
  private var first: [Precision: [Case<Double>: Recorded]] = [:]
  private var second: [Precision: [Case<Double>: Recorded]] = [:]

  private enum Recorded: Sendable {
    case answers(Answers<Double>)
    case notOffered(String)
    case problem(String)
  }

  /// The answers to a question.
  ///
  /// - Parameters:
  ///   - name: what the subject is called.
  ///   - responses: what it answered, by arithmetic.
  public init(
    _ name: String, question: Question, responses: [(precision: Precision, file: ResponseFile)]
  ) {
    self.name = name
    mapping = responses.lazy.compactMap(\.file.mapping).first
    precisions = responses.map(\.precision)
    models = Dictionary(
      responses.map { ($0.precision, $0.file.model(of: $0.precision)) }
    ) { first, _ in first }
    for (precision, file) in responses {
      for entry in question.entries {
        let recorded = Self.recorded(file.answers[entry.name], name: entry.name)
        if entry.name.hasSuffix(Question.again) {
          second[precision, default: [:]][entry.problem.comparable] = recorded
        } else {
          first[precision, default: [:]][entry.problem.comparable] = recorded
        }
      }
    }
  }

  /// What the response says of its arithmetic.
  public func model(of precision: Precision) -> ArithmeticModel {
    models[precision] ?? ArithmeticModel(precision, accumulation: .storage)
  }

  private static func recorded(_ answer: ResponseFile.Answer?, name: String) -> Recorded {
    guard let answer else { return .problem("the response has no case '\(name)'") }
    if let reason = answer.notOffered { return .notOffered(reason) }
    if let problem = answer.problems.first { return .problem(problem) }
    return .answers(answer.tensors)
  }

  /// The recorded answer.
  ///
  /// - Throws: `NotOffered` where the subject says that it does not offer the case, or was not asked;
  ///   `UnreadableAnswer` where it gave no answer that could be read.
  public func answers(
    to problem: Case<Double>, in precision: Precision
  ) throws -> Answers<Double> {
    try Self.answers(first[precision]?[problem.comparable])
  }

  /// The answer to the same question, asked again in the same run.
  ///
  /// - Throws: as `answers(to:in:)`.
  public func answersAgain(
    to problem: Case<Double>, in precision: Precision
  ) throws -> Answers<Double> {
    try Self.answers(second[precision]?[problem.comparable])
  }

  private static func answers(_ recorded: Recorded?) throws -> Answers<Double> {
    switch recorded {
    case .answers(let answers): return answers
    case .notOffered(let reason): throw NotOffered(reason)
    case .problem(let problem): throw UnreadableAnswer(description: problem)
    case nil: throw NotOffered("the subject was not asked")
    }
  }

  /// There are no differences of recorded answers.
  ///
  /// - Throws: always, as what is not offered.
  public func differentiable(at problem: Case<Double>) throws -> any DifferentiableSubject {
    throw NotOffered("finite differences need a subject that can be run again and again")
  }
}

extension Case<Double> {
  /// The case to look up by: NaN, which is not equal even to itself, is a number that no case has.
  fileprivate var comparable: Case {
    func comparable(_ tensors: [String: Tensor<Double>]) -> [String: Tensor<Double>] {
      tensors.mapValues(\.comparable)
    }
    return Case(
      parameters: comparable(parameters),
      batch: SequenceBatch(
        x: batch.x.comparable, lengths: batch.lengths, initial: comparable(batch.initial)),
      upstream: Upstream(
        sequence: comparable(upstream.sequence), final: comparable(upstream.final)))
  }
}

extension Tensor<Double> {
  fileprivate var comparable: Tensor { map { $0.isNaN ? .leastNonzeroMagnitude : $0 } }
}

/// An answer of a subject that could not be read.
struct UnreadableAnswer: Error, CustomStringConvertible {
  let description: String
}
