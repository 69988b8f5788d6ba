"""Discord's own description of its HTTP API, to hold our requests against."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

URI = "urn:discord"
ID_LISTS = ("roles", "users")
"""Of those who may be mentioned."""


class OpenApi:
    """Finds the operation of a request and validates its body."""

    def __init__(self, path: Path) -> None:
        self._document = json.loads(path.read_text(encoding="utf-8"))
        resource: Resource[Any] = DRAFT202012.create_resource(self._document)
        self._registry: Registry[Any] = Registry().with_resource(URI, resource)
        self._templates = [(re.compile(_pattern(each)), each) for each in self._document["paths"]]
        self._validators: dict[str, Draft202012Validator] = {}
        self._known: dict[tuple[str, str, str], list[str]] = {}
        """What was found before: the commands are registered in every world, and take long to hold against all."""

    def faults(self, method: str, path: str, body: Any) -> list[str]:
        """What is wrong with a request, in words; empty where nothing is."""
        template = self._template(method, path)
        if template is None:
            return [f"{method} {path}: Discord has no such route"]
        asked = method, template, json.dumps(body, sort_keys=True, default=str)
        if asked not in self._known:
            self._known[asked] = self._faults(method, template, body)
        return [f"{method} {path}: {fault}" for fault in self._known[asked]]

    def _faults(self, method: str, template: str, body: Any) -> list[str]:
        content = self._document["paths"][template][method.lower()].get("requestBody", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema")
        if schema is None:
            return ["takes no JSON"] if body is not None else []
        validator = self._validators.setdefault(
            f"{method} {template}", Draft202012Validator(_absolute(schema), registry=self._registry)
        )
        return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(_with_text_ids(body))]

    def _template(self, method: str, path: str) -> str | None:
        """The route of a path; a literal segment beats a parameter."""
        plain = path.split("?")[0]
        found = [template for pattern, template in self._templates if pattern.fullmatch(plain)]
        fitting = [each for each in found if method.lower() in self._document["paths"][each]]
        return min(fitting, key=lambda template: template.count("{"), default=None)


def _with_text_ids(value: Any) -> Any:
    """Ids as text: Discord describes them so and takes numbers as well, which is what discord.py sends in places."""
    if isinstance(value, dict):
        return {
            key: str(each) if isinstance(each, int) and _is_id(key, value) else _with_text_ids(_ids(key, each))
            for key, each in value.items()
        }
    return [_with_text_ids(each) for each in value] if isinstance(value, list) else value


def _ids(key: str, value: Any) -> Any:
    return list(map(str, value)) if key in ID_LISTS and isinstance(value, list) else value


def _is_id(key: str, owner: Mapping[str, Any]) -> bool:
    return key.endswith("_id") or (key == "id" and "filename" in owner)  # the latter is a file's place in the upload


def _pattern(template: str) -> str:
    return re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(template))


def _absolute(schema: Any) -> Any:
    """References inside the document, made to point into it from outside."""
    if isinstance(schema, dict):
        items = {key: _absolute(value) for key, value in schema.items()}
        if isinstance(reference := items.get("$ref"), str) and reference.startswith("#"):
            items["$ref"] = URI + reference
        return items
    return [_absolute(each) for each in schema] if isinstance(schema, list) else schema
