from __future__ import annotations

import re
from typing import Any

from google_api.settings import shown

from .variable import problems_of_names, spec_of

ID = re.compile(r'[1-9][0-9]{0,9}')


def is_ours(model: dict[str, Any]) -> bool:
    """Ours is what carries its own id in its name."""
    name, own = model.get('displayName') or '', model['id']
    return len(name) > len(own) + 1 and name.endswith(f'-{own}')


def read_spec() -> dict[str, Any]:
    return spec_of('what the endpoint shall look like', _problems_of)


def _problems_of(spec: dict[str, Any]) -> list[str]:
    mode = spec.get('mode')
    if mode not in ('reconcile', 'clear'):
        return [f'mode is {shown(spec, "mode")}; allowed: "reconcile", "clear"']
    allowed = ['mode', 'endpoint', 'adopt', 'billingProject', 'revision']
    if mode == 'clear':
        return problems_of_names(spec, allowed)
    problems = problems_of_names(spec, [*allowed, 'models', 'traffic', 'rollout', 'allowOutage'])
    return [*problems, *_problems_of_models(spec), *_problems_of_traffic(spec)]


def _fields(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _ids(models: object) -> list[object]:
    return [_fields(model).get('id') for model in models] if isinstance(models, list) else []


def _problems_of_models(spec: dict[str, Any]) -> list[str]:
    problems = []
    if spec.get('rollout') not in ('surge', 'recreate'):
        problems.append(f'rollout is {shown(spec, "rollout")}; allowed: "surge", "recreate"')
    models = spec.get('models')
    if not isinstance(models, list) or not models:
        return [*problems, 'models must list at least one model (mode "clear" empties an endpoint)']
    for model in map(_fields, models):
        own = model.get('id')
        if not isinstance(own, str) or not ID.fullmatch(own):
            problems.append(f'model id {shown(model, "id")} must be 1 to 10 digits, the first not 0')
        elif not is_ours(model):
            problems.append(f'model {own}: displayName {shown(model, "displayName")} must be KEY-{own}')
        if not _fields(_fields(model.get('dedicatedResources')).get('machineSpec')).get('machineType'):
            problems.append(f'model {own}: dedicatedResources.machineSpec.machineType is missing')
    if len(set(map(str, _ids(models)))) < len(models):
        problems.append('two models have the same id')
    return problems


def _problems_of_traffic(spec: dict[str, Any]) -> list[str]:
    ids, traffic = _ids(spec.get('models')), spec.get('traffic')
    if traffic is None:
        problems = ['an endpoint without a traffic split holds exactly one model'] if len(ids) > 1 else []
        if spec.get('rollout') == 'surge':
            problems.append('an endpoint without a traffic split holds one model at a time: rollout must be "recreate"')
        return problems
    if not isinstance(traffic, dict):
        return [f'traffic is {shown(spec, "traffic")}; it must be an object: id of a model → per cent']
    problems = [f'traffic names {own}, which is not among the models' for own in traffic if own not in ids]
    shares = list(traffic.values())
    if not all(_is_share(share) for share in shares):
        return [*problems, 'traffic must be in whole per cent, 0 to 100']
    total = sum(shares)
    return problems if total == 100 else [*problems, f'traffic sums to {total}; it must be 100']


def _is_share(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
