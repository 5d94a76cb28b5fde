"""The answers to a case from a forward pass in JAX; the gradients come from jax.vjp."""

from formulations import flat
from installed import require

require("jax")
import jax
from jax import numpy as jnp

jax.config.update("jax_enable_x64", True)


def answering(run):
    """A function of a case that is compiled once for cases of the same sizes.

    `run(parameters, x, initial, lengths, own)` gives {"sequence": signals, "final": states}.
    """

    @jax.jit
    def answers(p, x, initial, lengths, own, upstream):
        found, pullback = jax.vjp(lambda *of: run(*of, lengths, own), p, x, initial)
        zero = jax.tree.map(jnp.zeros_like, found)
        gradients = pullback({part: zero[part] | upstream[part] for part in zero})
        return found | dict(zip(("gradients/parameters", "gradients/inputs", "gradients/initial"),
                                (gradients[0], {"x": gradients[1]}, gradients[2])))

    def answer(case):
        return flat(answers(case.parameters, case.x, case.initial, case.lengths, case.own[:, :, None],
                            {"sequence": case.upstream_sequence, "final": case.upstream_final}))

    return answer
