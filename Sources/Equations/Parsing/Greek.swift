/// The Greek letters and signs that documents type directly, and their LaTeX names.
enum Greek {
  static let names: [Character: String] = [
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "θ": "theta",
    "λ": "lambda", "μ": "mu", "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "varphi", "ϕ": "phi",
    "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Φ": "Phi", "Σ": "Sigma",
  ]

  static let letters = Dictionary(uniqueKeysWithValues: names.map { ($1, $0) })
}
