"""Prints, as JSON, the keys of config.yaml that the installed LiteLLM reads, block by block, and the models that it has a price for.

Two sources: the declared ones (pydantic models, typed dicts, signatures), and the code, because LiteLLM declares only a part: every
`block.get("key")`, `block["key"]`, `"key" in block` counts.
"""

import ast
import json
import typing
from importlib.metadata import version
from pathlib import Path

import litellm
from litellm.proxy import proxy_server
from litellm.proxy._types import ConfigGeneralSettings
from litellm.types import router as router_types
from litellm.types import utils as utils_types

ROOT = Path(litellm.__file__).parent
PROVIDERS = ("vertex_ai/", "gemini/")
# The router's arguments are a closed list, and inside the code `litellm_params` also carries what belongs to one request only.
SCANNED = ("general_settings", "litellm_settings", "model_info")


def text(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def name_of(node):
    """The last name of `general_settings`, `self.general_settings`, `(x or {})`."""
    if isinstance(node, ast.BoolOp):
        return name_of(node.values[0])
    return getattr(node, "id", None) or getattr(node, "attr", None)


def reads(tree):
    """(block, key) for each place where a key of a named dictionary is read."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("get", "pop") and node.args:
            yield name_of(node.func.value), text(node.args[0])
        elif isinstance(node, ast.Subscript):
            yield name_of(node.value), text(node.slice)
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.In, ast.NotIn)):
            yield name_of(node.comparators[0]), text(node.left)


def module_settings(tree):
    """Lower-case variables of the module `litellm`: what `litellm_settings` sets, by name, whatever the name."""
    for node in tree.body:
        targets = [node.target] if isinstance(node, ast.AnnAssign) else node.targets if isinstance(node, ast.Assign) else []
        for target in targets:
            if isinstance(target, ast.Name) and target.id.islower() and not target.id.startswith("_"):
                yield target.id


def compared_keys(tree):
    """`if key == "cache":`, as the loader of the configuration takes litellm_settings apart."""
    for function in ast.walk(tree):
        if isinstance(function, ast.AsyncFunctionDef) and function.name == "load_config":
            for node in ast.walk(function):
                if isinstance(node, ast.Compare) and name_of(node.left) == "key" and isinstance(node.ops[0], ast.Eq):
                    yield text(node.comparators[0])


def fields(model):
    return list(getattr(model, "model_fields", None) or typing.get_type_hints(model))


def main():
    blocks = {
        "general_settings": set(fields(ConfigGeneralSettings)),
        "router_settings": set(litellm.Router.get_valid_args()) - set(getattr(proxy_server, "ROUTER_SETTINGS_MANAGED_OUTSIDE_CONFIG", ())),
        "litellm_settings": set(module_settings(ast.parse((ROOT / "__init__.py").read_text()))),
        "litellm_params": set(fields(router_types.LiteLLM_Params)) | set(router_types.LiteLLMParamsTypedDict.__annotations__),
        "model_info": set(fields(router_types.ModelInfo)) | set(utils_types.ModelInfo.__annotations__),
    }
    blocks["litellm_params"] |= set(litellm.OPENAI_CHAT_COMPLETION_PARAMS)
    # What the two Gemini routes take from a deployment beside the parameters of OpenAI.
    blocks["litellm_params"] |= {"safety_settings", "safetySettings", "use_psc_endpoint_format"}
    blocks["litellm_settings"] |= set(compared_keys(ast.parse((ROOT / "proxy" / "proxy_server.py").read_text())))
    for file in ROOT.rglob("*.py"):
        source = file.read_text(encoding="utf-8")
        # Parsing takes the time, and most files name none of them.
        for block, key in reads(ast.parse(source)) if any(name in source for name in SCANNED) else ():
            if block in SCANNED:
                blocks[block].add(key)
    prices = {name: entry for name, entry in litellm.model_cost.items() if name.startswith(PROVIDERS)}
    priced = [name for name, entry in prices.items() if any(entry.get(f"{way}_cost_per_token") for way in ("input", "output"))]
    answer = {
        "version": version("litellm"),
        "blocks": {block: sorted(key for key in keys if key and not key.startswith("_")) for block, keys in blocks.items()},
        "priced": sorted(priced),
    }
    print(json.dumps(answer, indent=1))


main()
