import Foundation
import GoldenFixtures

extension Report {
  /// The report as JSON, a line break at the end.
  ///
  /// ```
  /// {"format":"rnncheck-report","version":1,
  ///  "summary":{"conforms":n,"suspect":n,"departs":n,"not_offered":n,"errors":n},
  ///  "results":[{"formulation","case","check","signal","verdict","max_error","tolerance","step","flags",…}],
  ///  "claims":[{"id","document","formulations","formula","meaning","verdict","expected","evidence",
  ///             "counterexample","correction","message"}],
  ///  "limits":[{"formulation","dtype","quantity","best","median","worst","untested","elements"}]}
  /// ```
  /// The report of a part of a run has `"shard":{"number":k,"count":n}`.
  /// A claim's verdict is `holds`, `false` or `undecided`; `expected` is whether that is what is known of it.
  /// `max_error` and `tolerance` are those of the first element that departs, or of the worst one;
  /// `worst_signal`, `worst_ratio` (error ÷ tolerance) and `worst_ulps` are those of the worst one. A number
  /// that is not finite is null, and so are the worst element's signal and ulps where a check has no goldens.
  /// Where something departs, `bug_classes` lists what fits, the likeliest first; `explanations` says what the
  /// subject computes instead, where that was found, and `another_reading` names the formulations that it
  /// computes exactly.
  ///
  /// - Throws: an encoding error, which no report gives.
  public func json() throws -> Data {
    try EncodedReport(self).reportJSON()
  }
}
