"""What is written down of a formulation: its equations and the shapes of what they name."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Formulation:
    """What a fixture of one formulation must hold, and the step that it must agree with."""

    # (p, x, last) -> the signals of a step.
    step: Callable
    # name -> axes.
    signals: dict
    parameters: dict
    # Those of the signals that later steps read, hence [B,H] before the first and after the last.
    states: tuple
    # (p, last) -> the signals that exist only once, after the last step: those on the axes "1,…".
    at_end: Callable | None = None

    @classmethod
    def of(cls, step, *, signals, states, parameters, at_end=None):
        """With names separated by blanks, and those of signals and parameters by axes."""
        return cls(step, _on_axes(signals), _on_axes(parameters), tuple(states.split()), at_end)

    @cached_property
    def signals_of_steps(self):
        return [name for name, axes in self.signals.items() if axes.startswith("T,")]

    @cached_property
    def signals_at_end(self):
        return [name for name, axes in self.signals.items() if axes.startswith("1,")]


def _on_axes(names_on_axes):
    """{"H,I": "U U_o"} as {"U": "H,I", "U_o": "H,I"}."""
    return {name: axes for axes, names in names_on_axes.items() for name in names.split()}
