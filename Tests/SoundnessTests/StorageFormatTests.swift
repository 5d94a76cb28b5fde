import Soundness
import Tensors
import Testing

@Suite("Storing in 16 bits")
struct StorageFormatTests {
  @Test("to the nearest number, ties to even, subnormal and infinite ones too")
  func knownNumbers() {
    let brain = StorageFormat.bfloat16
    #expect(brain.nearest(1 + 0x1p-8) == 1)
    #expect(brain.nearest(1 + 0x3p-8) == 1 + 0x1p-6)
    #expect(brain.nearest(-(1 + 0x1.2p-8)) == -(1 + 0x1p-7))
    #expect(brain.nearest(0x1p-133) == 0x1p-133)
    #expect(brain.nearest(0x1p-134) == 0)
    #expect(brain.nearest(0x1.FEp127) == 0x1.FEp127)
    #expect(brain.nearest(0x1.FFp127) == .infinity)
    let half = StorageFormat.float16
    #expect(half.nearest(65519) == 65504)
    #expect(half.nearest(-65520) == -.infinity)
    #expect(half.nearest(0x1p-25) == 0)
    #expect(half.nearest(0x3p-25) == 0x1p-23)
    #expect(half.nearest(.nan).isNaN)
  }

  #if !(os(macOS) && arch(x86_64))
    @Test("as the machine's own binary16 does")
    func machine() {
      var generator = CounterGenerator(seed: 16, name: "float16")
      for _ in 0..<10_000 {
        let number = Double(Float(bitPattern: UInt32(truncatingIfNeeded: generator.next())))
        guard !number.isNaN else { continue }
        #expect(StorageFormat.float16.nearest(number) == Double(Float16(number)))
      }
    }
  #endif
}
