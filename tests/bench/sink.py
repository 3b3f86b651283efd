"""A mail server in a process of its own, so that its work is nobody's: prints its port, ends with its input."""

import sys

from tests.sink import Sink

if __name__ == "__main__":
    with Sink() as sink:
        print(sink.port, flush=True)
        sys.stdin.read()
