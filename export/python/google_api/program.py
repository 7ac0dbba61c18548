from __future__ import annotations

import os
import signal
import sys
import traceback
from typing import Callable

from .errors import Failure, Refusal
from .output import complain, say

#: Who started this process. Terraform that is killed leaves its provisioners behind, and then another process is the parent.
_parent: int | None = None


def demand_parent() -> None:
    """To be asked before each write."""
    if os.getppid() != _parent:
        raise Failure('Terraform is gone: stopping here, so that the next apply is the only one at work.')


def run_program(usage: str, stopped: str, run: Callable[[list[str]], None]) -> int:
    """Runs a program from its arguments to its exit code: 0 done, 1 failed, 2 refused before anything was changed."""
    global _parent
    _parent = os.getppid()
    arguments = sys.argv[1:]
    if '--help' in arguments:
        say(usage)
        return 0
    _when_interrupted(stopped)
    try:
        unknown = [argument for argument in arguments if argument != '--dry-run']
        if unknown:
            raise Refusal(f'Unknown argument {unknown[0]}. Allowed: --dry-run, --help.')
        run(arguments)
        return 0
    except Refusal as error:
        complain(str(error))
        return 2
    except Failure as error:
        complain(str(error))
        return 1
    except Exception:  # a bug: whoever reports it needs all of it
        complain(f'Unexpected, please report: {traceback.format_exc()}')
        return 1


def _when_interrupted(stopped: str) -> None:
    def stop(number: int, _frame: object) -> None:
        # Past the streams: one of them may be in the middle of a line. And at once: a request may be under way.
        os.write(1, f'{stopped}\n'.encode())
        os._exit(128 + number)

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, stop)
