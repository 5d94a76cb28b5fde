// swift-tools-version: 6.2
import PackageDescription

// A package of somebody else's: its LSTM knows nothing of rnncheck, its tests do.
let package = Package(
  name: "StudentLSTM",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "rnncheck", path: "../..")],
  targets: [
    .target(name: "StudentLSTM"),
    .testTarget(
      name: "StudentLSTMTests",
      dependencies: [
        "StudentLSTM", .product(name: "RecurrentConformance", package: "rnncheck"),
      ]),
  ]
)
