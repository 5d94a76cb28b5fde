import PadhaiLSTM
import RecurrentCells
import Tensors
import Testing

@Suite("An output beside the cell")
struct OutputTests {
  @Test("is the LSTM without it, with one more gradient of h")
  func composition() throws {
    typealias Inner = PadhaiLSTMCell<Double, PadhaiLSTMReading.Canonical>
    typealias Cell = PadhaiLSTMOutputCell<Double, PadhaiLSTMReading.Canonical, IdentityOutput>
    // One step without gradients of the final states, so that h has two terms in either order.
    var sample = Sample(of: Cell.self, Sizes(steps: 1))
    sample.upstream.final = [:]
    let cell = try Cell(ParameterSet(sample.parameters))
    let trace = try cell.forward(sample.batch)
    let found = try cell.backward(trace, upstream: sample.upstream)

    let inner = try Inner(
      ParameterSet(sample.parameters.filter { Inner.parameterShapes.keys.contains($0.key) }))
    let innerTrace = try inner.forward(sample.batch)
    for signal in Inner.signals { #expect(trace.signals[signal] == innerTrace.signals[signal]) }
    #expect(trace.final == innerTrace.final)

    let V = try cell.parameters.weight("V")
    let dy = Batch(try #require(sample.upstream.sequence["y_hat"]), step: 0)
    let dh = Batch(try #require(sample.upstream.sequence["h"]), step: 0) + V.transposed * dy
    sample.upstream.sequence["y_hat"] = nil
    sample.upstream.sequence["h"] = try Tensor(shape: [1, 3, 4], scalars: dh.scalars)
    let expected = try inner.backward(innerTrace, upstream: sample.upstream)
    #expect(found.x == expected.x && found.initial == expected.initial)
    for (name, gradient) in expected.parameters { #expect(found.parameters[name] == gradient) }
    for (signal, gradient) in expected.signals { #expect(found.signals[signal] == gradient) }
  }
}
