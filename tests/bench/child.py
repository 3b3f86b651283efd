"""A management command in a process of its own, which says last what it cost: `CPU seconds, peak MiB`.

The peak is the process's own: what wait() tells of a child counts its parent's memory too.
"""

import re
import sys
import time
from pathlib import Path

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    execute_from_command_line(["manage.py", *sys.argv[1:]])
    peak = int(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[1])
    print(f"\n{time.process_time()} {peak / 1024}")
