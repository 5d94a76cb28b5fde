import RecurrentCells

/// The RNN of Knight's notes of 2017 with one input to many outputs, as for the caption of an image.
///
///     h_1 = tanh(W_hh h_0 + W_xh x_1)
///     h_t = tanh(W_hh h_{t−1})            t > 1
///     y_t = W_hy h_t
///
/// Signals and parameters are those of `KnightRNNCell`; x after the first step is ignored.
public typealias KnightRNNOneToManyCell<Scalar: CellScalar> = OneToManyCell<KnightRNNCell<Scalar>>
