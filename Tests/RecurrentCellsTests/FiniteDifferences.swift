import RecurrentCells
import Tensors

/// The gradients of a cell against five-point differences of its own forward, in Double.
///
/// The loss is Σ cotangent · signal over every step an element owns, plus the same over the final
/// states. D(h) = (8 (E(h) − E(−h)) − (E(2h) − E(−2h))) / 12h is accepted within
///
/// - |D(h) − D(2h)|: the truncation error falls 16-fold from 2h to h, so that the difference is about
///   15 times the one of D(h);
/// - 1.5 e/h: 18 values of the loss, each within its rounding error e, over 12h. It also covers the
///   backward pass, whose number of roundings and magnitudes are those of the forward pass and whose
///   error is not divided by h.
///
/// With chunks of k steps the loss is that of the equations in loops, in which the states that pass from
/// one chunk to another are held at what they are in the sample.
struct FiniteDifferences<Cell: ComposableCell> where Cell.Scalar == Double {
  let sample: Sample<Double>
  let h: Double
  /// The rounding error of the loss.
  private let lossError: Double
  private let equations: any SequenceEquations
  /// k, where the differences are those of truncated backpropagation.
  private let chunkSteps: Int?

  init(_ sample: Sample<Double>, _ subject: Subject, chunksOf chunkSteps: Int? = nil) {
    self.sample = sample
    self.chunkSteps = chunkSteps
    equations = subject.equations
    h = subject.differenceStep
    let reference = Reference(sample, equations: subject.equations)
    let cotangents = sample.upstream
    var (terms, magnitude, error) = (0.0, 0.0, 0.0)
    func add(_ cotangent: [Double], _ vector: [Tracked]) {
      for (u, s) in zip(cotangent, vector) {
        terms += 1
        magnitude += abs(u * s.value)
        error += abs(u) * s.error
      }
    }
    for (letter, steps) in reference.signals {
      for (step, elements) in steps.enumerated() {
        for (element, vector) in elements.enumerated() {
          add(cotangents.sequence[letter]?.vector(step, element) ?? [], vector)
        }
      }
    }
    for (letter, elements) in reference.final {
      for (element, vector) in elements.enumerated() {
        add(cotangents.final[letter]?.row(element) ?? [], vector)
      }
    }
    lossError = error + terms * (Double.ulpOfOne / 2) * magnitude
  }

  /// The gradients that the differences do not confirm.
  func departures(of gradients: Gradients<Double>) throws -> [String] {
    var found = sample.constants.filter { gradients.parameters[$0] != nil }
      .map { "\($0): a gradient of a constant" }
    for (name, tensor) in sample.parameters.sorted(by: { $0.key < $1.key })
    where !sample.constants.contains(name) {
      found += try departures(
        of: gradients.parameters[name], at: tensor, name, \.parameters[name])
    }
    found += try departures(of: gradients.x, at: sample.batch.x, "x", \.batch.x.optional)
    for (name, tensor) in sample.batch.initial.sorted(by: { $0.key < $1.key }) {
      found += try departures(
        of: gradients.initial[name], at: tensor, "initial \(name)", \.batch.initial[name])
    }
    return found
  }

  private func departures(
    of gradient: Tensor<Double>?, at tensor: Tensor<Double>, _ name: String,
    _ path: WritableKeyPath<Sample<Double>, Tensor<Double>?>
  ) throws -> [String] {
    guard let gradient, gradient.shape == tensor.shape else { return ["\(name): no gradient"] }
    return try (0..<tensor.count).compactMap { position in
      func loss(_ steps: Double) throws -> Double {
        var moved = sample
        moved[keyPath: path]?[position] += steps * h
        return try self.loss(moved)
      }
      func rise(_ steps: Double) throws -> Double { try loss(steps) - loss(-steps) }
      let (one, two, four) = (try rise(1), try rise(2), try rise(4))
      let fine = (8 * one - two) / (12 * h)
      let coarse = (8 * two - four) / (24 * h)
      let acceptance = abs(fine - coarse) + 1.5 * lossError / h
      return abs(gradient[position] - fine) <= acceptance
        ? nil : "\(name)[\(position)]: \(gradient[position]), expected \(fine) ± \(acceptance)"
    }
  }

  private func loss(_ sample: Sample<Double>) throws -> Double {
    let values = try chunkSteps.map { heldValues(sample, $0) } ?? ownValues(sample)
    var sum = 0.0
    for (letter, cotangent) in sample.upstream.sequence.sorted(by: { $0.key < $1.key }) {
      for element in 0..<sample.batch.batch {
        for step in sample.ownSteps(of: letter, element) {
          let signal = values.signal(letter, step, element)
          for (u, s) in zip(cotangent.vector(step, element), signal) { sum += u * s }
        }
      }
    }
    for (letter, cotangent) in sample.upstream.final.sorted(by: { $0.key < $1.key }) {
      for element in 0..<sample.batch.batch {
        for (u, s) in zip(cotangent.row(element), values.final(letter, element)) { sum += u * s }
      }
    }
    return sum
  }

  /// What the loss is a sum of.
  private typealias Values = (
    signal: (_ letter: String, _ step: Int, _ element: Int) -> [Double],
    final: (_ letter: String, _ element: Int) -> [Double]
  )

  /// The values of the cell's own forward.
  private func ownValues(_ sample: Sample<Double>) throws -> Values {
    let trace = try Cell(ParameterSet(sample.parameters)).forward(sample.batch)
    let (signals, final) = (trace.signals, trace.final)
    return (
      { letter, step, element in signals[letter]?.vector(step, element) ?? [] },
      { letter, element in final[letter]?.row(element) ?? [] }
    )
  }

  /// The values of the equations with held states.
  private func heldValues(_ moved: Sample<Double>, _ steps: Int) -> Values {
    let reference = Reference(moved, equations: equations, held: (sample, steps))
    return (
      { letter, step, element in
        reference.signals[letter]?[safe: step]?[safe: element]?.map(\.value) ?? []
      },
      { letter, element in reference.final[letter]?[safe: element]?.map(\.value) ?? [] }
    )
  }
}

extension Tensor {
  /// The tensor where a key path expects one that may be missing.
  fileprivate var optional: Tensor? {
    get { self }
    set { self = newValue ?? self }
  }
}
