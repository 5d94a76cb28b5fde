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

  /// The letter that counts steps.
  public var timeIndex: String
  /// The letter that counts units (`h_{t,i}`), where the document prints one unit of a vector.
  public var unitIndex: String?
  /// The input's letter.
  public var input: String
  /// The functions by printed name, a Greek letter without its backslash.
  public var functions: [String: Activation]
  /// The parameters with one number per unit, by name, that the print would show as matrices.
  public var vectors: Set<String>
  /// The parameters, by name, whose numbers lie between 0 and 1.
  public var fractions: Set<String>
  /// The value of a delay that is printed as a letter (`t-d`).
  public var delays: [String: Int]
  /// The functions of several arguments.
  public var abbreviations: [String: Abbreviation]

  /// A notation; what is left out is as most documents print it.
  public init(
    timeIndex: String = "t", unitIndex: String? = nil, input: String = "x",
    functions: [String: Activation], vectors: Set<String> = [], fractions: Set<String> = [],
    delays: [String: Int] = [:],
    abbreviations: [String: Abbreviation] = [:]
  ) {
    self.timeIndex = timeIndex
    self.unitIndex = unitIndex
    self.input = input
    self.functions = functions
    self.vectors = vectors
    self.fractions = fractions
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
      functions: try container.decodeIfPresent([String: Activation].self, forKey: .functions)
        ?? [:],
      vectors: try container.decodeIfPresent(Set<String>.self, forKey: .vectors) ?? [],
      fractions: try container.decodeIfPresent(Set<String>.self, forKey: .fractions) ?? [],
      delays: try container.decodeIfPresent([String: Int].self, forKey: .delays) ?? [:],
      abbreviations: try container.decodeIfPresent(
        [String: Abbreviation].self, forKey: .abbreviations) ?? [:])
  }
}
