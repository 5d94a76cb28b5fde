import RecurrentCells
import Tensors

/// What a composed cell computes, put together by hand from cells that know nothing of each other.
struct HandMade<Scalar: CellScalar>: ForwardTrace {
  var signals: [String: Tensor<Scalar>] = [:]
  var final: [String: Tensor<Scalar>] = [:]
  var gradients: Gradients<Scalar>
}

/// A way to get the two directions wrong.
enum DirectionFault: CaseIterable, Sendable {
  /// The backward signals are left in the order in which they were computed.
  case unalignedSignals
  /// Every sequence is reversed over all T steps, its padding first.
  case reversedPadding
  /// The upstream gradients of the backward signals are taken in the order of the input.
  case unalignedUpstream
  /// The backward cell's gradient of x is added in the order in which it was computed.
  case unalignedInput
  /// Only the forward cell's gradient of x counts.
  case forgottenDirection

  /// Whether it is the values that are wrong, and not only gradients.
  var isForward: Bool { self == .unalignedSignals || self == .reversedPadding }
}

/// A way to get layers wrong.
enum LayerFault: CaseIterable, Sendable {
  /// The upper layer passes nothing back.
  case detached
  /// What the upper layer passes back takes the place of the lower one's own upstream gradient.
  case overwritten
  /// The upper layer's initial states are the lower one's.
  case sharedStates

  /// Whether it is the values that are wrong, and not only gradients.
  var isForward: Bool { self == .sharedStates }
}

extension HandMade {
  /// Two cells, one of them over reversed sequences.
  static func bidirectional<Cell: ComposableCell>(
    _: Cell.Type, _ sample: Sample<Scalar>, _ fault: DirectionFault? = nil
  ) throws -> HandMade where Cell.Scalar == Scalar {
    let steps = sample.batch.steps
    func reversed(_ sequence: Tensor<Scalar>) -> Tensor<Scalar> {
      var result = Tensor<Scalar>(zeros: sequence.shape)
      for element in 0..<sequence.shape[1] {
        let length = fault == .reversedPadding ? steps : sample.batch.length(of: element)
        for step in 0..<length {
          for unit in 0..<sequence.shape[2] {
            result[step, element, unit] = sequence[length - 1 - step, element, unit]
          }
        }
      }
      return result
    }
    func aligned(
      _ signals: [String: Tensor<Scalar>], unless wrong: DirectionFault
    ) -> [String: Tensor<Scalar>] {
      fault == wrong
        ? signals : signals.mapValues { $0.shape[0] == steps ? reversed($0) : $0 }
    }

    let ahead = try Cell(ParameterSet(sample.parameters.part("_forward")))
    let back = try Cell(ParameterSet(sample.parameters.part("_backward")))
    let aheadTrace = try ahead.forward(
      SequenceBatch(
        x: sample.batch.x, lengths: sample.batch.lengths,
        initial: sample.batch.initial.part("_forward")))
    let backTrace = try back.forward(
      SequenceBatch(
        x: reversed(sample.batch.x), lengths: sample.batch.lengths,
        initial: sample.batch.initial.part("_backward")))
    let aheadFound = try ahead.backward(
      aheadTrace,
      upstream: Upstream(
        sequence: sample.upstream.sequence.part("_forward"),
        final: sample.upstream.final.part("_forward")))
    let backFound = try back.backward(
      backTrace,
      upstream: Upstream(
        sequence: aligned(
          sample.upstream.sequence.part("_backward"), unless: .unalignedUpstream),
        final: sample.upstream.final.part("_backward")))

    let backX =
      switch fault {
      case .forgottenDirection: Tensor<Scalar>(zeros: backFound.x.shape)
      case .unalignedInput: backFound.x
      default: reversed(backFound.x)
      }
    func both(
      _ ahead: [String: Tensor<Scalar>], _ back: [String: Tensor<Scalar>]
    ) -> [String: Tensor<Scalar>] {
      ahead.whole("_forward").merging(back.whole("_backward")) { $1 }
    }
    return HandMade(
      signals: both(aheadTrace.signals, aligned(backTrace.signals, unless: .unalignedSignals)),
      final: both(aheadTrace.final, backTrace.final),
      gradients: Gradients(
        parameters: both(aheadFound.parameters, backFound.parameters),
        x: Tensor(shape: aheadFound.x.shape) { aheadFound.x[$0] + backX[$0] },
        initial: both(aheadFound.initial, backFound.initial),
        signals: both(
          aheadFound.signals, aligned(backFound.signals, unless: .unalignedSignals))))
  }

