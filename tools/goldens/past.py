"""What a step may read of the steps before it."""


class Past:
    """The signals of the steps so far; those from before the first step are the initial states."""

    def __init__(self, initial):
        self.steps = [initial]

    @property
    def has_steps(self):
        return len(self.steps) > 1

    def append(self, signals):
        self.steps.append(signals)

    def __getitem__(self, signal):
        """A signal of the step before."""
        return self.ago(1)[signal]

    def ago(self, count):
        """The signals of `count` steps before."""
        return self.steps[max(len(self.steps) - count, 0)]
