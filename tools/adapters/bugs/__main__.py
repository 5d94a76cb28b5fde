"""Subjects with bugs, one change each from a right implementation.

    tools/rnncheck check donahue-lstm -- python3 tools/adapters/bugs gates
    python3 tools/adapters/bugs --list     every bug with its formulation, its class and a public thread
"""

import sys
from pathlib import Path

from changes import BUGS

ADAPTERS = Path(__file__).parent.parent


def source(bug):
    """The template with the bug in it."""
    text = (ADAPTERS / bug.template).read_text()
    for old, new in bug.changes.items():
        if text.count(old) != 1:
            sys.exit(f"{bug.name}: '{old}' is in {bug.template} {text.count(old)} times")
        text = text.replace(old, new)
    return text


if sys.argv[1:] == ["--list"]:
    for bug in BUGS:
        source(bug)
        print(f"{bug.name}\t{bug.formulation}\t{bug.bug_class}\t{bug.thread or '-'}")
    sys.exit()
chosen = [bug for bug in BUGS if bug.name in sys.argv[1:2]]
if len(sys.argv) != 4 or not chosen:
    sys.exit(__doc__)
sys.path.insert(0, str(ADAPTERS))
exec(compile(source(chosen[0]), chosen[0].template, "exec"), {"__name__": "__main__"})
