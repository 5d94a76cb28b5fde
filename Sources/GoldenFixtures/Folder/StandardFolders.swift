import Foundation

extension FixtureFolder {
  /// The fixtures that came with the running program: those of its checkout, else those bundled with it.
  public static var shipped: FixtureFolder {
    FixtureFolder(ofCheckout ?? bundled ?? "fixtures")
  }

  /// `fixtures` of the checkout that the running program was built in; nil elsewhere.
  ///
  /// It need not exist.
  public static var ofCheckout: String? {
    var folder = executableFolder
    while folder.path != "/" {
      let manifest = folder.appendingPathComponent("Package.swift").path
      if let text = FileManager.default.contents(atPath: manifest),
        String(decoding: text, as: UTF8.self).contains("name: \"rnncheck\"")
      {
        return folder.appendingPathComponent("fixtures").path
      }
      folder.deleteLastPathComponent()
    }
    return nil
  }

  /// The fixtures that were bundled with the running program; nil where its resources are missing.
  ///
  /// `Bundle.module` would end the process there.
  public static var bundled: String? {
    let places = [
      "rnncheck_GoldenFixtures.resources/fixtures",
      "rnncheck_GoldenFixtures.bundle/fixtures",
      "rnncheck_GoldenFixtures.bundle/Contents/Resources/fixtures",
    ]
    return places.map { executableFolder.appendingPathComponent($0).path }
      .first { FileManager.default.fileExists(atPath: $0) }
  }

  private static var executableFolder: URL {
    let path = Bundle.main.executablePath ?? CommandLine.arguments.first ?? "."
    return URL(fileURLWithPath: path).resolvingSymlinksInPath().deletingLastPathComponent()
  }
}
