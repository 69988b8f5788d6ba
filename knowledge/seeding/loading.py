"""``seeds/*.yaml`` -> validated values. One loader for the bot, for ``parley check`` and for the tests."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Protocol, TypeVar

import yaml
from pydantic import ValidationError

from knowledge.errors import Fault, FaultySeeds
from knowledge.model import Document, Entry
from knowledge.seeding import checks
from knowledge.seeding.forms import DocumentForm, EntryForm, PartyForm, PersonForm, PointForm, TopicForm, WordingForm
from knowledge.taxonomy import Taxonomy

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The loader written in C is ten times as fast; where PyYAML was built without it, the other does."""
T = TypeVar("T", covariant=True)


class _FormOf(Protocol[T]):
    @classmethod
    def model_validate(cls, obj: Any) -> "_FormOf[T]": ...

    def value(self) -> T: ...


@dataclass(frozen=True, slots=True)
class Seeds:
    """What ships with the bot."""

    taxonomy: Taxonomy
    documents: tuple[Document, ...]
    entries: tuple[Entry, ...]
    files: dict[str, str]
    """The file that each entry stands in, by entry id."""


def load_seeds(folder: Path) -> Seeds:
    """Everything under ``folder``, validated.

    Raises:
        FaultySeeds: with every fault that was found, in all files.
    """
    faults: list[Fault] = []
    seeds = _read(folder, faults)
    faults.extend(checks.all_faults(seeds.taxonomy, seeds.documents, seeds.entries, seeds.files))
    if faults:
        raise FaultySeeds(faults)
    return seeds


def _read(folder: Path, faults: list[Fault]) -> Seeds:
    languages = [_forms(path, WordingForm, faults) for path in sorted((folder / "words").glob("*.yaml"))]
    if not languages:
        faults.append(Fault("words", "-", "-", "has no file: no question in any words can be read"))
    taxonomy = Taxonomy(
        parties=_forms(folder / "parties.yaml", PartyForm, faults),
        topics=_forms(folder / "topics.yaml", TopicForm, faults),
        people=_forms(folder / "people.yaml", PersonForm, faults),
        points=_forms(folder / "points.yaml", PointForm, faults),
        wordings=tuple(chain.from_iterable(languages)),
    )
    entries: list[Entry] = []
    files: dict[str, str] = {}
    for path in sorted((folder / "entries").glob("*.yaml")):
        for entry in _forms(path, EntryForm, faults):
            if entry.id in files:
                faults.append(Fault(_name(path), entry.id, "id", f"stands in {files[entry.id]} already"))
            files.setdefault(entry.id, _name(path))
            entries.append(entry)
    return Seeds(taxonomy, _forms(folder / "documents.yaml", DocumentForm, faults), tuple(entries), files)


def _forms(path: Path, form: type[_FormOf[T]], faults: list[Fault]) -> tuple[T, ...]:
    values: list[T] = []
    for index, item in enumerate(_items(path, faults), start=1):
        try:
            values.append(form.model_validate(item).value())
        except ValidationError as error:
            faults.extend(_faults(path, index, item, error))
    return tuple(values)


def _items(path: Path, faults: list[Fault]) -> Sequence[Any]:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        faults.append(Fault(_name(path), "-", "-", " ".join(str(error).split())))
        return ()
    if isinstance(content, dict):
        return (content,)
    if not isinstance(content, list):
        faults.append(Fault(_name(path), "-", "-", "is neither a list nor a mapping"))
        return ()
    return content


def _faults(path: Path, index: int, item: Any, error: ValidationError) -> Iterator[Fault]:
    names = item if isinstance(item, dict) else {}
    name = str(names.get("id") or names.get("slug") or names.get("language") or f"item {index}")
    for each in error.errors(include_url=False, include_context=False):
        key = ".".join(str(part) for part in each["loc"]) or "-"
        yield Fault(_name(path), name, key, each["msg"].removeprefix("Value error, "))


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}" if path.parent.name in ("entries", "words") else path.name
