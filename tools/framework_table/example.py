"""A Swift package of somebody else's, whose tests say which formulation its cell computes."""

import subprocess

from environments import ROOT, CannotRun

from .environment import say

EXAMPLE = ROOT / "tools" / "swift_example"


def test_example():
    """Builds and tests the package, which builds rnncheck as its dependency."""
    say("testing tools/swift_example, which builds rnncheck as a dependency")
    command = ["swift", "test", "-c", "release", "--disable-testable-imports", "--package-path", EXAMPLE,
               "--scratch-path", ROOT / ".build" / "example"]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    except OSError as error:
        raise CannotRun(f"swift cannot be started: {error}") from error
    if done.returncode != 0:
        raise CannotRun(f"the tests of {EXAMPLE} failed:\n{done.stdout[-4000:]}")
