"""Which adapters there are, what each needs, and which formulations it says it computes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """One layer or cell of a framework."""

    name: str
    # The adapter in tools/adapters and its arguments.
    command: tuple
    formulations: tuple


@dataclass(frozen=True)
class Departure:
    """What is known to depart, and why."""

    # In these cases; in all where none is named.
    cases: tuple
    # How the name of the quantity that departs first begins.
    quantities: tuple
    reason: str
    # Of these formulations; of all where none is named.
    formulations: tuple = ()
    # In these arithmetics; in all where none is named.
    dtypes: tuple = ()

    def covers(self, result):
        return (
            (not self.cases or result["case"] in self.cases)
            and (not self.dtypes or result["dtype"] in self.dtypes)
            and (result.get("signal") or "").startswith(self.quantities)
            and (not self.formulations or result["formulation"] in self.formulations)
        )


def _zero_length(cases, quantities, reason):
    """What departs for sequences of no step, and what a formulation reads off their final state."""
    return (
        Departure(cases, quantities, reason),
        Departure(cases, ("sequence/y_hat",), reason, ("padhai-rnn/classification",)),
    )


@dataclass(frozen=True)
class Framework:
    """What is installed together."""

    title: str
    # The packages whose versions are told, as pip takes them.
    packages: tuple
    subjects: tuple
    # A C source in tools/adapters that is compiled first.
    source: str = ""
    # The arithmetics to ask for.
    dtypes: tuple = ("float64", "float32")
    known: tuple = ()


def _subject(name, command, formulations):
    return Subject(name, tuple(command.split()), tuple(formulations.split()))


LSTM = "donahue-lstm knight-lstm cs224d-lstm pytorch-lstm"
RESET_AFTER = "cs224d-gru pytorch-gru keras-gru onnx-gru/linear-before-reset"
RESET_BEFORE = "cs224d-gru/reset-before padhai-gru onnx-gru keras-gru/reset-before"
TANH_RNN = "elman-tanh knight-rnn"
ANY_RNN = f"{TANH_RNN} elman-relu donahue-rnn padhai-rnn padhai-rnn/classification"

FRAMEWORKS = {
    "numpy": Framework(
        "NumPy", ("numpy",), (_subject("the template", "numpy_lstm.py", "donahue-lstm"),)
    ),
    "c": Framework(
        "C", (), (_subject("the template", "donahue_lstm", "donahue-lstm"),),
        source="c/donahue_lstm.c", dtypes=("float32",),
    ),
    "pytorch": Framework(
        "PyTorch",
        ("torch==2.13.0",),
        (
            _subject("nn.LSTM", "pytorch lstm", LSTM),
            _subject("nn.LSTMCell", "pytorch_cell lstm", LSTM),
            _subject("nn.GRU", "pytorch gru", RESET_AFTER),
            _subject("nn.GRUCell", "pytorch_cell gru", RESET_AFTER),
            _subject("nn.RNN", "pytorch rnn", f"{TANH_RNN} elman-relu"),
            _subject("nn.RNNCell", "pytorch_cell rnn", f"{TANH_RNN} elman-relu"),
        ),
        dtypes=("float64", "float32", "bfloat16", "float16"),
    ),
    "onnxruntime": Framework(
        "ONNX Runtime",
        ("onnxruntime==1.31.1", "onnx==1.23.2"),
        (
            _subject(
                "LSTM", "onnxruntime lstm", f"{LSTM} onnx-lstm padhai-lstm padhai-lstm/linear-write"
            ),
            _subject("GRU", "onnxruntime gru", RESET_BEFORE),
            _subject(
                "GRU, linear_before_reset", "onnxruntime gru linear-before-reset", RESET_AFTER
            ),
            _subject("RNN", "onnxruntime rnn", ANY_RNN),
        ),
        dtypes=("float32",),
        known=_zero_length(
            ("no-steps", "ragged"), ("final/",),
            "the final state of a sequence of no step is zero by intent, not its initial state"
            " (microsoft/onnxruntime#28052; ONNX does not say, onnx/onnx#1674)",
        ),
    ),
    "keras": Framework(
        "Keras",
        ("keras==3.15.1", "torch==2.13.0"),
        (
            _subject("LSTM", "keras lstm", f"{LSTM} padhai-lstm"),
            _subject("GRU", "keras gru", RESET_AFTER),
            _subject("GRU, reset_after=False", "keras gru reset-before", RESET_BEFORE),
            _subject("SimpleRNN", "keras rnn", ANY_RNN),
        ),
        known=(
            Departure(
                (), ("",), "on PyTorch, keras.ops.matmul of two float64 tensors gives float32, and what"
                " its fused kernels do not do goes through it", dtypes=("float64",),
            ),
        ),
    ),
    "flax": Framework(
        "Flax",
        ("flax==0.12.8", "jax==0.10.2"),
        (
            _subject("OptimizedLSTMCell", "flax lstm", f"{LSTM} padhai-lstm"),
            _subject("GRUCell", "flax gru", RESET_AFTER),
            _subject("SimpleCell", "flax rnn", ANY_RNN),
        ),
        known=_zero_length(
            ("ragged",), ("final/", "gradients/"),
            "the final state of a sequence of no step is that after the last step of its padding, and"
            " its gradient flows there: linen.RNN takes step length − 1",
        ),
    ),
}
