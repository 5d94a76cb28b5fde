import HDF5

/// Names and places in the files that go to a subject and come back.
///
/// A request is a fixture without what is expected; the response holds what a fixture has under `expected`.
enum ExchangeSchema {
  static let requestFormat = "rnncheck-request"
  /// A request to a layer that is to be identified.
  static let packedFormat = "rnncheck-identify"
  static let version = 1

  /// More than a subject's answer to any case takes.
  static let limits = HDF5Limits(elements: 1 << 24, textBytes: 1 << 16)
  /// The largest response that is opened, in bytes.
  static let mostBytes = 1 << 30
  /// More groups and tensors than any answer has.
  static let mostMembers = 4096
  /// More notes than anyone reads.
  static let mostNotes = 16
}
