extension Claim {
  /// The claims of the tutorial of 2016.
  static let tutorial2016: [Claim] = {
    let both = ["elman-tanh", "elman-relu"]
    let document = "tutorial-2016"
    return [
      Claim(
        "tutorial/state-from-past-and-input", in: document, "s_t = f(s_{t-1}, x_t)",
        "the state is computed from the state before and the input of the step", about: both,
        check: StructureChecks.reads(both, signal: "s", exactly: [("s", -1), ("x", 0)])),
      Claim(
        "tutorial/output-from-state", in: document, "o_t = g(s_t)",
        "the output follows from the state of its step alone", about: both,
        check: StructureChecks.outputFollowsFromState(both, output: "o")),
      Claim(
        "tutorial/softmax-probabilities", in: document, "o_t > 0, Σ_i o_{t,i} = 1",
        "the output is a vector of probabilities", about: both,
        check: RangeChecks.areProbabilities(both, signal: "o")),
      Claim(
        "tutorial/shared-parameters", in: document, "(U, V, W) the same for every t",
        "all steps share the same parameters", about: both,
        check: StructureChecks.stepsAreTheSame(both)),
      Claim(
        "tutorial/gradient-sum", in: document, "∂E/∂W = Σ_k (∂E/∂s_k ⊙ f′_k) s_{k-1}ᵀ",
        "backpropagation through time sums the gradients of all steps that use a parameter",
        about: both,
        check: GradientSumChecks.isSumOverUses(both, matrix: "W", function: "f")),
    ]
  }()
}
