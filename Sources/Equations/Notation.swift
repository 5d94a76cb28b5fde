/// What a document's letters mean where the print alone does not say.
public struct Notation: Hashable, Sendable, Codable {
  /// A function of several vectors that the document leaves abstract, with the body it is read as.
  public struct Abbreviation: Hashable, Sendable, Codable {
    /// The names of its arguments.
    public var arguments: [String]
    /// The body in LaTeX; the arguments stand in it without a time index.
    public var body: String

    /// An abbreviation.
    public init(arguments: [String], body: String) {
      self.arguments = arguments
      self.body = body
    }
  }

  /// At which steps there is an input.
  public enum InputSteps: String, Hashable, Sendable, Codable {
    /// At every step.
    case every
    /// At the first step alone: one input to many outputs. It is zero after it, whatever a case holds there.
    case first
  }

  /// The letter that counts steps.
  public var timeIndex: String
  /// The letter that counts units (`h_{t,i}`), where the document prints one unit of a vector.
  public var unitIndex: String?
  /// The input's letter.
  public var input: String
  /// At which steps the input is read.
  public var inputSteps: InputSteps
  /// The functions by printed name, a Greek letter without its backslash.
  public var functions: [String: Activation]
  /// The parameters with one number per unit, by name, that the print would show as matrices.
  public var vectors: Set<String>
  /// The parameters, by name, whose numbers lie between 0 and 1.
  public var fractions: Set<String>
  /// The parameters, by name, that are given once and for all: no loss has a gradient with respect to them.
  public var constants: Set<String>
  /// The value of a delay that is printed as a letter (`t-d`).
  public var delays: [String: Int]
  /// The functions of several arguments.
  public var abbreviations: [String: Abbreviation]

  /// A notation; what is left out is as most documents print it.
  public init(
    timeIndex: String = "t", unitIndex: String? = nil, input: String = "x",
    inputSteps: InputSteps = .every, functions: [String: Activation], vectors: Set<String> = [],
    fractions: Set<String> = [],
    constants: Set<String> = [], delays: [String: Int] = [:],
    abbreviations: [String: Abbreviation] = [:]
  ) {
    self.timeIndex = timeIndex
    self.unitIndex = unitIndex
    self.input = input
    self.inputSteps = inputSteps
    self.functions = functions
    self.vectors = vectors
    self.fractions = fractions
    self.constants = constants
    self.delays = delays
    self.abbreviations = abbreviations
  }

  /// Decodes a notation; a field that is left out is as in `init(timeIndex:…)`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      timeIndex: try container.decodeIfPresent(String.self, forKey: .timeIndex) ?? "t",
      unitIndex: try container.decodeIfPresent(String.self, forKey: .unitIndex),
      input: try container.decodeIfPresent(String.self, forKey: .input) ?? "x",
      inputSteps: try container.decodeIfPresent(InputSteps.self, forKey: .inputSteps) ?? .every,
      functions: try container.decodeIfPresent([String: Activation].self, forKey: .functions)
        ?? [:],
      vectors: try container.decodeIfPresent(Set<String>.self, forKey: .vectors) ?? [],
      fractions: try container.decodeIfPresent(Set<String>.self, forKey: .fractions) ?? [],
      constants: try container.decodeIfPresent(Set<String>.self, forKey: .constants) ?? [],
      delays: try container.decodeIfPresent([String: Int].self, forKey: .delays) ?? [:],
      abbreviations: try container.decodeIfPresent(
        [String: Abbreviation].self, forKey: .abbreviations) ?? [:])
  }
}
