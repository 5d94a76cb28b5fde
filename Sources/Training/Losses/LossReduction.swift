/// How the losses of the predictions become one number; there is no default.
public enum LossReduction: String, Hashable, Sendable {
  /// Their sum: E = Σ_n E_n.
  case sum
  /// Their mean: E = Σ_n E_n ÷ N with N the predictions, those in the padding not among them.
  ///
  /// Over predictions, not over units or over steps of a padded batch. Of no prediction it is 0.
  case mean
}
