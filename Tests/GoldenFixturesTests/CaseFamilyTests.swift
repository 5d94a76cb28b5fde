import Equations
import Foundation
import GoldenFixtures
import Tensors
import Testing

@Suite("Cases")
struct CaseFamilyTests {
  /// Every formulation with every family that it has.
  static let pairs = Formulations.all.flatMap { formulation in
    CaseFamily.all(of: formulation).map { ($0, formulation) }
  }

  @Test("have names of their own, reasons, and small sizes but for one")
  func sizes() {
    let all = CaseFamily.all
    #expect(Set(all.map(\.name)).count == all.count)
    #expect(all.count <= 13)
    #expect(all.allSatisfy { !$0.reason.isEmpty })
    #expect(all.filter { $0.sizes.hidden > 6 }.map(\.sizes.hidden) == [16])
    for family in all {
      guard let lengths = family.lengths else { continue }
      #expect(lengths.count == family.batch)
      #expect(lengths.contains(0) && lengths.contains(family.steps))
    }
  }

  /// The published seed and what follows from it must never change: other programs make the same numbers.
  @Test("have the published numbers")
  func publishedNumbers() throws {
    let family = try #require(CaseFamily.all.first { $0.name == "generic" })
    #expect(CaseFamily.publishedSeed == 20_150_311)
    let problem = family.problem(for: try Formulations.named("donahue-lstm"))
    let weights = try #require(problem.parameters["W_xi"])
    #expect(weights.shape == [3, 5])
    #expect(weights.scalars.prefix(4) == [0.8359375, -0.77734375, 0.4375, -0.640625])
    #expect(
      problem.batch.x.scalars.prefix(4) == [0.953125, 0.11767578125, -0.07958984375, 0.091796875])
  }

  @Test("are the same for formulations with the same names")
  func shared() throws {
    let canonical = try Formulations.named("cs224d-gru")
    let reading = try Formulations.named("cs224d-gru/reset-before")
    for family in CaseFamily.all {
      #expect(family.problem(for: canonical) == family.problem(for: reading))
    }
  }

  @Test("consist of numbers that 16 bits hold", arguments: pairs)
  func representable(family: CaseFamily, formulation: Formulation) {
    for (name, tensor) in family.problem(for: formulation).tensors {
      for number in tensor.scalars {
        #expect(number.isBFloat16, "\(name): \(number)")
        if family.regime != .tiny { #expect(number.isFloat16, "\(name): \(number)") }
      }
    }
  }

  @Test(
    "have no number twice in a tensor, and no zero but where there is no gradient", arguments: pairs
  )
  func distinct(family: CaseFamily, formulation: Formulation) {
    let problem = family.problem(for: formulation)
    for (name, tensor) in problem.tensors {
      var numbers = tensor.scalars
      if family.upstream == .lastStep, name.hasPrefix("upstream/sequence") {
        let last = tensor.count / max(tensor.shape[0], 1)
        #expect(numbers.dropLast(last).allSatisfy { $0 == 0 }, "\(name)")
        numbers = numbers.suffix(last)
      }
      // Eight significant bits in five binades are 1280 numbers; a stacked matrix has more.
      #expect(Set(numbers).count == min(numbers.count, 1280), "\(name)")
      #expect(!numbers.contains(0), "\(name)")
    }
    #expect(problem.upstream.sequence.isEmpty == (family.upstream == .finalStates))
    #expect(problem.upstream.final.isEmpty == (family.upstream == .lastStep))
  }

  @Test("have upstream gradients of both signs and mixed scale", arguments: Formulations.all)
  func cotangents(formulation: Formulation) {
    for family in CaseFamily.all where family.steps > 0 && family.sizes.hidden > 1 {
      let upstream = family.problem(for: formulation).upstream
      let numbers = (Array(upstream.sequence.values) + Array(upstream.final.values))
        .flatMap(\.scalars).filter { $0 != 0 }
      #expect(numbers.contains { $0 > 0 } && numbers.contains { $0 < 0 }, "\(family.name)")
      let magnitudes = numbers.map(\.magnitude)
      #expect((magnitudes.max() ?? 0) > 4 * (magnitudes.min() ?? 0), "\(family.name)")
    }
  }

  /// In ordinary cases no derivative is below 1/200: arguments stay within 5.28 for σ, 3.34 for tanh.
  @Test("leave gates open unless they are saturated", arguments: Formulations.all)
  func saturation(formulation: Formulation) async throws {
    let fixture = try await WholeSet.folder.value.fixtures.fixture(of: formulation)
    for golden in fixture.cases where golden.regime != .tiny {
      var largest = 0.0
      for equation in formulation.equations {
        guard case .apply(let function, _) = equation.expression,
          let signal = golden.answers[.sequence(equation.signal.name)]
        else { continue }
        let open = signal.scalars.filter { $0 != 0 }
        let arguments = open.compactMap { function.activation.argument(of: $0) }
        largest = max(largest, arguments.map(\.magnitude).max() ?? 0)
        if golden.regime == .ordinary {
          let bound = function.activation == .tanh ? 3.34 : 5.28
          #expect(
            arguments.allSatisfy { $0.magnitude < bound },
            "\(golden.name) \(equation.signal.name): \(largest)")
        }
      }
      if golden.regime == .saturated, largest > 0 { #expect(largest > 12, "\(golden.name)") }
    }
  }
}

extension CaseFamilyTests {
  @Test("cancel where they say so: sums a sixtieth of their terms", arguments: Formulations.all)
  func cancellation(formulation: Formulation) {
    for family in CaseFamily.all(of: formulation) where family.regime == .cancelling {
      let problem = family.problem(for: formulation)
      let x = problem.batch.x
      for parameter in formulation.parameters where parameter.shape.columns == [.input] {
        guard let weights = problem.parameters[parameter.name] else { continue }
        let features = x.shape[2]
        for row in 0..<weights.shape[0] {
          for vector in 0..<x.count / features {
            let terms = (0..<features).map {
              weights[row * features + $0] * x[vector * features + $0]
            }
            let sum = terms.reduce(0, +)
            #expect(
              sum.magnitude * 60 < terms.map(\.magnitude).reduce(0, +),
              "\(parameter.name) row \(row)")
          }
        }
      }
    }
  }
}

extension Activation {
  /// What the function was applied to.
  fileprivate func argument(of value: Double) -> Double? {
    switch self {
    case .logistic: log(value / (1 - value))
    case .tanh: atanh(value)
    case .relu, .identity, .softmax, .unitStep: nil
    }
  }
}

extension Case<Double> {
  /// Everything that the case is made of, by its place in a fixture.
  fileprivate var tensors: [(name: String, tensor: Tensor<Double>)] {
    parameters.map { ("parameters/\($0)", $1) } + [("inputs/x", batch.x)]
      + batch.initial.map { ("initial/\($0)", $1) }
      + upstream.sequence.map { ("upstream/sequence/\($0)", $1) }
      + upstream.final.map { ("upstream/final/\($0)", $1) }
  }
}

extension Double {
  /// Whether a bfloat16 holds the number: a float32 whose low half is zero.
  fileprivate var isBFloat16: Bool {
    Double(Float(self)) == self && Float(self).bitPattern & 0xFFFF == 0
  }

  /// Whether a float16 holds the number: 11 significant bits, the last of them 2^−24 or more.
  fileprivate var isFloat16: Bool {
    magnitude <= 65504 && significandWidth <= 10 && (self * 0x1p24).rounded() == self * 0x1p24
  }
}
