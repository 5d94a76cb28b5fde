"""What a formulation gives for one sequence."""

from dataclasses import dataclass

from .past import Past


@dataclass(frozen=True)
class Course:
    """The signals of each of the input's steps, and the states at the end of the way through them.

    Without a step those states are the initial ones.
    """

    steps: list
    final: dict


def step_by_step(step, states):
    """From one step of a formulation to its course, from the first of the inputs to the last."""

    def run(p, inputs, initial):
        last = Past(initial)
        for x in inputs:
            last.append(step(p, x, last))
        return Course(last.steps[1:], {state: last[state] for state in states})

    return run
