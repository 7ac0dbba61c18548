"""What the ports answer to each case of standard input: the steps of a plan in words, or a policy after a change."""

import json
import sys

sys.path.insert(0, sys.argv[1])

from google_api.errors import Refusal  # noqa: E402
from vertex.describe import describe  # noqa: E402
from vertex.plan import plan  # noqa: E402
from vertex.policy import with_member, without_member  # noqa: E402


def answer(case):
    if 'policy' in case:
        return [change(case['policy'], case['role'], case['member']) for change in (with_member, without_member)]
    try:
        return [[step, describe(step)] for step in plan(case['spec'], case['endpoint'])]
    except Refusal as error:
        return str(error)


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
