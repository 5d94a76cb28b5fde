"""Subjects with bugs, one change each from a right implementation.

    tools/rnncheck check donahue-lstm -- python3 tools/adapters/bugs gates
    python3 tools/adapters/bugs --list     every bug with its formulation, its class and a public thread
    python3 tools/adapters/bugs --all request.h5 FOLDER
                                           the answers of every bug of the request's formulation
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import h5py
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


def answer(bug, request, response):
    """Runs the template with the bug in it as a subject."""
    sys.argv[1:] = [request, response]
    exec(compile(source(bug), bug.template, "exec"), {"__name__": "__main__"})


arguments = sys.argv[1:]
sys.path.insert(0, str(ADAPTERS))
if arguments == ["--list"]:
    for bug in BUGS:
        source(bug)
        print(f"{bug.name}\t{bug.formulation}\t{bug.bug_class}\t{bug.thread or '-'}")
elif len(arguments) == 3 and arguments[0] == "--all":
    with h5py.File(arguments[1], "r") as request:
        formulation = request.attrs["formulation"]
    with ProcessPoolExecutor() as processes:
        answering = [
            processes.submit(answer, bug, arguments[1], f"{arguments[2]}/{bug.name}.h5")
            for bug in BUGS if bug.formulation == formulation]
    for done in answering:
        done.result()
elif len(arguments) == 3 and arguments[0] in {bug.name for bug in BUGS}:
    answer(next(bug for bug in BUGS if bug.name == arguments[0]), *arguments[1:])
else:
    sys.exit(__doc__)
