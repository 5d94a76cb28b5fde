import Foundation
import GoldenFixtures
import Tensors

/// A response on its way from the process that reads it to the one that grades it.
struct ResponseTransfer: Codable {
  struct Entry: Codable {
    var quantity: String
    var name: String
    var shape: [Int]
    /// The elements as float64, little endian.
    var elements: Data

    init(_ quantity: String, _ name: String, _ tensor: Tensor<Double>) {
      self.quantity = quantity
      self.name = name
      shape = tensor.shape
      elements = Data(capacity: tensor.count * 8)
      for scalar in tensor.scalars {
        withUnsafeBytes(of: scalar.bitPattern.littleEndian) { elements.append(contentsOf: $0) }
      }
    }

    /// The tensor.
    ///
    /// - Throws: `ShapeError` where the elements do not fill the shape.
    func tensor() throws(ShapeError) -> Tensor<Double> {
      let bytes = [UInt8](elements)
      let scalars = stride(from: 0, to: bytes.count - bytes.count % 8, by: 8).map { start in
        Double(
          bitPattern: bytes[start..<(start + 8)].reversed().reduce(UInt64(0)) {
            $0 << 8 | UInt64($1)
          })
      }
      return try Tensor(shape: shape, scalars: scalars)
    }
  }
  struct Answer: Codable {
    var tensors: [Entry]
    var weights: [Entry]
    var notOffered: String?
    var problems: [String]
  }

  var dtype: String
  var accumulation: String?
  var formulation: String?
  var name: String?
  var mapping: String?
  var answers: [String: Answer]
  var notes: [String]

  init(_ response: ResponseFile) {
    dtype = response.dtype
    accumulation = response.accumulation
    formulation = response.formulation
    name = response.name
    mapping = response.mapping
    notes = response.notes
    answers = response.answers.mapValues { answer in
      Answer(
        tensors: answer.tensors.map { Entry($0.kind, $0.name, $1) },
        weights: answer.weights.map { Entry("", $0.name, $0.tensor) },
        notOffered: answer.notOffered, problems: answer.problems)
    }
  }

  /// The response.
  ///
  /// - Throws: `ShapeError` where a tensor's elements do not fill its shape.
  func response() throws -> ResponseFile {
    ResponseFile(
      dtype: dtype, accumulation: accumulation, formulation: formulation, name: name,
      mapping: mapping,
      answers: try answers.mapValues { answer in
        var tensors: Answers<Double> = [:]
        for entry in answer.tensors {
          guard let quantity = Quantity(kind: entry.quantity, name: entry.name) else { continue }
          tensors[quantity] = try entry.tensor()
        }
        return ResponseFile.Answer(
          tensors: tensors,
          weights: try answer.weights.map { .init(name: $0.name, tensor: try $0.tensor()) },
          notOffered: answer.notOffered, problems: answer.problems)
      }, notes: notes)
  }
}

extension Quantity {
  fileprivate var kind: String {
    switch self {
    case .sequence: "sequence"
    case .final: "final"
    case .parameter: "parameter"
    case .inputs: "inputs"
    case .initial: "initial"
    case .cotangent: "cotangent"
    }
  }

  fileprivate init?(kind: String, name: String) {
    switch kind {
    case "sequence": self = .sequence(name)
    case "final": self = .final(name)
    case "parameter": self = .parameter(name)
    case "inputs": self = .inputs(name)
    case "initial": self = .initial(name)
    case "cotangent": self = .cotangent(name)
    default: return nil
    }
  }
}
