import Equations
import GoldenFixtures
import Oracle

extension Answer {
  /// The answers of a formulation's stored cases, computed anew in balls and compared with the stored ones.
  static func goldens(of declaration: Declaration, _ request: Request) throws -> Answer {
    let formulation = try Formulation(declaration)
    let cases = try FixtureFolder.shipped.fixture(of: formulation).cases
    let reference = try Reference(formulation)
    return try timed(request.repeats) { answer in
      answer.figures["numbers"] = Double(cases.reduce(0) { $0 + $1.numbers })
      for golden in cases {
        let found = try reference.roundedAnswers(to: golden.problem)
        try check(found.answers == golden.answers, "\(golden.name) is not the stored one")
        answer.figures["bits of \(golden.name)"] = Double(found.precision)
      }
    }
  }
}

extension GoldenCase {
  /// How many numbers the answers are.
  fileprivate var numbers: Int { answers.values.reduce(0) { $0 + $1.count } }
}
