import Foundation

extension FormulationComparison {
  /// The comparison as text for a terminal.
  ///
  /// - Parameters:
  ///   - width: the terminal's columns; equations that do not fit side by side stand below each other,
  ///     and an equation or a name is never cut.
  ///   - color: whether to set colors by ANSI escapes.
  public func rendered(width: Int = 100, color: Bool = false) -> String {
    let page = Page(width: max(40, width), color: color)
    let sections: [[String]] = [
      heading(page), signalLines(page), parameterLines(page), equationLines(page),
      countLines(page), behaviourLines(page),
    ]
    return sections.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private func heading(_ page: Page) -> [String] {
    let style: Page.Style =
      switch verdict {
      case .equal: .good
      case .conditional, .unverified: .doubtful
      case .different: .bad
      }
    var lines: [String] = []
    for (letter, side) in [("A", a), ("B", b)] {
      lines += page.wrapped("\(letter)  \(side.id): \(side.title)", indent: 3)
      if !side.reading.isEmpty { lines += page.wrapped("   \(side.reading)", indent: 3) }
    }
    lines.append("")
    for (index, statement) in statements.enumerated() {
      lines += page.wrapped(statement, indent: 2).map {
        index == 0 ? page.styled($0, style) : $0
      }
    }
    return lines
  }

  private func signalLines(_ page: Page) -> [String] {
    let rows = signals.map { pair in
      let isDifferent = (pair.a == nil || pair.b == nil) && relation == nil
      return Page.Row(
        [
          isDifferent ? "≠" : " ", pair.a ?? "",
          pair.b.map { pair.isComplement ? "1 - \($0)" : $0 } ?? "",
          pair.shape, pair.role,
        ], style: isDifferent ? .bad : .plain)
    }
    return [page.styled("Signals", .title)]
      + page.table(header: ["", "A", "B", "", ""], rows, alignment: [])
  }

  private func parameterLines(_ page: Page) -> [String] {
    guard !parameters.isEmpty else {
      return [page.styled("Parameters", .title), "  neither has any"]
    }
    let rows = parameters.map { pair in
      let isDifferent = pair.equation == nil
      let isPlain = pair.equation == pair.plainEquation
      return Page.Row(
        [
          isDifferent ? "≠" : " ", pair.a ?? "", pair.b ?? "", pair.shape,
          isPlain ? "" : pair.equation ?? "",
        ], style: isDifferent ? .bad : .plain)
    }
    return [page.styled("Parameters", .title)]
      + page.table(header: ["", "A", "B", "", ""], rows, alignment: [])
  }

  private func equationLines(_ page: Page) -> [String] {
    let mark = { (match: EquationPair.Match) in
      switch match {
      case .same: " "
      case .related: "~"
      case .different: "≠"
      }
    }
    let widest = { (side: KeyPath<EquationPair, String?>) in
      equations.map { page.columns($0[keyPath: side] ?? "") }.max() ?? 0
    }
    let (left, right) = (widest(\.a), widest(\.b))
    let isSideBySide = left + right + 8 <= page.width
    var lines = [page.styled("Equations", .title)]
    for pair in equations {
      let style: Page.Style = pair.match == .different ? .bad : .plain
      if isSideBySide {
        let text = page.padded(pair.a ?? "", left) + "    " + (pair.b ?? "")
        lines.append(page.styled(page.trimmed("\(mark(pair.match)) \(text)"), style))
      } else {
        for (index, side) in [("A", pair.a), ("B", pair.b)].enumerated() {
          let sign = index == 0 ? mark(pair.match) : " "
          lines.append(page.styled("\(sign) \(side.0)  \(side.1 ?? "has none")", style))
        }
      }
      for difference in pair.differences {
        lines += page.wrapped("      \(difference.text)", indent: 8).map {
          page.styled($0, .faint)
        }
      }
    }
    if equations.contains(where: { $0.match == .related }) {
      lines += page.wrapped(
        relation == nil
          ? "  ~ is equal once signs and sums are taken into account, not by names alone."
          : "  ~ is equal by the relation above, not by names alone.", indent: 2
      ).map { page.styled($0, .faint) }
    }
    return lines
  }

  private func countLines(_ page: Page) -> [String] {
    func row(_ name: String, _ x: Count?, _ y: Count?) -> Page.Row {
      func number(_ count: Count?) -> String {
        count.map { $0.number.map(String.init) ?? "too large" } ?? ""
      }
      return Page.Row(
        [name, x?.symbolic ?? "0", number(x), y?.symbolic ?? "0", number(y)],
        style: x == y ? .plain : .emphasis)
    }
    let functions = Set(counts.a.activations.keys).union(counts.b.activations.keys).sorted()
    let rows =
      [
        row("parameters", counts.a.parameters, counts.b.parameters),
        row("matrix products", counts.a.products, counts.b.products),
        row("unit by unit", counts.a.elementwise, counts.b.elementwise),
        row("both", counts.a.operations, counts.b.operations),
      ]
      + functions.map {
        row("\($0) evaluations", counts.a.activations[$0], counts.b.activations[$0])
      }
    let sizes = ["H", "I", "O"].compactMap { letter in
      counts.sizes[letter].map { "\(letter) = \($0)" }
    }.joined(separator: ", ")
    return [page.styled("Counts, operations of one step; numbers for \(sizes)", .title)]
      + page.table(
        header: ["", "A", "", "B", ""], rows, alignment: [.left, .left, .right, .left, .right])
  }

  private func behaviourLines(_ page: Page) -> [String] {
    let title = page.styled("On the same numbers", .title)
    if let reason = behaviour.unavailable {
      return [title] + page.wrapped("  not measured: \(reason)", indent: 2)
    }
    let rows = behaviour.steps.map {
      Page.Row(
        [
          String($0.step), Self.scientific($0.distance), Self.scientific($0.gradientA),
          Self.scientific($0.gradientB),
        ], style: .plain)
    }
    let names = behaviour.signals
    let (s, u) = (names.first ?? "", names.last ?? "")
    return [title]
      + page.wrapped(
        "  distance ‖\(s) of A - \(u) of B‖ at each step t, and the gradient of the sum of the last"
          + " step's values with respect to x_t", indent: 2)
      + page.table(
        header: ["t", "distance", "‖∂/∂x_t‖ A", "‖∂/∂x_t‖ B"], rows,
        alignment: [.right, .right, .right, .right])
  }

  private static func scientific(_ value: Double) -> String {
    value == 0 ? "0" : String(format: "%.2e", value)
  }
}

extension FormulationComparison.ParameterPair {
  /// What `equation` is where numbers are copied as they are.
  fileprivate var plainEquation: String? {
    a.flatMap { a in b.map { "B.\($0) = A.\(a)" } }
  }
}
