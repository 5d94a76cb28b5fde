import Oracle

/// The text of `fixtures/README.md`: what is in a fixture file, field by field.
enum FixtureGuide {
  static let name = "README.md"

  static let text = """
    # Golden fixtures

    One HDF5 file for each formulation, made by `rnncheck regenerate` from the formulation's own
    LaTeX in ball arithmetic. This page is written by the same command. h5py, h5dump and HDFView
    read the files without rnncheck.

    `manifest.json` names every file with two SHA-256 digests: `sha256` of its bytes, and
    `content_sha256` of what is in it in a canonical order, which is the same whatever version of
    libhdf5 wrote it.

    ## A file

    Attributes of the file: `format` ("\(FixtureSchema.format)"), `format_version`
    (\(FixtureSchema.version)), `formulation`, `document`, `equations` (LaTeX, a line each,
    corrections applied).

    Each group in `/cases` is a case. T is the number of steps, B of sequences, I of input features,
    H of hidden units.

    | path in the case | shape | type | what |
    |---|---|---|---|
    | `@input_size` `@hidden_size` `@output_size` `@steps` `@batch` | | int64 | I, H, O, T, B |
    | `@flags` | | text | the bug classes all of whose mutants the case kills by itself, measured |
    | `@regime` | | text | `ordinary`, `saturated`, `tiny` or `cancelling` |
    | `@seed` | | int64 | the seed of the case's numbers |
    | `axes/<axis>` | [n] | int64 | dimension scales: time, batch, input, hidden, output |
    | `lengths` | [B] | int64 | steps of each sequence; ragged cases only |
    | `parameters/<name>` | [H,I], [H,H], [H] | float64 | `W_xi` is applied as W x, row-major |
    | `inputs/x` | [T,B,I] | float64 | the inputs |
    | `initial/<state>` | [B,H] | float64 | the states where they start: before the first step |
    | `upstream/sequence/<signal>` | [T,B,H] | float64 | ∂E/∂signal at every step |
    | `upstream/final/<state>` | [B,H] | float64 | ∂E/∂state where it ends, added to the former |
    | `expected/sequence/<signal>` | [T,B,H] | float64 | every left-hand side, gates too |
    | `expected/final/<state>` | [B,H] | float64 | the states after each sequence's own last step |
    | `expected/gradients/parameters/<name>` | as the parameter | float64 | ∂E/∂parameter |
    | `expected/gradients/inputs/x` | [T,B,I] | float64 | ∂E/∂x |
    | `expected/gradients/initial/<state>` | [B,H] | float64 | ∂E/∂state where it starts |
    | `scale/…` | [\(RoundingKind.allCases.count), …] | float32 | for each tensor of `expected`: error per unit |

    Every stored input is exact in bfloat16 (and in float16, but for the case `tiny`). Every expected
    value is the exact result rounded once to the nearest float64.

    In a ragged case the padding of inputs and upstream gradients must be ignored, and what is
    expected there is zero. With no step at all the final states are the initial ones, the
    parameters' gradients are zero and the states' gradients are the final upstream ones.

    A constant is a parameter that is given once and for all: it has no gradient and no scale. An output
    at one step alone has one row in place of T.

    A state of a backward direction (`s_backward`) runs from each sequence's own last step to its first:
    its initial value stands beyond that last step, its final value is that of the first step.

    ## Scales

    The leading axis of a scale is the kind of rounding, in this order (`scale/@kinds`):

    | kind | the tolerance's share |
    |---|---|
    | `arithmetic` | × u, the unit roundoff of the arithmetic |
    | `activation_relative` | × 2k·u, for activations within k ulp of the exact ones |
    | `activation_absolute` | × 2k·u, for activations within k·2u·max(1, \\|s\\|) instead |
    | `storage` | × the unit roundoff of what tensors are stored in |
    | `underflow` | × the smallest normal number |
    | `rms` | the root of the sum of squares of all of them, per unit of each; for 16 bits alone |

    An answer ŷ is right when, with k = 4,

    ```
    |ŷ − y| ≤ 1.1 (u·arithmetic + 2k·u·activation + u_s·storage + η·underflow) + ulp(y)/2
    ```

    u is 2^-53 for float64, 2^-24 for float32, 2^-8 for bfloat16 and 2^-11 for float16; η is 2^-1022,
    2^-126, 2^-126 and 2^-14. In 16 bits u_s is that of the storage, u is float32's where `@accumulation` says
    so, 2 stands for 1.1, saturated cases (and for float16 the tiny one) are not judged, and an answer that
    is right is *suspect* where

    ```
    |ŷ − y| > 4 u_s·rms + η·underflow + ulp(y)/2
    ```

    ## Requests and responses

    `rnncheck check ID -- COMMAND…` runs the command once for float64 and once for float32, or once for
    each `--dtype` (`bfloat16` and `float16` too), with two paths appended. The first is a request, which `rnncheck export` writes too: a file as above, without
    `expected`, `scale`, `@flags`, `@regime` and `@seed`. Its attributes: `format`
    ("\(ExchangeSchema.requestFormat)"), `format_version` (\(ExchangeSchema.version)), `formulation`,
    `document`, `equations`, `dtype` (the arithmetic that is asked for), `states` and `outputs` (names,
    separated by blanks). A case whose name ends in `~again` asks the same once more, to see whether it
    gives the same bits; `~times-1.0`, `~times8.0`, `~times0.125` have their upstream gradients
    multiplied by that; `~nan-in-x`, `~infinity-in-x`, `~nan-in-padding` and the like have one number, or the
    padding, replaced by one that is not finite.

    The second is the response that the command must write:

    | path | type | what |
    |---|---|---|
    | `@dtype` | text | `float64`, `float32`, `bfloat16` or `float16`: the arithmetic that was used, whatever was asked for |
    | `@accumulation` | text | optional, for 16 bits: `float32` where all between two stored tensors is, dot products and sums over time too; `storage` (the default) where each operation rounds |
    | `@formulation` `@name` `@mapping` | text | optional: what is answered, who answers, how parameters map |
    | `cases/<case>` | group | one for every case of the request |
    | `cases/<case>/@not_offered` | text | optional: why the case is not answered |
    | `cases/<case>/sequence/<signal>` | float64 or float32 | every output, and any other signal |
    | `cases/<case>/final/<state>` | float64 or float32 | the states after the last step |
    | `cases/<case>/gradients/parameters/<name>` `…/inputs/x` `…/initial/<state>` | float64 or float32 | gradients |
    | `cases/<case>/gradients/signals/<signal>` | float64 or float32 | ∂E/∂(a gate's argument), ∂E/∂(any other signal) |

    Numbers of 16 bits travel as float32, in the request as float64. Shapes and names are those of `expected` above. What is left out counts as not offered; a case that is
    missing without a reason is an error. `tools/adapters/numpy_lstm.py` is a subject to copy.

    ## A layer to be identified

    `rnncheck identify -- COMMAND…` asks a layer that knows nothing of a document. It runs the command once,
    on a request with the attributes `format` ("\(ExchangeSchema.packedFormat)"), `format_version`
    (\(ExchangeSchema.version)) and `dtype`:

    | path in the case | shape | what |
    |---|---|---|
    | `@input_size` `@hidden_size` `@steps` `@batch` | | I, H, T, B |
    | `inputs/x` | [T,B,I] | the inputs |
    | `initial/0` `initial/1` | [B,H] | the states before the first step; a layer of one state takes the first |
    | `numbers` | [N] | what to fill the layer's weights with, in any order, each number once |

    In the response a case holds

    | path in the case | shape | what |
    |---|---|---|
    | `packed/<weight>` | any | every weight as the layer has it, filled with those numbers |
    | `@packed` | | the weights' names in the layer's order, separated by blanks |
    | `sequence/output` | [T,B,H] | what the layer puts out |
    | `final/0` `final/1` | [B,H] | its states after the last step, in the order of those given; may be left out |

    Biases are vectors. One matrix may hold all gates, applied to the input, to the state or to both stacked; or
    each gate has matrices of its own, with a bias right after the matrix beside which it is added.
    `tools/adapters/numpy_layers.py` has layers to copy.

    ## Names

    A reading's file has a dot for the slash: `padhai-lstm/linear-write` is in
    `padhai-lstm.linear-write.h5`. A symbol's marks and labels are joined by underscores: W_{xi} is
    `W_xi`, s̃ is `s_tilde`, the backward W of a second layer is `W_2_backward`.

    """
}
