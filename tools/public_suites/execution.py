"""Runs an operator over a batch of sequences in NumPy, rightly or with one fault."""

import numpy as np

ACTIVATIONS = {
    "sigmoid": lambda a: 1 / (1 + np.exp(-a)),
    "tanh": np.tanh,
    "relu": lambda a: np.maximum(a, 0),
    "identity": lambda a: a,
    "hard_sigmoid": lambda a: np.clip(a / 5 + a.dtype.type(0.5), 0, 1),
}


def outputs(operator, inputs, attributes, fault=None):
    """Y, Y_h and, of an LSTM, Y_c of one node; `fault` names what the implementation does wrong around the
    equations."""
    direction = attributes.get("direction", b"forward").decode()
    reversals = {"forward": (False,), "reverse": (True,), "bidirectional": (False, True)}[direction]
    runs = [
        Run(operator, inputs, attributes, fault, index, is_reverse)
        for index, is_reverse in enumerate(reversals)
    ]
    # σ of large negative numbers is 0 by way of an infinity, and wrong cells may do anything.
    with np.errstate(over="ignore", invalid="ignore"):
        results = [run.outputs() for run in runs]
    if fault == "directions exchanged":
        results = results[::-1]
    # Y is [T,D,B,H] and the final states are [D,B,H]; batchwise the batch comes first.
    y = np.stack([result[0] for result in results], axis=1)
    finals = [np.stack(states) for states in zip(*(result[1:] for result in results))]
    if runs[0].is_batchwise:
        return [y.transpose(2, 0, 1, 3), *(final.swapaxes(0, 1) for final in finals)]
    return [y, *finals]


