"""What is written down of a formulation: its equations and the shapes of what they name."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from .course import step_by_step


@dataclass(frozen=True)
class Formulation:
    """What a fixture of one formulation must hold, and the course that it must agree with."""

    # (p, inputs, initial) -> the course of one sequence.
    run: Callable
    # name -> axes.
    signals: dict
    parameters: dict
    # Those of the signals that later steps read, hence [B,H] before the first and after the last.
    states: tuple
    # (p, final) -> the signals that exist only once, after the last step: those on the axes "1,…".
    at_end: Callable | None = None

    @classmethod
    def of(cls, step, *, signals, states, parameters, at_end=None):
        """From (p, x, last) -> the signals of a step.

        Names are separated by blanks, and those of signals and parameters are by axes.
        """
        states = tuple(states.split())
        run = step_by_step(step, states)
        return cls(run, _on_axes(signals), _on_axes(parameters), states, at_end)

    @cached_property
    def signals_of_steps(self):
        return [name for name, axes in self.signals.items() if axes.startswith("T,")]

    @cached_property
    def signals_at_end(self):
        return [name for name, axes in self.signals.items() if axes.startswith("1,")]


def _on_axes(names_on_axes):
    """{"H,I": "U U_o"} as {"U": "H,I", "U_o": "H,I"}."""
    return {name: axes for axes, names in names_on_axes.items() for name in names.split()}
