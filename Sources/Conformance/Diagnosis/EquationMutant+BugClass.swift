import Equations
import GoldenFixtures

extension EquationMutant.Kind {
  /// The label of fixtures and reports.
  package var bugClass: BugClass {
    switch self {
    case .gates: .gateOrder
    case .term: .equationTerm
    case .bias: .bias
    case .peephole: .peephole
    case .activation: .activation
    case .time: .recurrence
    case .polarity: .zPolarity
    case .placement: .resetPlacement
    case .transpose: .transpose
    }
  }
}
