import Equations
import RecurrentCells

/// A subject of which several copies can be put together.
public protocol ComposableSubject: Subject {
  /// The copies together; nil for a composition that no cell is made for.
  func composed(_ composition: Composition) -> (any Subject)?
}

extension CellSubject: ComposableSubject where Wide: ComposableCell, Narrow: ComposableCell {
  /// A composed cell: one layer in two directions, or two layers of one or two directions.
  public func composed(_ composition: Composition) -> (any Subject)? {
    switch composition {
    case .bidirectional:
      CellSubject<BidirectionalCell<Wide>, BidirectionalCell<Narrow>>(
        BidirectionalCell<Wide>.self, BidirectionalCell<Narrow>.self)
    case .deep(layers: TwoLayers.layers):
      CellSubject<DeepCell<Wide, TwoLayers>, DeepCell<Narrow, TwoLayers>>(
        DeepCell<Wide, TwoLayers>.self, DeepCell<Narrow, TwoLayers>.self)
    case .deepBidirectional(layers: TwoLayers.layers):
      CellSubject<
        DeepCell<BidirectionalCell<Wide>, TwoLayers>,
        DeepCell<BidirectionalCell<Narrow>, TwoLayers>
      >(
        DeepCell<BidirectionalCell<Wide>, TwoLayers>.self,
        DeepCell<BidirectionalCell<Narrow>, TwoLayers>.self)
    case .deep, .deepBidirectional: nil
    }
  }
}
