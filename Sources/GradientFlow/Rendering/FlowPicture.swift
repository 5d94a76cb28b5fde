/// The curves as one self-contained SVG: a panel for each scale, one logarithmic axis for all.
///
/// It holds no script, font or address of anything elsewhere, and its colors follow the reader's light or
/// dark setting.
public struct FlowPicture: Sendable {
  private let flow: FlowMeasurement
  private let axis: LogAxis
  private let keys: [FlowKey]

  private static let margin = 28.0
  private static let axisWidth = 62.0
  private static let panelWidth = 430.0
  private static let panelHeight = 360.0
  private static let gap = 26.0
  private static let panelsAcross = 2
  private static let lineHeight = 21.0

  /// The picture of a measurement.
  public init(_ flow: FlowMeasurement) {
    self.flow = flow
    let curves = flow.panels.flatMap(\.curves)
    axis = LogAxis(
      containing: curves.flatMap { ($0.norms + ($0.bound?.values ?? [])).compactMap(\.log10) })
    keys = FlowKey.keys(of: flow)
  }

  /// The SVG document.
  public var svg: String {
    let across = min(Self.panelsAcross, max(flow.panels.count, 1))
    let down = (flow.panels.count + across - 1) / max(across, 1)
    let width =
      2 * Self.margin + Self.axisWidth + Double(across) * Self.panelWidth
      + Double(across - 1) * Self.gap
    let top = 104.0
    let rowHeight = Self.panelHeight + 72
    let legendTop = top + Double(down) * rowHeight
    let legendColumns = 2
    let legendRows = (keys.count + legendColumns - 1) / legendColumns
    let notesTop = legendTop + Double(legendRows) * Self.lineHeight + 14
    let height = notesTop + Double(flow.regime.count) * 18 + Self.margin / 2

    var svg = SVGText()
    svg.open(width: width, height: height, title: Self.title, description: description)
    svg.style(Self.style)
    svg.rectangle(x: 0, y: 0, width: width, height: height, class: "paper")
    svg.text(Self.title, x: Self.margin, y: 38, class: "title")
    svg.text(
      "Spectral norm of exact Jacobian products. 1: a gradient arrives as it left.",
      x: Self.margin, y: 62, class: "note")
    for (index, panel) in flow.panels.enumerated() {
      let (row, column) = index.quotientAndRemainder(dividingBy: across)
      let x =
        Self.margin + Self.axisWidth + Double(column) * (Self.panelWidth + Self.gap)
      draw(
        panel, x: x, y: top + Double(row) * rowHeight, isFirst: column == 0, in: &svg)
    }
    for (index, key) in keys.enumerated() {
      let (row, column) = index.quotientAndRemainder(dividingBy: legendColumns)
      let x = Self.margin + Double(column) * (width - 2 * Self.margin) / Double(legendColumns)
      let y = legendTop + Double(row) * Self.lineHeight
      svg.path("M \(x.rounded2) \(y.rounded2) h 34", class: key.style)
      svg.text(key.text, x: x + 44, y: y + 4, class: "label")
    }
    for (index, line) in flow.regime.enumerated() {
      svg.text(line, x: Self.margin, y: notesTop + 12 + Double(index) * 18, class: "note")
    }
    return svg.closed
  }

  private static let title = "Gradient flow: ‖∂s_t / ∂s_k‖ against t − k"

  private var description: String {
    flow.panels.map { panel in
      "Recurrent matrices times \(panel.scale.plain), after \(flow.options.steps) steps: "
        + panel.curves.map { "\($0.label) \($0.norms.last?.short ?? "")" }.joined(separator: ", ")
    }.joined(separator: ". ") + "."
  }

  // MARK: A panel

  private func draw(
    _ panel: FlowPanel, x: Double, y: Double, isFirst: Bool, in svg: inout SVGText
  ) {
    let (width, height) = (Self.panelWidth, Self.panelHeight)
    let steps = max(flow.options.steps, 1)
    func across(_ distance: Int) -> Double { x + width * Double(distance) / Double(steps) }
    func down(_ value: Double) -> Double { y + height * (1 - axis.position(of: value)) }

    svg.text("recurrent matrices × \(panel.scale.plain)", x: x, y: y - 12, class: "heading")
    for tick in axis.ticks {
      let isOne = tick == 0
      svg.path(
        "M \(x.rounded2) \(down(Double(tick)).rounded2) h \(width.rounded2)",
        class: isOne ? "one" : "grid")
      if isFirst {
        svg.power(of: tick, x: x - 8, y: down(Double(tick)) + 4, class: "tick end")
      }
    }
    for tick in LogAxis.ticks(upTo: steps) {
      svg.path(
        "M \(across(tick).rounded2) \((y + height).rounded2) v 5", class: "axis")
      svg.text("\(tick)", x: across(tick), y: y + height + 20, class: "tick middle")
    }
    svg.path(
      "M \(x.rounded2) \(y.rounded2) v \(height.rounded2) h \(width.rounded2)", class: "axis")
    svg.text("t − k", x: x + width / 2, y: y + height + 40, class: "label middle")

    for key in keys where key.isBound {
      guard let bound = key.values(in: panel) else { continue }
      svg.curve(bound, x: across, y: down, class: key.style)
    }
    for key in keys where !key.isBound {
      guard let norms = key.values(in: panel) else { continue }
      svg.curve(norms, x: across, y: down, class: key.style)
    }
  }

  // MARK: Colors

  // Colors stand in plain rules, not in variables, which few programs but browsers know.
  private static let style =
    """
    text { font-family: system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; \
    font-size: 13px; }
    .title { font-size: 20px; font-weight: 600; }
    .heading { font-size: 14px; font-weight: 600; }
    .tick { font-size: 12px; }
    .middle { text-anchor: middle; }
    .end { text-anchor: end; }
    path { fill: none; }
    .one { stroke-dasharray: 1 3; }
    .curve { stroke-width: 2.2; stroke-linecap: round; stroke-linejoin: round; }
    .second { stroke-dasharray: 7 5; }
    .third { stroke-dasharray: 2 5; }
    .bound { stroke-width: 1.2; stroke-dasharray: 3 3; }

    """
    + Colors.light.rules + "@media (prefers-color-scheme: dark) {\n" + Colors.dark.rules + "}"

  private struct Colors {
    let paper, ink, faint, grid, one: String
    let curves: [String]

    static let light = Colors(
      paper: "#ffffff", ink: "#1f2328", faint: "#59636e", grid: "#e6e8eb", one: "#818b98",
      curves: [
        "#0969da", "#cf222e", "#1a7f37", "#9a6700", "#8250df", "#bf3989", "#0f7b83", "#57606a",
      ])
    static let dark = Colors(
      paper: "#0d1117", ink: "#e6edf3", faint: "#9198a1", grid: "#21262d", one: "#656c76",
      curves: [
        "#58a6ff", "#ff7b72", "#3fb950", "#d29922", "#bc8cff", "#f778ba", "#39c5cf", "#b1bac4",
      ])

    var rules: String {
      """
      text { fill: \(ink); }
      .note, .tick { fill: \(faint); }
      .paper { fill: \(paper); }
      .grid { stroke: \(grid); }
      .one { stroke: \(one); }
      .axis { stroke: \(faint); }

      """
        + curves.enumerated().map { ".c\($0) { stroke: \($1); } circle.c\($0) { fill: \($1); }\n" }
        .joined()
    }
  }
}
