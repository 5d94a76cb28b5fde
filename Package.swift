// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "rnncheck",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "rnncheck", targets: ["rnncheck"]),
    .library(name: "RecurrentConformance", targets: ["RecurrentConformance"]),
    .library(name: "RecurrentEquations", targets: ["Equations", "Oracle", "Comparison"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    // System libraries.
    .systemLibrary(
      name: "CHDF5", pkgConfig: "hdf5",
      providers: [.apt(["libhdf5-dev"]), .brew(["hdf5"])]),
    .systemLibrary(
      name: "CFLINT", pkgConfig: flintPkgConfig,
      providers: [.apt(["libflint-dev"]), .brew(["flint"])]),
    .systemLibrary(name: "CArb", providers: [.apt(["libflint-arb-dev"])]),
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
    .systemLibrary(
      name: "CCrypto", pkgConfig: "libcrypto",
      providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),

    // Foundations.
    .target(name: "Tensors"),
    .target(name: "HDF5", dependencies: ["CHDF5"]),
    .target(name: "BallArithmetic", dependencies: ["CFLINT", "CArb"]),

    // What a document says.
    .target(name: "Equations"),
    .target(
      name: "Oracle",
      dependencies: [
        "Equations", "BallArithmetic", "Tensors",
        .product(name: "RealModule", package: "swift-numerics"),
      ]),

    // What a cell computes.
    .target(name: "CRecurrentKernels"),
    .target(
      name: "RecurrentCells",
      dependencies: [
        "COpenBLAS", "CRecurrentKernels", "Tensors",
        .product(name: "RealModule", package: "swift-numerics"),
      ]),
    .target(name: "DonahueLSTM", dependencies: ["Equations", "RecurrentCells"]),
    .target(name: "PadhaiLSTM", dependencies: ["Equations", "RecurrentCells"]),
    .target(name: "GRU", dependencies: ["Equations", "RecurrentCells"]),
    .target(name: "GatedLSTM", dependencies: ["Equations", "RecurrentCells"]),
    .target(name: "VanillaRNN", dependencies: ["Equations", "RecurrentCells"]),
    .target(name: "MultiscaleRNN", dependencies: ["Equations", "RecurrentCells"]),

    // What frameworks say that their cells compute.
    .target(name: "Frameworks", dependencies: ["Equations"]),

    // Where the two meet.
    .target(name: "CDifferences"),
    .target(name: "GradientCheck", dependencies: ["CDifferences", "RecurrentCells", "Tensors"]),
    .target(
      name: "GoldenFixtures", dependencies: ["CCrypto", "HDF5", "Oracle", "Equations", "Tensors"],
      path: ".",
      exclude: ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "Tests", "tools"] + otherSources,
      sources: ["Sources/GoldenFixtures"], resources: [.copy("fixtures")]),
    .target(
      name: "Claims",
      dependencies: ["BallArithmetic", "Comparison", "Equations", "Oracle", "Tensors"]),
    .target(
      name: "Conformance",
      dependencies: [
        "Claims", "GoldenFixtures", "GradientCheck", "Oracle", "Equations", "RecurrentCells",
        "Tensors",
        "DonahueLSTM", "Frameworks", "GatedLSTM", "GRU", "MultiscaleRNN", "PadhaiLSTM",
        "VanillaRNN",
      ]),
    .target(
      name: "Comparison", dependencies: ["Equations", "Oracle", "Tensors"]),
    .target(
      name: "GradientFlow", dependencies: ["BallArithmetic", "Equations", "Oracle", "Tensors"]),
    .target(
      name: "Training", dependencies: ["Conformance", "Equations", "RecurrentCells", "Tensors"]),
    .target(
      name: "Mutation",
      dependencies: [
        "Conformance", "GoldenFixtures", "Equations", "Oracle", "RecurrentCells", "Tensors",
        .product(name: "RealModule", package: "swift-numerics"),
      ]),
    .target(
      name: "Exchange",
      dependencies: [
        "Conformance", "GoldenFixtures", "Equations", "Tensors",
        .product(name: "Subprocess", package: "swift-subprocess"),
      ]),
    .target(
      name: "Identification",
      dependencies: ["Conformance", "GoldenFixtures", "Equations", "Oracle", "Tensors"]),
    .target(
      name: "Soundness",
      dependencies: [
        "Conformance", "Equations", "GoldenFixtures", "Oracle", "Tensors",
        .product(name: "RealModule", package: "swift-numerics"),
      ]),
    .target(
      name: "RecurrentConformance",
      dependencies: [
        "Conformance", "GoldenFixtures", "Equations", "RecurrentCells", "Tensors", "DonahueLSTM",
        "Frameworks", "GatedLSTM", "GRU", "MultiscaleRNN", "PadhaiLSTM", "VanillaRNN",
      ]),
    .executableTarget(
      name: "rnncheck",
      dependencies: [
        "Comparison", "Conformance", "Exchange", "GoldenFixtures", "GradientFlow",
        "Identification", "Mutation", "RecurrentCells", "Soundness", "Training",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // What tools/bench measures of ours.
    .executableTarget(
      name: "rnncheck-bench",
      dependencies: [
        "DonahueLSTM", "Equations", "GoldenFixtures", "GRU", "GradientCheck", "Oracle",
        "RecurrentCells", "Tensors",
      ]),

    // Tests, a target per module.
    .testTarget(name: "TensorsTests", dependencies: ["Tensors"]),
    .testTarget(name: "HDF5Tests", dependencies: ["HDF5"]),
    .testTarget(name: "BallArithmeticTests", dependencies: ["BallArithmetic"]),
    .testTarget(name: "EquationsTests", dependencies: ["Equations"]),
    .testTarget(
      name: "OracleTests", dependencies: ["Oracle", "Equations", "BallArithmetic", "Tensors"]),
    .testTarget(
      name: "RecurrentCellsTests",
      dependencies: [
        "RecurrentCells", "DonahueLSTM", "PadhaiLSTM", "GRU", "GatedLSTM", "VanillaRNN",
        "MultiscaleRNN", "Tensors",
      ]),
    .testTarget(
      name: "FrameworksTests",
      dependencies: [
        "Frameworks", "Comparison", "Conformance", "Equations", "GoldenFixtures", "Oracle",
      ]),
    .testTarget(
      name: "GradientCheckTests",
      dependencies: [
        "GradientCheck", "RecurrentCells", "DonahueLSTM", "PadhaiLSTM", "GRU", "Tensors",
      ]),
    .testTarget(
      name: "GoldenFixturesTests",
      dependencies: ["GoldenFixtures", "HDF5", "Conformance", "Equations", "Oracle", "Tensors"]),
    .testTarget(
      name: "ConformanceTests",
      dependencies: [
        "Conformance", "GoldenFixtures", "GradientCheck", "RecurrentCells", "Equations", "Tensors",
      ]),
    .testTarget(
      name: "ComparisonTests",
      dependencies: ["Comparison", "Equations", "DonahueLSTM", "PadhaiLSTM", "GRU"]),
    .testTarget(
      name: "ClaimsTests",
      dependencies: [
        "Claims", "BallArithmetic", "Conformance", "Equations", "Oracle", "Tensors",
      ]),
    .testTarget(
      name: "GradientFlowTests",
      dependencies: [
        "GradientFlow", "BallArithmetic", "Conformance", "Equations", "Oracle", "Tensors",
      ]),
    .testTarget(
      name: "TrainingTests",
      dependencies: [
        "Training", "BallArithmetic", "Conformance", "Equations", "RecurrentCells", "Tensors",
      ]),
    .testTarget(
      name: "MutationTests",
      dependencies: [
        "Mutation", "Conformance", "GoldenFixtures", "Equations", "Oracle", "RecurrentCells",
        "DonahueLSTM", "Tensors",
      ]),
    .testTarget(
      name: "SoundnessTests",
      dependencies: [
        "Soundness", "Conformance", "GoldenFixtures", "Equations", "Oracle", "Tensors",
      ]),
    .testTarget(
      name: "RecurrentConformanceTests", dependencies: ["RecurrentConformance"]),
    .testTarget(name: "rnncheckTests", dependencies: ["rnncheck"]),
  ]
)

/// The sources beside those of GoldenFixtures, whose root is the package's so that it can bundle `fixtures`.
var otherSources: [String] {
  [
    "CHDF5", "CFLINT", "CArb", "COpenBLAS", "CCrypto", "CRecurrentKernels", "Tensors", "HDF5",
    "BallArithmetic", "Equations", "Oracle", "RecurrentCells", "DonahueLSTM", "PadhaiLSTM", "GRU",
    "GatedLSTM", "VanillaRNN", "MultiscaleRNN", "Frameworks", "CDifferences", "GradientCheck",
    "Claims", "Conformance", "Comparison", "GradientFlow", "Mutation", "Training", "Exchange",
    "Identification", "Soundness", "RecurrentConformance", "rnncheck", "rnncheck-bench",
  ].map { "Sources/\($0)" }
}

/// FLINT of Debian 12 has no pkg-config file; Homebrew's lies outside the default search paths.
var flintPkgConfig: String? {
  #if os(macOS)
    "flint"
  #else
    nil
  #endif
}
