from __future__ import annotations

from .draft import Model, Split, Step, key_of


def describe_split(split: Split, names: dict[str, str]) -> str:
    return ', '.join(f'{names.get(own, own)} {share} %' for own, share in split.items()) or 'nothing'


def name_of(model: Model) -> str:
    return f"{key_of(model)} ({model['id']})"


def describe(step: Step) -> str:
    """What a step does, in one line."""
    if step['do'] == 'split':
        return f"traffic to {describe_split(step['to'], step['names'])}{'' if step['to'] else ': the endpoint stops serving'}"
    model = step['model']
    if step['do'] == 'undeploy':
        return f'undeploy {name_of(model)}'
    if step['do'] == 'mutate':
        return f"change {name_of(model)}: {', '.join(path.replace('dedicatedResources.', '') for path in step['fields'])}"
    resources = model['dedicatedResources']
    machine = resources['machineSpec']
    accelerators = f" with {machine['acceleratorCount']} × {machine['acceleratorType']}" if machine.get('acceleratorType') else ''
    spot = 'spot ' if resources.get('spot') else ''
    replicas = f"{resources['minReplicaCount']}–{resources['maxReplicaCount']}"
    return f"deploy {name_of(model)}: {model['model']} on {replicas} × {spot}{machine['machineType']}{accelerators}"
