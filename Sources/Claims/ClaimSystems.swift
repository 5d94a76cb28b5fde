import Equations

/// The formulations that a claim is decided with.
package struct ClaimSystems: Sendable {
  private let formulations: [String: Formulation]

  package init(_ formulations: [String: Formulation]) { self.formulations = formulations }

  /// The formulation of a name.
  ///
  /// - Throws: `ClaimError` where it was not given.
  func formulation(_ id: String) throws(ClaimError) -> Formulation {
    guard let formulation = formulations[id] else {
      throw ClaimError(code: .missing, message: "the formulation '\(id)' is not there")
    }
    return formulation
  }
}

/// A claim that cannot be decided.
public struct ClaimError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Code: String, Sendable {
    /// A formulation, or a letter of one, that the claim speaks about is not there.
    case missing
    /// A ball is too wide to decide.
    case undecided
  }

  /// What is wrong.
  public let code: Code
  /// The same in words.
  public let message: String

  /// The message.
  public var description: String { message }
}

extension Formulation {
  /// The signal of a name.
  ///
  /// - Throws: `ClaimError` where there is none.
  func signal(_ name: String) throws(ClaimError) -> Symbol {
    guard let signal = signals.first(where: { $0.name == name }) else {
      throw ClaimError(code: .missing, message: "\(id) has no signal '\(name)'")
    }
    return signal
  }

  /// The equation of a signal.
  ///
  /// - Throws: `ClaimError` where there is none.
  func equation(of name: String) throws(ClaimError) -> Equation {
    guard let equation = equations.first(where: { $0.signal.name == name }) else {
      throw ClaimError(code: .missing, message: "\(id) has no equation of '\(name)'")
    }
    return equation
  }

  /// The state that the cell has alone.
  ///
  /// - Throws: `ClaimError` where it has none or several.
  func onlyState() throws(ClaimError) -> Symbol {
    guard states.count == 1, let state = states.first else {
      throw ClaimError(code: .missing, message: "\(id) has \(states.count) states, expected one")
    }
    return state
  }
}
