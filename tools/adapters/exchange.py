"""Answers a request of rnncheck: reads the cases, calls a function for each, writes the response.

    from exchange import serve

    def answer(case):
        ...
        return {"sequence/h": h, "final/h": h[-1], "gradients/parameters/W_xi": dW_xi}

    serve(answer, name="my LSTM")

What `answer` leaves out of its dictionary counts as not offered. fixtures/README.md describes both files.
`rnncheck identify` asks something else, which `serve(..., layer=...)` answers: see `Layer`.
"""

import sys
import traceback

from installed import require

require("h5py", "numpy")
import h5py
import numpy as np

# What the numbers of an arithmetic travel as.
STORED = {"bfloat16": "float32", "float16": "float32"}


class NotOffered(Exception):
    """Raised by `answer` for a case that the implementation does not handle, with the reason."""


class Case:
    """What is asked: arrays in the arithmetic that is asked for, in the document's own names."""

    def __init__(self, formulation, name, group, arithmetic):
        self.formulation, self.name, self.arithmetic = formulation, name, arithmetic
        self.dtype = dtype = np.dtype(STORED.get(arithmetic, arithmetic))

        def arrays(path):
            return {key: dataset[()].astype(dtype) for key, dataset in group.get(path, {}).items()}

        self.steps, self.batch = int(group.attrs["steps"]), int(group.attrs["batch"])
        self.input_size = int(group.attrs["input_size"])
        self.hidden_size = int(group.attrs["hidden_size"])
        self.parameters = arrays("parameters")  # W_xi [H,I], applied as W x
        self.x = arrays("inputs")["x"]  # [T,B,I]
        self.initial = arrays("initial")  # [B,H] by state
        self.upstream_sequence = arrays("upstream/sequence")  # dE/dsignal, [T,B,H]
        self.upstream_final = arrays("upstream/final")  # dE/dstate after the last step, [B,H]
        # The steps of each sequence; None where all have T. What is beyond them is padding.
        self.lengths = group["lengths"][()] if "lengths" in group else None
        # Whether a sequence has a step, [T,B].
        steps = self.steps if self.lengths is None else self.lengths
        self.own = np.arange(self.steps)[:, None] < np.broadcast_to(steps, self.batch)

    def upstream(self, signal):
        """The upstream gradient of a signal at every step, zeros where there is none."""
        shape = (self.steps, self.batch, self.hidden_size)
        return self.upstream_sequence.get(signal, np.zeros(shape, self.dtype))

    def upstream_of_final(self, state):
        """The upstream gradient of a state after the last step, zeros where there is none."""
        shape = (self.batch, self.hidden_size)
        return self.upstream_final.get(state, np.zeros(shape, self.dtype))


class Layer:
    """A layer to be identified: inputs, states, and numbers to fill weights of any shape with.

        def layer(asked):
            kernel = asked.weight("kernel", (asked.input_size, 4 * asked.hidden_size))
            ...
            return {"sequence/output": y, "final/0": h, "final/1": c}

    Where every gate has a matrix of its own, fill them in the order of the gates, and a bias right after
    the matrix that it belongs to.
    """

    def __init__(self, group, dtype):
        self.dtype = dtype
        self.input_size = int(group.attrs["input_size"])
        self.hidden_size = int(group.attrs["hidden_size"])
        self.steps, self.batch = int(group.attrs["steps"]), int(group.attrs["batch"])
        self.x = group["inputs/x"][()].astype(dtype)  # [T,B,I]
        # The states before the first step, [B,H]; a layer of one state takes the first.
        self.states = [group[f"initial/{index}"][()].astype(dtype) for index in range(2)]
        self.weights = {}
        self._numbers = group["numbers"][()].astype(dtype)

    def weight(self, name, shape):
        """A weight of the layer, filled with numbers that no other weight has."""
        count = int(np.prod(shape))
        values, self._numbers = np.split(self._numbers, [count])
        name = name.replace("/", ".").replace(" ", "_")
        self.weights[name] = values.reshape(shape)
        return self.weights[name]


def serve(answer, *, name, layer=None, mapping="", dtypes=("float64", "float32"), accumulation=""):
    """Answers the request whose path is the last but one argument, into the path that is the last.

    `accumulation` is for 16 bits: "float32" where that is what all between two stored tensors is computed
    in, "storage" where each operation rounds.
    """
    request_path, response_path = sys.argv[-2:]
    with h5py.File(request_path, "r") as request, h5py.File(response_path, "w") as response:
        asked = request.attrs["dtype"]
        dtype = asked if asked in dtypes else dtypes[0]
        formulation = request.attrs.get("formulation")
        if not formulation:  # A layer is identified in an arithmetic that numbers travel in.
            dtype = STORED.get(dtype, dtype)
        response.attrs["dtype"] = dtype
        if formulation:
            response.attrs["formulation"] = formulation
        response.attrs["name"] = name
        if mapping:
            response.attrs["mapping"] = mapping
        if accumulation:
            response.attrs["accumulation"] = accumulation
        for key, group in request["cases"].items():
            answered = response.create_group(f"cases/{key}")
            try:
                if formulation:
                    case = Case(formulation, key, group, dtype)
                    answers = answer(case)
                else:
                    case = Layer(group, np.dtype(dtype))
                    answers = _identified(layer, case, answered)
                for path, array in answers.items():
                    answered[path] = np.asarray(array, case.dtype)
            except NotOffered as reason:
                answered.attrs["not_offered"] = str(reason)
            except Exception as error:  # The other cases are answered all the same.
                traceback.print_exc()
                answered.attrs["failed"] = f"{type(error).__name__}: {error}"


def _identified(layer, asked, answered):
    if layer is None:
        raise NotOffered("the adapter has no layer with packed weights to identify")
    answers = layer(asked)
    answered.attrs["packed"] = " ".join(asked.weights)
    return answers | {f"packed/{name}": values for name, values in asked.weights.items()}
