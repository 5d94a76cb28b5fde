"""The ONNX operators LSTM, GRU and RNN run by ONNX Runtime."""

from installed import require

require("onnx", "onnxruntime")
import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

FUNCTIONS = {"tanh": "Tanh", "sigmoid": "Sigmoid", "relu": "Relu", "linear": "Affine"}
STATES = {"lstm": "hc", "gru": "h", "rnn": "h"}
VERSION = onnxruntime.__version__


def run(kind, given, functions, *, linear_before_reset=False):
    """The outputs [T,B,H] and the final states, from the operator's inputs in its order."""
    # Affine is alpha x + beta, and alone here in having parameters.
    options = {"activation_alpha": [1.0], "activation_beta": [0.0]} if "linear" in functions else {}
    if kind == "gru":
        options["linear_before_reset"] = int(linear_before_reset)
    outputs = ["Y", *(f"Y_{name}" for name in STATES[kind])]
    node = helper.make_node(kind.upper(), [*given], outputs, hidden_size=given["R"].shape[-1],
                            activations=[FUNCTIONS[f] for f in functions], **options)
    results = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs]
    graph = helper.make_graph(
        [node], kind, [], results, [numpy_helper.from_array(np.ascontiguousarray(array), name)
                                    for name, array in given.items()])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)
    y, *final = onnxruntime.InferenceSession(model.SerializeToString()).run(outputs, {})
    return y[:, 0], [state[0] for state in final]


def identified(kind, **options):
    """What answers for an operator with weights of its own shapes, as exchange.serve wants it."""
    functions = {"lstm": ["sigmoid", "tanh", "tanh"], "gru": ["sigmoid", "tanh"], "rnn": ["tanh"]}

    def layer(asked):
        rows = {"lstm": 4, "gru": 3, "rnn": 1}[kind] * asked.hidden_size
        given = {"X": asked.x, "W": asked.weight("W", (1, rows, asked.input_size)),
                 "R": asked.weight("R", (1, rows, asked.hidden_size)),
                 "B": asked.weight("B", (1, 2 * rows)),
                 "sequence_lens": np.full(asked.batch, asked.steps, np.int32)}
        given |= {f"initial_{name}": state[None] for name, state in zip(STATES[kind], asked.states)}
        y, final = run(kind, given, functions[kind], **options)
        return {"sequence/output": y} | {f"final/{k}": state for k, state in enumerate(final)}

    return layer
