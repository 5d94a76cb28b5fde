"""Runs adapters one after another in one process, so that a framework is imported once.

Each line of stdin is a command as a JSON list, the adapter and its arguments; the line that answers it is
null, or why the adapter failed.
"""

import json
import os
import runpy
import sys
import traceback


def main():
    # What a framework prints is no answer.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        sys.argv = json.loads(line)
        sys.path[0] = os.path.dirname(sys.argv[0])
        print(json.dumps(failure(sys.argv[0])), file=answers, flush=True)


def failure(adapter):
    try:
        runpy.run_path(adapter, run_name="__main__")
    except SystemExit as stop:
        return str(stop.code) if stop.code else None
    except Exception:
        return traceback.format_exc()
    return None


if __name__ == "__main__":
    main()
