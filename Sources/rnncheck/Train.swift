import ArgumentParser
import Conformance
import Foundation
import RecurrentCells
import Training

/// `rnncheck train`: the documents' own examples, trained with the project's own cells.
struct Train: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a cell on one of the documents' own examples and print the loss.",
    discussion: """
      Gradient descent with the formulation's own hand-written cell, forward and backward, over \
      all samples at once. The loss is taken of the formulation's own output where that fits, \
      else of a readout put on its hidden output; the report says which. The same seed gives the \
      same numbers on one machine.

      The examples:
        sentiment   three-letter words, 26 letters in, one yes or no out
        next-word   the next word at every step of a sentence
        jane        the sentence about Jane: a name said 16 words before it is asked for

      Examples:
        rnncheck train --list
        rnncheck train jane
        rnncheck train jane --formulation elman-tanh
        rnncheck train jane --truncate 8
        rnncheck train next-word --formulation cs224d-gru --hidden 32 --steps 1000
        rnncheck train sentiment --learning-rate 0.5 --clip 0.1 --format csv > curve.csv

      Exit codes: 0 trained, also where the loss did not fall; 1 training diverged; \
      2 could not run; 64 usage.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case human, json, csv }

  @Argument(help: "The example; --list shows them.") var example: TrainingExample.Name?
  @Flag(help: "List the examples, their documents and what they train with by default.")
  var list = false
  @Option(help: ArgumentHelp("The formulation whose cell is trained.", valueName: "id"))
  var formulation = "donahue-lstm"
  @Option(help: "How many steps of gradient descent.") var steps: Int?
  @Option(
    name: .customLong("learning-rate"), parsing: .unconditional, help: "η in θ ← θ − η g.")
  var learningRate: Double?
  @Option(help: "H.") var hidden: Int?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Clip every element of the gradient to ± this, as the cs224d notes do.",
      discussion: "In place of the example's own clipping; 'inf' clips nothing.",
      valueName: "threshold"))
  var clip: Double?
  @Option(
    name: .customLong("clip-norm"), parsing: .unconditional,
    help: ArgumentHelp(
      "Scale all gradients together to a norm of at most this.",
      discussion: "In place of the example's own clipping; 'inf' clips nothing.",
      valueName: "threshold"))
  var clipNorm: Double?
  @Option(
    help: ArgumentHelp(
      "Cut backpropagation through time into chunks of this many steps.",
      discussion: "Without it gradients go through whole sequences.", valueName: "steps"))
  var truncate: Int?
  @Option(help: "The seed of the initial parameters.") var seed: UInt64 = 1
  @Option(name: .customLong("dtype"), help: "The arithmetic.") var precision: Precision = .float64
  @Option(help: "How to print the report.") var format: Format = .human

  func validate() throws {
    guard example != nil || list else {
      let known = TrainingExample.Name.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("name an example: \(known); --list describes them")
    }
    guard !precision.isSixteenBit else {
      throw ValidationError("--dtype is \(precision.rawValue), expected float64 or float32")
    }
    if list, format == .csv { throw ValidationError("--list has no --format csv") }
    if clip != nil, clipNorm != nil {
      throw ValidationError("--clip and --clip-norm exclude each other")
    }
    for (name, size, limit) in [
      ("--steps", steps, 1_000_000), ("--hidden", hidden, 1024),
      ("--truncate", truncate, 1_000_000),
    ] {
      if let size, !(1...limit).contains(size) {
        throw ValidationError("\(name) is \(size), expected 1 to \(limit)")
      }
    }
    for (name, number) in [("--clip", clip), ("--clip-norm", clipNorm)] {
      if let number, !(number > 0) {
        throw ValidationError("\(name) is \(number), expected a number above zero")
      }
    }
    if let learningRate, !(learningRate > 0 && learningRate.isFinite) {
      throw ValidationError(
        "--learning-rate is \(learningRate), expected a finite number above zero")
    }
  }

  func run() async throws {
    try await reportingFailures { [self] in
      guard let example, !list else {
        try Console.write(try catalogueText())
        return
      }
      let entries = try Catalogue.entries(named: [formulation])
      guard let entry = entries.first else { return }
      let chosen = TrainingExample.named(example)
      let session = try TrainingSession(chosen, entry, settings: try settings(for: chosen))
      do {
        let report = try session.run { step in
          if step % 10 == 0 {
            Console.progress("\(step) of \(session.settings.steps) steps")
          }
        }
        switch format {
        case .human: try Console.write(report.text(width: Console.width))
        case .json: try Console.write(try report.json())
        case .csv: try Console.write(report.csv)
        }
      } catch let error as TrainingError where error.code == .diverged {
        Console.message("error: \(error)")
        throw ExitCode.departs
      }
    }
  }

  /// The example's settings with those of the arguments in their place.
  private func settings(for example: TrainingExample) throws -> TrainingSettings {
    var settings = example.defaults
    settings.steps = steps ?? settings.steps
    settings.learningRate = learningRate ?? settings.learningRate
    settings.hiddenSize = hidden ?? settings.hiddenSize
    settings.truncation = try truncate.map { try Truncation(every: $0) }
    settings.seed = seed
    settings.precision = precision
    if let clip { settings.clipping = .elementwise(threshold: clip) }
    if let clipNorm { settings.clipping = .globalNorm(threshold: clipNorm) }
    return settings
  }

  private func catalogueText() throws -> Data {
    let examples = TrainingExample.all
    return format == .json
      ? try TrainingExample.json(examples) : Data(TrainingExample.text(examples).utf8)
  }
}

extension TrainingExample.Name: ExpressibleByArgument {}
