"""The answers to a case from a forward pass in torch tensors; the gradients come from autograd."""

from formulations import on_top
from installed import require

require("torch")
import torch

FUNCTIONS = {"softmax": lambda a: torch.softmax(a, -1), "sigmoid": torch.sigmoid,
             "linear": lambda a: a}


def answers(case, formulation, run):
    """`run(blocks, x, states)` gives the signals [T,B,H] by name and the states after the last step.

    The layer's parameters are put together from the document's inside autograd, so that the gradients
    come back in the document's own names.
    """
    dtype = getattr(torch, case.arithmetic)

    def tensors(arrays, **options):
        return {name: torch.tensor(array, dtype=dtype, **options) for name, array in arrays.items()}

    p = tensors(case.parameters, requires_grad=True)
    initial = tensors(case.initial, requires_grad=True)
    x = torch.tensor(case.x, dtype=dtype, requires_grad=True)
    signals, final = run(formulation.blocks(p, torch), x, [initial[s] for s in formulation.states])
    own = torch.tensor(case.own)[:, :, None]
    final = dict(zip(formulation.states, final))
    signals = {name: torch.where(own, signal, 0) for name, signal in signals.items()}
    signals |= on_top(formulation, p, signals[formulation.states[0]], final, own,
                      functions=FUNCTIONS, where=torch.where)

    upstream, of_final = tensors(case.upstream_sequence), tensors(case.upstream_final)
    loss = sum((signals[name] * u).sum() for name, u in upstream.items())
    loss = loss + sum((final[name] * u).sum() for name, u in of_final.items())
    leaves = {f"gradients/parameters/{name}": leaf for name, leaf in p.items()}
    leaves |= {f"gradients/initial/{name}": leaf for name, leaf in initial.items()}
    leaves["gradients/inputs/x"] = x
    gradients = torch.autograd.grad(loss, list(leaves.values()), materialize_grads=True)
    found = {f"sequence/{name}": signal for name, signal in signals.items()}
    found |= {f"final/{name}": state for name, state in final.items()}
    found |= dict(zip(leaves, gradients))
    stored = getattr(torch, case.dtype.name)
    return {path: value.detach().to(stored).numpy() for path, value in found.items()}
