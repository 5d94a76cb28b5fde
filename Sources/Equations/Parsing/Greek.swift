/// The Greek letters that documents type directly, and their LaTeX names.
enum Greek {
  static let names: [Character: String] = [
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu",
    "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "varphi",
    "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta",
    "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Υ": "Upsilon", "Φ": "Phi", "Ψ": "Psi",
    "Ω": "Omega",
  ]

  /// Other characters for the same letters: the micro sign and the lunate epsilon.
  static let variants: [Character: String] = ["\u{B5}": "mu", "\u{3F5}": "epsilon"]

  static let letters = Dictionary(uniqueKeysWithValues: names.map { ($1, $0) })
}
