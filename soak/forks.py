"""
Runs a program again and again, each time in a fork with another environment: most of the time of a short run is the start of Python and of
its HTTP client. A line of standard input is an environment, a line of standard output how the run ended. Whoever wants a run killed kills
the process group.
"""

import importlib
import json
import os
import sys

folder, name = sys.argv[1:]
sys.path.insert(0, folder)
program = importlib.import_module(name)

for line in sys.stdin:
    outlet, inlet = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(inlet, 1)
        os.dup2(inlet, 2)
        os.close(inlet)
        os.close(outlet)
        os.environ.clear()
        os.environ.update(json.loads(line))
        sys.argv = [name]
        os._exit(program.main())
    os.close(inlet)
    with os.fdopen(outlet, encoding='utf-8') as stream:
        output = stream.read()
    _, status = os.waitpid(child, 0)
    print(json.dumps({'code': os.waitstatus_to_exitcode(status), 'output': output}), flush=True)
