// What tools/bench measures of ours: a request as JSON on stdin, the answer on stdout.

import DonahueLSTM
import Foundation
import GRU
import RecurrentCells

typealias GRUCell<Scalar: CellScalar> = CS224dGRUCell<Scalar, CS224dGRUReading.Canonical>

func measured(_ request: Request) throws -> Answer {
  let single = request.precision == "float32"
  switch (request.measurement, request.cell) {
  case (.passes, .lstm):
    return single
      ? try .passes(DonahueLSTMCell<Float>.self, request)
      : try .passes(DonahueLSTMCell<Double>.self, request)
  case (.passes, .gru):
    return single
      ? try .passes(GRUCell<Float>.self, request) : try .passes(GRUCell<Double>.self, request)
  case (.jacobian, .lstm): return try .jacobian(DonahueLSTMCell<Double>.self, request)
  case (.jacobian, .gru): return try .jacobian(GRUCell<Double>.self, request)
  case (.gradients, .lstm): return try .gradients(DonahueLSTMCell<Double>.self, request)
  case (.gradients, .gru): return try .gradients(GRUCell<Double>.self, request)
  case (.goldens, .lstm): return try .goldens(of: .donahueLSTM, request)
  case (.goldens, .gru): return try .goldens(of: .cs224dGRU, request)
  case (.yardsticks, _):
    return single ? .yardsticks(Float.self, request) : .yardsticks(Double.self, request)
  }
}

do {
  let input = try FileHandle.standardInput.readToEnd() ?? Data()
  let answer = try measured(JSONDecoder().decode(Request.self, from: input))
  FileHandle.standardOutput.write(try JSONEncoder().encode(answer))
} catch {
  FileHandle.standardError.write(Data("rnncheck-bench: \(error)\n".utf8))
  exit(1)
}
