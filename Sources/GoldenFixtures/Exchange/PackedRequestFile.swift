import HDF5
import Tensors

/// A question to a layer that is to be identified: inputs and states, and numbers to fill its weights with.
///
/// The layer's weights have whatever shapes it wants. It takes the numbers for them in any order and says in
/// the response which weight got which ones.
public struct PackedRequestFile: Sendable {
  /// A case to answer.
  public struct Entry: Sendable {
    /// The name of its group.
    public let name: String
    /// H.
    public let hiddenSize: Int
    /// The inputs [T,B,I].
    public let x: Tensor<Double>
    /// The states before the first step, [B,H] each; a layer of one state takes the first.
    public let states: [Tensor<Double>]
    /// What weights are filled with: distinct, none of them zero, exact in bfloat16.
    public let numbers: [Double]

    /// A case.
    public init(
      name: String, hiddenSize: Int, x: Tensor<Double>, states: [Tensor<Double>], numbers: [Double]
    ) {
      self.name = name
      self.hiddenSize = hiddenSize
      self.x = x
      self.states = states
      self.numbers = numbers
    }
  }

  /// The cases that are asked.
  ///
  /// I, H, T and B differ from each other and from case to case, so that shapes tell what is what.
  public static let standard = [
    entry("first", I: 5, H: 3, T: 4, B: 2), entry("second", I: 4, H: 5, T: 3, B: 6),
  ]

  private let dtype: String

  /// The request.
  ///
  /// - Parameter dtype: the arithmetic that is asked for.
  public init(dtype: String) { self.dtype = dtype }

  /// Writes the file; one that is there is replaced as a whole.
  ///
  /// - Throws: `HDF5Error` where libhdf5 cannot make it, `FixtureError` where it cannot be written.
  public func write(to path: String) throws {
    let file = try HDF5File.createImage(path)
    try file.setAttribute("format", to: ExchangeSchema.packedFormat)
    try file.setAttribute("format_version", to: ExchangeSchema.version)
    try file.setAttribute("dtype", to: dtype)
    for entry in Self.standard {
      let group = try file.createGroup("cases/\(entry.name)")
      try group.setAttribute("input_size", to: entry.x.shape[2])
      try group.setAttribute("hidden_size", to: entry.hiddenSize)
      try group.setAttribute("steps", to: entry.x.shape[0])
      try group.setAttribute("batch", to: entry.x.shape[1])
      try group.write(entry.x.scalars, shape: entry.x.shape, to: "inputs/x")
      for (index, state) in entry.states.enumerated() {
        try group.write(state.scalars, shape: state.shape, to: "initial/\(index)")
      }
      try group.write(entry.numbers, shape: [entry.numbers.count], to: "numbers")
    }
    try file.writeImage(to: path)
  }

  /// More than a layer of any kind has weights at these sizes.
  private static let mostNumbers = 1024

  private static func entry(_ name: String, I: Int, H: Int, T: Int, B: Int) -> Entry {
    var generator = CounterGenerator(seed: CaseFamily.publishedSeed, name: "identify/\(name)")
    let numbers = CaseNumbers(seed: generator.next())
    return Entry(
      name: name, hiddenSize: H, x: numbers.tensor("inputs/x", [T, B, I], low: -4, high: 1),
      states: (0..<2).map { numbers.tensor("initial/\($0)", [B, H], low: -4, high: 0) },
      numbers: numbers.tensor("numbers", [mostNumbers], low: -5, high: 0).scalars)
  }
}
