"""The most memory that a Python process of its own takes.

Read from /proc: what the kernel tells a parent of its child (ru_maxrss) includes the parent itself, at the moment of
starting it.
"""

import os
import re
import resource
import subprocess
import sys
from pathlib import Path

from django.db import connection

from config.settings import BASE_DIR

COMMAND = "import sys; from django.core.management import execute_from_command_line as go; go(sys.argv)"
SAY = "from benchmarks.memory import say; say()"


def peak(code: str, *arguments: str) -> float:
    """In MB, of a process that runs `code` with these arguments, or of a process that it starts."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; {SAY}", *arguments],
        cwd=BASE_DIR,
        env={**os.environ, "DATABASE_NAME": str(connection.settings_dict["NAME"])},
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout.split("peak ")[-1]) / 1024


def say() -> None:
    """The last words of such a process."""
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    assert found is not None
    print("peak", max(int(found[1]), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
