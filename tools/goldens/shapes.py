"""The shapes of tensors, written as their axes: "H,I" is [H][I]."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """How long the axes of a case are."""

    steps: int
    batch: int
    inputs: int
    hidden: int
    outputs: int

    def shape(self, axes):
        """The lengths of axes such as "T,B,H" or "4H,H+I", the shape of a stack of matrices."""
        lengths = {
            "T": self.steps,
            "B": self.batch,
            "I": self.inputs,
            "H": self.hidden,
            "O": self.outputs,
            "1": 1,
            "4H": 4 * self.hidden,
        }
        return tuple(sum(lengths[part] for part in axis.split("+")) for axis in axes.split(","))
