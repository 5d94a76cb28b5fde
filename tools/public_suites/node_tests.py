"""The node tests of the ONNX backend: one operator each, inputs, outputs and tolerances."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper
from onnx.backend.test.loader import load_model_tests

from .equations import OPERATORS


@dataclass(frozen=True)
class NodeTest:
    name: str
    kind: str
    attributes: dict
    inputs: dict
    # What the node gives, in its order; None where the test does not look.
    expected: tuple
    rtol: float
    atol: float

    def catches(self, mutant):
        """Whether the test fails for an implementation."""
        try:
            outputs = mutant.outputs(self.kind, self.inputs, self.attributes)
        except (ArithmeticError, IndexError, ValueError):
            return True
        for found, expected in zip(outputs, self.expected):
            if expected is None:
                continue
            if found.shape != expected.shape or found.dtype != expected.dtype:
                return True
            if not np.allclose(found, expected, rtol=self.rtol, atol=self.atol, equal_nan=True):
                return True
        return False


def node_tests():
    """Every test of an LSTM, GRU or RNN node in the installed package."""
    tests = []
    for case in load_model_tests(kind="node"):
        model = onnx.load(Path(case.model_dir) / "model.onnx")
        nodes = model.graph.node
        if len(nodes) != 1 or nodes[0].op_type not in OPERATORS or nodes[0].domain:
            continue
        for data in sorted(Path(case.model_dir).glob("test_data_set_*")):
            tests.append(read(case, model.graph, data))
    return sorted(tests, key=lambda test: test.name)


# The inputs of the operators in their order; the last of them an LSTM's alone.
INPUTS = ("X", "W", "R", "B", "sequence_lens", "initial_h", "initial_c", "P")


def read(case, graph, data):
    node = graph.node[0]
    given = tensors(data, "input", [value.name for value in graph.input])
    made = tensors(data, "output", [value.name for value in graph.output])
    inputs = {place: given[name] for place, name in zip(INPUTS, node.input) if name}
    attributes = {
        attribute.name: onnx.helper.get_attribute_value(attribute) for attribute in node.attribute
    }
    return NodeTest(
        case.name,
        node.op_type,
        attributes,
        inputs,
        tuple(made.get(name) if name else None for name in node.output),
        case.rtol,
        case.atol,
    )


def tensors(folder, prefix, names):
    found = {}
    for index, name in enumerate(names):
        tensor = onnx.TensorProto()
        tensor.ParseFromString((folder / f"{prefix}_{index}.pb").read_bytes())
        found[name] = numpy_helper.to_array(tensor)
    return found
