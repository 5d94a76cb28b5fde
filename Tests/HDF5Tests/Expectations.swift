import HDF5
import Testing

/// Expects the expression to throw an `HDF5Error` of the code, and returns it.
@discardableResult
func expectError<Result>(
  _ code: HDF5Error.Code, _ expression: @autoclosure () throws -> Result,
  sourceLocation: SourceLocation = #_sourceLocation
) -> HDF5Error? {
  do {
    _ = try expression()
    Issue.record("expected the error \(code), got a result", sourceLocation: sourceLocation)
  } catch let error as HDF5Error {
    #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
    return error
  } catch {
    Issue.record("expected the error \(code), got \(error)", sourceLocation: sourceLocation)
  }
  return nil
}