class Run:
    """One direction of a node with its inputs."""

    def __init__(self, operator, inputs, attributes, fault, index, is_reverse):
        self.operator = operator
        self.fault = fault
        self.index = 0 if fault == "weights of the first direction for both" else index
        self.is_reverse = is_reverse and fault != "direction ignored"
        layout = attributes.get("layout", 0) != 0
        self.is_batchwise = layout and fault != "batchwise layout taken for the other"
        x = np.asarray(inputs["X"])
        self.x = x.swapaxes(0, 1) if self.is_batchwise else x
        self.dtype = x.dtype
        self.steps, self.batch = self.x.shape[:2]
        self.hidden = attributes["hidden_size"]
        self.inputs = inputs
        self.weights = self.gates_of("W", operator.gates) | self.gates_of("R", operator.gates)
        self.weights |= self.biases() | self.peepholes()
        lengths = inputs.get("sequence_lens")
        if lengths is None or fault == "lengths ignored":
            lengths = np.full(self.batch, self.steps)
        self.lengths = np.asarray(lengths)

    def gates_of(self, name, gates):
        stacked = np.asarray(self.inputs[name])[self.index]
        rows = self.hidden
        return {(name, gate): stacked[k * rows : (k + 1) * rows] for k, gate in enumerate(gates)}

    def biases(self):
        gates, rows = self.operator.gates, self.hidden
        bias = self.inputs.get("B")
        if bias is None or self.fault == "biases ignored":
            bias = np.zeros((2, 2 * len(gates) * rows), self.dtype)
        halves = np.split(np.asarray(bias)[self.index], 2)
        if self.fault == "recurrent bias ignored":
            halves[1] = np.zeros_like(halves[1])
        if self.fault == "halves of the bias exchanged":
            halves = halves[::-1]
        return {
            (name, gate): half[k * rows : (k + 1) * rows]
            for name, half in zip(("Wb", "Rb"), halves)
            for k, gate in enumerate(gates)
        }

    def peepholes(self):
        gates, rows = self.operator.peepholes, self.hidden
        peepholes = self.inputs.get("P")
        if peepholes is None or self.fault == "peepholes ignored":
            peepholes = np.zeros((2, len(gates) * rows), self.dtype)
        flat = np.asarray(peepholes)[self.index]
        return {("P", gate): flat[k * rows : (k + 1) * rows] for k, gate in enumerate(gates)}

    def initial(self, state):
        given = self.inputs.get("initial_" + state.lower())
        if given is None or self.fault == f"initial {state} ignored":
            return np.zeros((self.batch, self.hidden), self.dtype)
        given = np.asarray(given)
        if self.is_batchwise:
            given = given.swapaxes(0, 1)
        return given[self.index]

    def outputs(self):
        """Y [T,B,H] and the final states [B,H]."""
        history = [{state: self.initial(state) for state in self.operator.states}]
        steps = range(self.steps)
        order = reversed(steps) if self.fault == "steps in reverse" else steps
        y = np.zeros((self.steps, self.batch, self.hidden), self.dtype)
        for step in order:
            values = self.step(self.input_of(step), history)
            within = (step < self.lengths)[:, None]
            carried = {
                state: np.where(within, self.kept(state, values[state]), history[-1][state])
                for state in self.operator.states
            }
            y[step] = values["h"] if self.fault == "padding not zero" else values["h"] * within
            history.append(self.carried(carried, history))
        finals = history[-1]
        if self.fault == "final state of the step before" and len(history) > 1:
            finals = history[-2]
        if self.fault == "final state of the first step" and len(history) > 1:
            finals = history[1]
        if self.fault == "outputs one step late":
            y = np.concatenate([np.zeros_like(y[:1]), y[:-1]])
        if self.is_reverse and self.fault != "outputs not reversed back":
            y = self.reversed(y)
        return [y, *(finals[state] for state in self.operator.states)]

    def reversed(self, sequences):
        """Every sequence from its last step to its first, the padding where it was."""
        result = sequences.copy()
        for element, length in enumerate(self.lengths):
            end = self.steps if self.fault == "padding reversed with the sequence" else length
            result[:end, element] = sequences[:end, element][::-1]
        return result

    def input_of(self, step):
        x = (self.reversed(self.x) if self.is_reverse else self.x)[step]
        if self.fault == "first sequence for all":
            x = np.broadcast_to(x[:1], x.shape)
        if self.fault == "sequences in reverse":
            x = x[::-1]
        if self.fault == "NaN swallowed":
            x = np.nan_to_num(x)
        return x

    def step(self, x, history):
        """The signals of one step; `history` has the states of all steps before it."""
        values = {"x": x}
        narrow = self.fault == "float16 inside"
        for signal, tree in self.operator.equations:
            value = self.value(tree, values, history)
            values[signal] = value.astype(np.float16).astype(self.dtype) if narrow else value
        return values

    def kept(self, state, value):
        if self.fault and self.fault.startswith("states clipped at "):
            bound = float(self.fault.split()[-1])
            return np.clip(value, -bound, bound)
        return value

    def carried(self, states, history):
        for state in self.operator.states:
            if self.fault == f"{state} not carried":
                states[state] = history[0][state]
        return states

    def value(self, tree, values, history):
        kind = tree[0]
        if kind == "sum":
            return sum(self.value(part, values, history) for part in tree[1:])
        if kind == "product":
            return self.value(tree[1], values, history) * self.value(tree[2], values, history)
        if kind == "one_minus":
            return 1 - self.value(tree[1], values, history)
        if kind == "negation":
            return -self.value(tree[1], values, history)
        if kind == "matrix":
            return self.value(tree[3], values, history) @ self.weights[tree[1:3]].T
        if kind == "transposed":
            return self.value(tree[3], values, history) @ self.weights[tree[1:3]]
        if kind == "vector":
            return self.weights[tree[1:3]]
        if kind == "activation":
            return self.activation(tree[1], self.value(tree[2], values, history))
        signal, back = tree[1:]
        if back == 0:
            return values[signal] if signal in values else history[-1][signal]
        return history[max(-back, -len(history))][signal]

    def activation(self, name, argument):
        value = ACTIVATIONS[name](argument)
        if self.fault and self.fault.startswith("activations off by "):
            value = value * self.dtype.type(1 + float(self.fault.split()[-1]))
        return value
