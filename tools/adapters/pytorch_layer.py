"""PyTorch's recurrent layers with weights of their own shapes, for `rnncheck identify`."""

from torch_autograd import torch


def identified(layer_class):
    """What answers for a class of layers, as exchange.serve wants it."""

    def layer(asked):
        x = torch.tensor(asked.x)
        module = layer_class(asked.input_size, asked.hidden_size, dtype=x.dtype)
        weights = {name: torch.tensor(asked.weight(name, tuple(old.shape)))
                   for name, old in module.named_parameters()}
        states = [torch.tensor(state)[None] for state in asked.states]
        given = tuple(states) if layer_class is torch.nn.LSTM else states[0]
        y, final = torch.func.functional_call(module, weights, (x, given))
        final = final if layer_class is torch.nn.LSTM else [final]
        return {"sequence/output": y.detach()} | {
            f"final/{index}": state[0].detach() for index, state in enumerate(final)}

    return layer
