from __future__ import annotations

from typing import Any, Dict

from .spec import is_ours

Spec = Dict[str, Any]
Model = Dict[str, Any]
Split = Dict[str, int]
Step = Dict[str, Any]


def key_of(model: Model) -> str:
    if is_ours(model):
        return model['displayName'][: -len(model['id']) - 1]
    return model.get('displayName') or model['id']


def without_zeros(split: Split | None) -> Split:
    return {own: share for own, share in (split or {}).items() if share > 0}


class Draft:
    """The endpoint as it will be after the steps so far."""

    def __init__(self, spec: Spec, endpoint: dict[str, Any]) -> None:
        self.steps: list[Step] = []
        self.split = without_zeros(endpoint.get('trafficSplit'))
        self.live: dict[str, Model] = {model['id']: model for model in endpoint.get('deployedModels') or []}
        models = spec['models'] if spec['mode'] == 'reconcile' else []
        self.wanted: dict[str, Model] = {model['id']: model for model in models}
        self.names = {model['id']: key_of(model) for model in [*self.live.values(), *self.wanted.values()]}
        self._adopt = spec.get('adopt') is True

    def may_touch(self, model: Model) -> bool:
        return self._adopt or is_ours(model)

    def missing(self) -> list[Model]:
        return [model for own, model in self.wanted.items() if own not in self.live]

    def retiring(self) -> list[Model]:
        return [model for own, model in self.live.items() if own not in self.wanted and self.may_touch(model)]

    def share(self, model: Model) -> int:
        return self.split.get(model['id'], 0)

    def deploy(self, model: Model) -> None:
        self.steps.append({'do': 'deploy', 'model': model})
        self.live[model['id']] = model

    def undeploy(self, model: Model) -> None:
        self.steps.append({'do': 'undeploy', 'model': model})
        del self.live[model['id']]

    def move_traffic(self, to: Split) -> None:
        if self.split != to:
            self.steps.append({'do': 'split', 'to': to, 'names': self.names})
        self.split = to
