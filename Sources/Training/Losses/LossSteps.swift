/// Which outputs of a sequence a loss is taken of.
public enum LossSteps: String, Hashable, Sendable {
  /// Every step of every sequence: outputs and targets [T,B,O].
  case every
  /// Each sequence's own last step: outputs [T,B,O], targets [1,B,O].
  ///
  /// A sequence without steps has none.
  case last
  /// The one output that a cell computes from the last state alone: outputs and targets [1,B,O].
  ///
  /// Every sequence has one, one without steps too.
  case single
}

/// One prediction: where its output and its target are.
struct Prediction: Hashable {
  /// The step of the output.
  let step: Int
  /// The step of the target.
  let targetStep: Int
  /// The batch element of both.
  let element: Int
}

extension LossSteps {
  /// The predictions of a batch, by step and then by element; none in the padding.
  ///
  /// - Parameters:
  ///   - rows: the steps of the outputs, T or 1.
  ///   - lengths: one a batch element, each in 0…T.
  func predictions(rows: Int, lengths: [Int]) -> [Prediction] {
    switch self {
    case .every:
      (0..<rows).flatMap { step in
        lengths.indices.filter { step < lengths[$0] }
          .map { Prediction(step: step, targetStep: step, element: $0) }
      }
    case .last:
      lengths.indices.filter { lengths[$0] > 0 }
        .map { Prediction(step: lengths[$0] - 1, targetStep: 0, element: $0) }
    case .single:
      lengths.indices.map { Prediction(step: 0, targetStep: 0, element: $0) }
    }
  }
}
