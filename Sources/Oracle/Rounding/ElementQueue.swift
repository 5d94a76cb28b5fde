/// Elements of a graph of which the last one is taken first, each once however often it is put in.
///
/// A bit for every element of the graph, so that those that are not in it are passed by a word at a time.
struct ElementQueue {
  private var words: [UInt64]
  /// The last word that may have an element.
  private var top = 0
  private var count = 0

  /// A queue without elements, of a graph of so many.
  init(of elements: Int) {
    words = Array(repeating: 0, count: elements / UInt64.bitWidth + 1)
  }

  /// Puts an element in.
  mutating func insert(_ element: Int) {
    let (word, bit) = (element / UInt64.bitWidth, UInt64(1) << UInt64(element % UInt64.bitWidth))
    guard words[word] & bit == 0 else { return }
    words[word] |= bit
    top = max(top, word)
    count += 1
  }

  /// Takes the last element out; nil where there is none.
  mutating func popLast() -> Int? {
    guard count > 0 else { return nil }
    while words[top] == 0 { top -= 1 }
    let bit = UInt64.bitWidth - 1 - words[top].leadingZeroBitCount
    words[top] ^= 1 << UInt64(bit)
    count -= 1
    return top * UInt64.bitWidth + bit
  }
}
