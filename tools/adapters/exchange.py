"""Answers a request of rnncheck: reads the cases, calls a function for each, writes the response.

    from exchange import serve

    def answer(case):
        ...
        return {"sequence/h": h, "final/h": h[-1], "gradients/parameters/W_xi": dW_xi}

    serve(answer, name="my LSTM")

What `answer` leaves out of its dictionary counts as not offered. fixtures/README.md describes both files.
"""

import sys
import traceback

import h5py
import numpy as np


class NotOffered(Exception):
    """Raised by `answer` for a case that the implementation does not handle, with the reason."""


class Case:
    """What is asked: arrays in the arithmetic that is asked for, in the document's own names."""

    def __init__(self, formulation, name, group, dtype):
        def arrays(path):
            return {key: dataset[()].astype(dtype) for key, dataset in group.get(path, {}).items()}

        self.formulation, self.name = formulation, name
        self.dtype = dtype
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

    def upstream(self, signal):
        """The upstream gradient of a signal at every step, zeros where there is none."""
        shape = (self.steps, self.batch, self.hidden_size)
        return self.upstream_sequence.get(signal, np.zeros(shape, self.dtype))

    def upstream_of_final(self, state):
        """The upstream gradient of a state after the last step, zeros where there is none."""
        shape = (self.batch, self.hidden_size)
        return self.upstream_final.get(state, np.zeros(shape, self.dtype))


def serve(answer, *, name, mapping="", dtypes=("float64", "float32")):
    """Answers the request whose path is the last but one argument, into the path that is the last."""
    request_path, response_path = sys.argv[-2:]
    with h5py.File(request_path, "r") as request, h5py.File(response_path, "w") as response:
        asked = request.attrs["dtype"]
        dtype = asked if asked in dtypes else dtypes[0]
        response.attrs["dtype"] = dtype
        response.attrs["formulation"] = formulation = request.attrs["formulation"]
        response.attrs["name"] = name
        if mapping:
            response.attrs["mapping"] = mapping
        for key, group in request["cases"].items():
            answered = response.create_group(f"cases/{key}")
            try:
                for path, array in answer(Case(formulation, key, group, np.dtype(dtype))).items():
                    answered[path] = np.asarray(array, dtype)
            except NotOffered as reason:
                answered.attrs["not_offered"] = str(reason)
            except Exception as error:  # The other cases are answered all the same.
                traceback.print_exc()
                answered.attrs["failed"] = f"{type(error).__name__}: {error}"