  /// Two cells, one of which reads some signals of the other.
  static func twoLayers<Cell: ComposableCell>(
    _: Cell.Type, _ sample: Sample<Scalar>, passing passedUp: [String], _ fault: LayerFault? = nil
  ) throws -> HandMade where Cell.Scalar == Scalar {
    let lower = try Cell(ParameterSet(sample.parameters.layer(1)))
    let upper = try Cell(ParameterSet(sample.parameters.layer(2)))
    let lowerTrace = try lower.forward(
      SequenceBatch(
        x: sample.batch.x, lengths: sample.batch.lengths, initial: sample.batch.initial.layer(1)))
    let passed = passedUp.compactMap { lowerTrace.signals[$0] }
    let units = passed.first?.shape[2] ?? 0
    let (steps, batch) = (sample.batch.steps, sample.batch.batch)
    var x = Tensor<Scalar>(zeros: [steps, batch, units * passed.count])
    for step in 0..<steps {
      for element in 0..<batch {
        for (place, signal) in passed.enumerated() {
          for unit in 0..<units {
            x[step, element, place * units + unit] = signal[step, element, unit]
          }
        }
      }
    }
    let upperTrace = try upper.forward(
      SequenceBatch(
        x: x, lengths: sample.batch.lengths,
        initial: sample.batch.initial.layer(fault == .sharedStates ? 1 : 2)))

    let upperFound = try upper.backward(
      upperTrace,
      upstream: Upstream(
        sequence: sample.upstream.sequence.layer(2), final: sample.upstream.final.layer(2)))
    var upstream = Upstream(
      sequence: sample.upstream.sequence.layer(1), final: sample.upstream.final.layer(1))
    for (place, signal) in passedUp.enumerated() where fault != .detached {
      let own = fault == .overwritten ? nil : upstream.sequence[signal]
      var sum = own ?? Tensor(zeros: [steps, batch, units])
      for step in 0..<steps {
        for element in 0..<batch {
          for unit in 0..<units {
            sum[step, element, unit] += upperFound.x[step, element, place * units + unit]
          }
        }
      }
      upstream.sequence[signal] = sum
    }
    let lowerFound = try lower.backward(lowerTrace, upstream: upstream)
    func both(
      _ lower: [String: Tensor<Scalar>], _ upper: [String: Tensor<Scalar>]
    ) -> [String: Tensor<Scalar>] {
      lower.whole(1).merging(upper.whole(2)) { $1 }
    }
    return HandMade(
      signals: both(lowerTrace.signals, upperTrace.signals),
      final: both(lowerTrace.final, upperTrace.final),
      gradients: Gradients(
        parameters: both(lowerFound.parameters, upperFound.parameters), x: lowerFound.x,
        initial: both(lowerFound.initial, upperFound.initial),
        signals: both(lowerFound.signals, upperFound.signals)))
  }
}

extension Dictionary where Key == String {
  fileprivate func part(_ suffix: String) -> Self {
    reduce(into: [:]) { part, entry in
      if entry.key.hasSuffix(suffix) {
        part[String(entry.key.dropLast(suffix.count))] = entry.value
      }
    }
  }

  fileprivate func whole(_ suffix: String) -> Self {
    Dictionary(uniqueKeysWithValues: map { ($0.key + suffix, $0.value) })
  }

  fileprivate func layer(_ layer: Int) -> Self {
    reduce(into: [:]) { part, entry in
      if let own = LayerName(layer: layer).own(entry.key) { part[own] = entry.value }
    }
  }

  fileprivate func whole(_ layer: Int) -> Self {
    Dictionary(uniqueKeysWithValues: map { (LayerName(layer: layer).whole($0.key), $0.value) })
  }
}
