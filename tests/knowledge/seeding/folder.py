"""A small folder of seeds and a folder of texts, to be made faulty."""

import hashlib
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import Fault, FaultySeeds
from knowledge.seeding import load_seeds

TEXT = """The Water Treaty

The upper valley needs half of the river. It said so in 1871.

Gates
• Opening: The guild opens them.
"""
PLACE = {"document": "000", "locator": "paragraph 1 > sentence 1"}

Content = dict[str, Any]
"""What stands in each file."""


def content() -> Content:
    """Content without a fault; a fresh copy, to be changed."""
    return {
        "parties.yaml": [
            {"slug": "uplands", "name": "Uplands", "about": "The upper valley.", "principal": True},
            {"slug": "lowlands", "name": "Lowlands", "about": "The lower valley.", "aliases": {"en": ["the plain"]}},
        ],
        "topics.yaml": [
            {"slug": "water", "name": "Water", "covers": "How much water.", "aliases": {"en": ["river"]}},
            {"slug": "dam", "name": "Dam", "covers": "The gates."},
        ],
        "people.yaml": [
            {
                "slug": "ada-kern",
                "name": "Ada Kern",
                "party": "uplands",
                "offices": [{"title": "Reeve", "citations": [{"document": "000", "locator": "Gates > Opening"}]}],
            }
        ],
        "documents.yaml": [
            {"id": "000", "label": "A draft", "file": "treaty.txt", "sha256": sha256(TEXT)},
            {"id": "001", "label": "A letter", "file": "letter.txt", "sha256": "1" * 64},
        ],
        "points.yaml": [
            {"topic": "water", "question": "how much", "relation": "differ", "claims": ["up-wat-1", "low-wat-1"]}
        ],
        "words/en.yaml": {
            "language": "en",
            "filler": ["the"],
            "events": ["what happened"],
            "hints": {"dam": ["flood"]},
            "party_hints": {"uplands": ["the hills"]},
        },
        "words/uk.yaml": {"language": "uk", "endings": ["ами"]},
        "entries/water.yaml": [
            stance("up-wat-1", "uplands", rank="preferred"),
            stance("up-wat-2", "uplands", citations=[{"document": "001", "locator": "item 1"}]),
            stance("low-wat-1", "lowlands", rank="preferred"),
        ],
        "entries/events.yaml": [
            {
                "id": "ev-1",
                "kind": "event",
                "claim": "The river fell.",
                "topic": "water",
                "valid_from": "1871-05",
                "order": 1,
                "citations": [{"document": "000", "locator": "paragraph 1 > sentence 2"}],
            }
        ],
    }


def stance(name: str, party: str, **fields: Any) -> dict[str, Any]:
    """A stance on water as it stands in a file."""
    plain = {"kind": "stance", "party": party, "topic": "water", "act": "demand", "claim": "Half of the water."}
    return {"id": name, **plain, "citations": [PLACE], **fields}


def sha256(text: str) -> str:
    """As ``documents.yaml`` has it."""
    return hashlib.sha256(text.encode()).hexdigest()


def write_seeds(folder: Path, files: Content) -> Path:
    """Writes the folder; text is written as it is, None leaves a file out."""
    for inner in ("entries", "words"):
        (folder / inner).mkdir(parents=True, exist_ok=True)
    for name, items in files.items():
        if items is not None:
            text = items if isinstance(items, str) else yaml.safe_dump(items, allow_unicode=True)
            (folder / name).write_text(text, encoding="utf-8")
    return folder


def faults_in(folder: Path, files: Content) -> list[Fault]:
    """What the loader finds wrong with this content; nothing if it loads."""
    try:
        load_seeds(write_seeds(folder, files))
    except FaultySeeds as error:
        return list(error.faults)
    return []
