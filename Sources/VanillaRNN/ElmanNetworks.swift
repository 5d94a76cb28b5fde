import RecurrentCells

/// The bidirectional RNN of the tutorial of 2016-05-18.
///
///     s_t^→ = tanh(U^→ x_t + W^→ s_{t−1}^→)
///     s_t^← = tanh(U^← x_t + W^← s_{t+1}^←)
///     o_t = softmax(V [s_t^→; s_t^←])
///
/// The signals are `s_forward` [T,B,H], `s_backward` [T,B,H] and `o` [T,B,O]; the parameters `U_forward`
/// and `U_backward` [H,I], `W_forward` and `W_backward` [H,H], `V` [O,2H]. The document describes the
/// network in words; the equations are its RNN in each direction.
public typealias ElmanBidirectionalCell<Scalar: CellScalar> = OutputCell<
  BidirectionalCell<ElmanHiddenCell<Scalar, ElmanReading.Tanh>>, SoftmaxOutput, OutputBias.None
>

/// The deep RNN of the tutorial of 2016-05-18, with two layers.
///
///     s_t^1 = tanh(U_1 x_t + W_1 s_{t−1}^1)
///     s_t^2 = tanh(U_2 s_t^1 + W_2 s_{t−1}^2)
///     o_t = softmax(V s_t^2)
///
/// The signals are `s_1` and `s_2` [T,B,H] and `o` [T,B,O]; the parameters `U_1` [H,I], `U_2`, `W_1` and
/// `W_2` [H,H], `V` [O,H]. The document describes the network in words; the equations are its RNN in each
/// layer.
public typealias ElmanDeepCell<Scalar: CellScalar> = OutputCell<
  DeepCell<ElmanHiddenCell<Scalar, ElmanReading.Tanh>, TwoLayers>, SoftmaxOutput, OutputBias.None
>

/// The deep bidirectional RNN of the tutorial of 2016-05-18, with two layers.
///
/// Each layer is that of `ElmanBidirectionalCell` without its output; the second one reads
/// [s_t^{1→}; s_t^{1←}], and o_t = softmax(V [s_t^{2→}; s_t^{2←}]).
///
/// The signals are `s_1_forward`, `s_1_backward`, `s_2_forward` and `s_2_backward` [T,B,H] and `o`
/// [T,B,O]; the parameters `U_1_forward` and `U_1_backward` [H,I], `U_2_forward` and `U_2_backward`
/// [H,2H], the four W [H,H], `V` [O,2H].
public typealias ElmanDeepBidirectionalCell<Scalar: CellScalar> = OutputCell<
  DeepCell<BidirectionalCell<ElmanHiddenCell<Scalar, ElmanReading.Tanh>>, TwoLayers>,
  SoftmaxOutput, OutputBias.None
>
