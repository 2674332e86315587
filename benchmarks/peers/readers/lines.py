"""How a peer is spoken to: one JSON sentence a line comes in, one JSON line with its quantities goes out.

Only the standard library is used, because this runs in the peer's environment. Each answer tells the processor time
that the reading took; the last line tells how many sentences made the peer fail, and the versions of its packages.
"""

import json
import sys
import time
from importlib.metadata import version

WARM_UP = "About 3,400 people paid $12 for 5 km on Monday."


def serve(read, *packages):
    """Answers standard input with `read`, a function from a sentence to a list of quantities."""
    # Some peers print while they read; only the answers may go to the real standard output.
    out, sys.stdout = sys.stdout, sys.stderr
    read(WARM_UP)
    failures = 0
    for line in sys.stdin:
        item = json.loads(line)
        begin = time.process_time()
        try:
            figures = read(item["text"])
        except Exception:
            # A sentence that a peer cannot read is one in which it finds nothing.
            figures, failures = [], failures + 1
        seconds = time.process_time() - begin
        out.write(json.dumps({"id": item["id"], "figures": figures, "seconds": seconds}) + "\n")
    end = {"failures": failures, "versions": {name: version(name) for name in packages}}
    out.write(json.dumps(end) + "\n")
