"""An execution of a job, as the API writes it (run.googleapis.com v2, revision 20261031)."""

from __future__ import annotations

from typing import Any, Dict

Execution = Dict[str, Any]


def is_running(execution: Execution) -> bool:
    return not execution.get('completionTime')


def has_succeeded(execution: Execution) -> bool:
    return not is_running(execution) and execution.get('succeededCount', 0) >= execution.get('taskCount', 1)


def why_it_failed(execution: Execution) -> str:
    conditions = execution.get('conditions') or []
    completed = next((condition for condition in conditions if condition.get('type') == 'Completed'), {})
    if completed.get('message'):
        return completed['message']
    return 'somebody cancelled it.' if execution.get('cancelledCount') else 'the service does not say why.'


def describe(execution: Execution) -> str:
    return f"execution {execution['name'].split('/')[-1]}"
