import Conformance
import Foundation
import GoldenFixtures

extension MutationReport {
  /// The report as JSON, a line break at the end.
  ///
  /// ```
  /// {"format":"rnncheck-mutants","version":1,
  ///  "summary":{"float64":{"killed":n,"survived":n,"equivalent":n,"below_limit":n,
  ///    "right_signal":n,"named":n,"right_step":n,"stepped":n},…},
  ///  "mutants":[{"formulation","mutant","origin","bug_class","change","dtype","fate","amplitude","case",
  ///    "check","signal","step","right_signal","right_step"}],
  ///  "series":[{"formulation","series","dtype","smallest"}]}
  /// ```
  ///
  /// - Throws: an encoding error, which no report gives.
  public func json() throws -> Data {
    try Encoded(self).reportJSON(keys: .convertToSnakeCase)
  }

  private struct Encoded: Encodable {
    let format = "rnncheck-mutants"
    let version = 1
    let summary: [String: Summary]
    let mutants: [Row]
    let series: [Series]

    init(_ report: MutationReport) {
      let precisions = Set(report.results.map(\.precision))
      summary = Dictionary(
        uniqueKeysWithValues: precisions.map { ($0.rawValue, Summary(report, $0)) })
      mutants = report.results.map(Row.init)
      series = report.sweeps.map {
        Series(
          formulation: $0.formulation, series: $0.series, dtype: $0.precision.rawValue,
          smallest: $0.smallest)
      }
    }
  }

  private struct Summary: Encodable {
    let killed, survived, equivalent, belowLimit, rightSignal, named, rightStep, stepped: Int

    init(_ report: MutationReport, _ precision: Precision) {
      killed = report.count(.killed, in: precision)
      survived = report.count(.survived, in: precision)
      equivalent = report.count(.equivalent, in: precision)
      belowLimit = report.count(.belowLimit, in: precision)
      (rightSignal, named) = report.rightPlaces(in: precision)
      (rightStep, stepped) = report.rightSteps(in: precision)
    }
  }

  private struct Row: Encodable {
    let formulation, mutant, origin, bugClass, change, dtype, fate: String
    let amplitude: Double?
    let goldenCase, check, signal: String?
    let step: Int?
    let rightSignal, rightStep: Bool?

    init(_ result: MutantResult) {
      formulation = result.formulation
      mutant = result.mutant.id
      origin = result.mutant.origin.rawValue
      bugClass = result.mutant.bugClass.rawValue
      change = result.mutant.change
      dtype = result.precision.rawValue
      fate = result.fate.rawValue
      amplitude = result.mutant.amplitude
      goldenCase = result.killer?.goldenCase
      check = result.killer?.check.rawValue
      signal = result.killer?.named?.path
      step = result.killer?.step
      rightSignal = result.killer?.namesRightPlace
      rightStep = result.killer?.namesRightStep
    }

    enum CodingKeys: String, CodingKey {
      case formulation, mutant, origin, bugClass, change, dtype, fate, amplitude, check, signal
      case step, rightSignal, rightStep
      case goldenCase = "case"
    }
  }

  private struct Series: Encodable {
    let formulation, series, dtype: String
    let smallest: Double?
  }
}
