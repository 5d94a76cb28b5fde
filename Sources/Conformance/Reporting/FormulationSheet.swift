import Claims
import Equations
import Foundation

/// Everything that is read off a formulation, to print.
public struct FormulationSheet: Sendable {
  private let formulation: Formulation
  private let gradients: GradientSystem
  private let claims: [ClaimResult]

  /// The sheet of a formulation.
  ///
  /// - Parameter claims: what its document claims of it, and what was found.
  /// - Throws: `EquationError` where its gradients cannot be derived.
  public init(
    _ formulation: Formulation, claims: [ClaimResult] = []
  ) throws(EquationError) {
    self.formulation = formulation
    self.claims = claims
    gradients = try GradientSystem(of: formulation)
  }

  /// For people.
  public var text: String {
    let declaration = formulation.declaration
    var text = "\(declaration.id): \(declaration.title)\n"
    text += "document: \(declaration.document.key), \(declaration.document.title)\n"
    if !declaration.reading.isEmpty { text += "reading: \(declaration.reading)\n" }
    text += "\nAs printed\n"
    text += declaration.lines.map { "  \($0)\n" }.joined()
    if !declaration.corrections.isEmpty {
      text += "\nCorrections\n"
      for correction in declaration.corrections {
        text += "  printed  \(correction.printed)\n  read as  \(correction.read)\n"
        text += "  because  \(correction.reason)\n"
      }
    }
    text += "\nAs read\n"
    text += formulation.text.map { "  \($0)\n" }.joined()
    text += "\nSignals\n" + signalTable
    text += "\nParameters\n" + parameterTable
    text += "\nGradient equations\n"
    text += "  E is the loss; a bar marks ∂E/∂(a signal), δ marks ∂E/∂(an activation's argument);\n"
    text +=
      formulation.longestLead > 0
      ? "  what would be read before the first step or after the last one is zero.\n"
      : "  what would be read after the last step is zero.\n"
    text += gradients.text(input: formulation.input).map { "  \($0)\n" }.joined()
    if !claims.isEmpty {
      text += "\nClaims of the document\n"
      for claim in claims {
        text += claim.text(color: false)
        text += "    \(claim.claim.meaning)\n"
        if !claim.evidence.isEmpty {
          text += "    \(claim.correction == nil ? "found" : "correct by"): \(claim.evidence)\n"
        }
      }
    }
    return text
  }

  private func kind(of signal: Symbol) -> String {
    var kinds: [String] = []
    if formulation.states.contains(signal) {
      kinds.append(
        formulation.direction(of: signal) == .forward ? "state" : "state backward in time")
    }
    if formulation.outputs.contains(signal) { kinds.append("output") }
    return kinds.isEmpty ? "signal" : kinds.joined(separator: ", ")
  }

  private func kind(of parameter: Parameter) -> String {
    if formulation.isConstant(parameter) { return "constant" }
    return parameter.shape.columns == nil ? "vector" : "matrix"
  }

  private var signalTable: String {
    var table = TextTable([.left(" "), .left("name"), .left("kind"), .left("shape")])
    table.add([
      "", formulation.input.name, "input",
      "[T,B,\(formulation.axis(of: formulation.input).letter)]",
    ])
    for signal in formulation.signals {
      table.add([
        "", signal.name, kind(of: signal), "[T,B,\(formulation.axis(of: signal).letter)]",
      ])
    }
    return table.text
  }

  private var parameterTable: String {
    var table = TextTable([.left(" "), .left("name"), .left("kind"), .left("shape")])
    for parameter in formulation.parameters {
      table.add([
        "", parameter.name, kind(of: parameter), parameter.shape.description,
      ])
    }
    return table.text
  }

  /// The equations and the gradient equations in LaTeX, each group an `align`.
  public var latex: String {
    [formulation.latex, gradients.latex(input: formulation.input)].map { lines in
      let rows = lines.map { line -> String in
        guard let sign = line.range(of: " = ") else { return "  " + line }
        return "  \(line[..<sign.lowerBound]) &= \(line[sign.upperBound...])"
      }
      return "\\begin{align}\n" + rows.joined(separator: " \\\\\n") + "\n\\end{align}\n"
    }.joined(separator: "\n")
  }

  /// The equations and the gradient equations as MathML, a line each.
  public var mathML: String {
    (formulation.mathML + gradients.mathML(input: formulation.input))
      .map { $0 + "\n" }.joined()
  }

  /// Everything as JSON, a line break at the end.
  ///
  /// - Throws: an encoding error, which no formulation gives.
  public func json() throws -> Data {
    struct Sheet: Encodable {
      struct Row: Encodable {
        let name, kind, shape: String
      }
      let declaration: Declaration
      let equations, latex, gradientEquations, gradientLatex: [String]
      let signals, parameters: [Row]
      let claims: [EncodedClaim]

      enum CodingKeys: String, CodingKey {
        case declaration, equations, latex, signals, parameters, claims
        case gradientEquations = "gradient_equations"
        case gradientLatex = "gradient_latex"
      }
    }
    let sheet = Sheet(
      declaration: formulation.declaration, equations: formulation.text, latex: formulation.latex,
      gradientEquations: gradients.text(input: formulation.input),
      gradientLatex: gradients.latex(input: formulation.input),
      signals: formulation.signals.map {
        .init(
          name: $0.name, kind: kind(of: $0), shape: "[T,B,\(formulation.axis(of: $0).letter)]")
      },
      parameters: formulation.parameters.map {
        .init(
          name: $0.name, kind: kind(of: $0), shape: $0.shape.description)
      },
      claims: claims.map(EncodedClaim.init))
    return try sheet.reportJSON()
  }
}
