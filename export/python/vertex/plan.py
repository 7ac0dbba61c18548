"""
From what is to what shall be: pure, so that --dry-run prints exactly what a run does.

Why the order is safe: a model gets traffic only after its deploy has ended well, and loses its machines only after its traffic has moved.
So after any prefix of the steps the split names models that serve.

A step is {'do': 'deploy', 'model'}, {'do': 'mutate', 'model', 'fields'}, {'do': 'split', 'to', 'names'} or {'do': 'undeploy', 'model'}.
"""

from __future__ import annotations

from typing import Any

from google_api.errors import Refusal

from .draft import Draft, Model, Spec, Split, Step, key_of, without_zeros


def plan(spec: Spec, endpoint: dict[str, Any]) -> list[Step]:
    """The steps from this endpoint to this spec, in order."""
    draft = Draft(spec, endpoint)
    if spec['mode'] == 'clear':
        return _clear(spec['endpoint'], draft)
    if spec['rollout'] == 'recreate':
        _make_room(spec, draft)
    for model in draft.missing():
        draft.deploy(model)
    grows: list[Step] = []
    shrinks: list[Step] = []
    for model in draft.wanted.values():
        live = draft.live.get(model['id'], model)
        fields = _differences(model, live)
        if fields:
            (shrinks if _shrinks(model, live) else grows).append({'do': 'mutate', 'model': model, 'fields': fields})
    # More machines before the traffic comes, fewer after it has gone.
    draft.steps += grows
    if spec.get('traffic'):
        draft.move_traffic(without_zeros(spec['traffic']))
    draft.steps += shrinks
    for model in draft.retiring():
        draft.undeploy(model)
    return draft.steps


def _clear(endpoint: str, draft: Draft) -> list[Step]:
    foreign = [model for model in draft.live.values() if not draft.may_touch(model)]
    if foreign:
        names = ', '.join(f"{key_of(model)} ({model['id']})" for model in foreign)
        raise Refusal(
            f'{endpoint} still holds {names}, deployed by somebody else. '
            'Nothing was changed. Undeploy what is there by hand, or set adopt.'
        )
    draft.move_traffic({})
    for model in draft.retiring():
        draft.undeploy(model)
    return draft.steps


def _make_room(spec: Spec, draft: Draft) -> None:
    """
    Rollout "recreate": frees the machines of what goes before it deploys what comes, one model after the other, the least loaded first.
    Whatever it leaves undone (nobody could stand in yet, and nothing must be freed for it) the steps common to both rollouts do.
    """

    def heir_of(model: Model) -> Model | None:
        return next((heir for heir in draft.missing() if key_of(heir) == key_of(model)), None)

    leaving = sorted(draft.retiring(), key=draft.share)
    replaced = [model for model in leaving if heir_of(model)]
    heirs = [heir_of(model) for model in replaced]
    for model in leaving:
        if model not in replaced and (draft.share(model) == 0 or _stand_ins(spec, draft, model)):
            _retire(spec, draft, model)
    if spec.get('traffic'):
        for model in [each for each in draft.missing() if each not in heirs]:
            draft.deploy(model)
    for model in replaced:
        heir = heir_of(model)
        _retire(spec, draft, model)
        if heir:
            draft.deploy(heir)


def _retire(spec: Spec, draft: Draft, model: Model) -> None:
    split = bool(spec.get('traffic'))
    serves = not split or draft.share(model) > 0
    others = _stand_ins(spec, draft, model) if split else []
    if serves and not others and not spec.get('allowOutage'):
        raise Refusal(_outage(spec, model))
    if split and serves:
        draft.move_traffic(to_hundred(others))
    draft.undeploy(model)


def _outage(spec: Spec, model: Model) -> str:
    if spec.get('traffic'):
        why = 'no other model can take its traffic meanwhile'
        ways = 'Use rollout "surge" (needs machines for both), add a second model first, or set allowOutage.'
    else:
        why = 'it holds one model at a time'
        ways = 'Set allowOutage, or serve the next model on a second endpoint and move its callers.'
    return (
        f"Replacing {key_of(model)} ({model['id']}) with rollout \"recreate\" would stop {spec['endpoint']}: {why}. "
        f'Nothing was changed. {ways}'
    )


def _stand_ins(spec: Spec, draft: Draft, model: Model) -> list[tuple[str, int]]:
    """
    Who serves while this model is away, with shares in proportion: those who serve now, else those who shall, else any other model of ours.
    """

    def stays(own: str) -> bool:
        return own != model['id'] and own in draft.live

    for split in (draft.split, without_zeros(spec.get('traffic'))):
        shares = [(own, share) for own, share in split.items() if stays(own)]
        if shares:
            return shares
    others = (each for each in draft.live.values() if stays(each['id']) and draft.may_touch(each))
    other = next(others, None)
    return [(other['id'], 100)] if other else []


def to_hundred(shares: list[tuple[str, int]]) -> Split:
    """Scales shares to whole per cent that sum to 100 (largest remainders)."""
    total = sum(share for _, share in shares)
    scaled = {own: share * 100 // total for own, share in shares}
    left = 100 - sum(scaled.values()) if shares else 0
    for own, _ in sorted(shares, key=lambda each: -(each[1] * 100 % total))[:left]:
        scaled[own] += 1
    return without_zeros(scaled)


def _differences(wanted: Model, live: Model) -> list[str]:
    """Update-mask paths of what differs and can change in place."""
    shall, now = _changeable(wanted), _changeable(live)
    return [path for path in shall if shall[path] != now[path]]


def _changeable(model: Model) -> dict[str, Any]:
    resources = model.get('dedicatedResources') or {}
    least = resources.get('minReplicaCount')
    targets = [(each.get('metricName', ''), each.get('target')) for each in resources.get('autoscalingMetricSpecs') or []]
    return {
        'dedicatedResources.minReplicaCount': least,
        'dedicatedResources.maxReplicaCount': resources.get('maxReplicaCount', least),
        'dedicatedResources.requiredReplicaCount': resources.get('requiredReplicaCount', least),
        'dedicatedResources.autoscalingMetricSpecs': sorted(targets, key=str),
        'disableContainerLogging': model.get('disableContainerLogging', False),
    }


def _shrinks(wanted: Model, live: Model) -> bool:
    """Fewer machines at the peak, or as many and fewer at rest."""
    shall, now = wanted['dedicatedResources'], live.get('dedicatedResources') or {}
    least, most = shall['minReplicaCount'], shall['maxReplicaCount']
    live_least = now.get('minReplicaCount', least)
    live_most = now.get('maxReplicaCount', live_least)
    return most < live_most or (most == live_most and least < live_least)
