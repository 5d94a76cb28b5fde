import COpenBLAS
import RealModule

/// The element types of a cell: Float and Double.
public protocol CellScalar: Real, BinaryFloatingPoint, Sendable {
}
