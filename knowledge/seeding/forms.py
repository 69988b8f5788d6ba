"""The form of the YAML under ``seeds/``: what may stand there, and within which limits."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from knowledge.codec import entry_from_dict
from knowledge.dates import PartialDate
from knowledge.errors import DateNotUnderstood
from knowledge.model import (
    CITATIONS,
    CLAIM_LENGTH,
    SLUG_LENGTH,
    Act,
    Attribution,
    Citation,
    Document,
    Entry,
    Kind,
    Rank,
    Status,
)
from knowledge.taxonomy import Office, Party, Person, Point, Relation, Topic, Wording

SLUG = rf"^[a-z0-9](?:[a-z0-9-]{{0,{SLUG_LENGTH - 2}}}[a-z0-9])?$"


def _is_date(text: str) -> str:
    try:
        PartialDate.parse(text)
    except DateNotUnderstood:
        raise ValueError("is not a date of the form YYYY, YYYY-MM or YYYY-MM-DD") from None
    return text


def _is_one_line(text: str) -> str:
    if re.search(r"\s\s|[\n\t]", text) or text != text.strip():
        raise ValueError("has a line break or spaces that do not belong")
    return text


Slug = Annotated[str, Field(pattern=SLUG)]
_ONE_LINE = AfterValidator(_is_one_line)  # after the length: what is too long is told in characters
Line = Annotated[str, Field(min_length=1, max_length=300), _ONE_LINE]
Claim = Annotated[str, Field(min_length=1, max_length=CLAIM_LENGTH), _ONE_LINE]
Gloss = Annotated[str, Field(min_length=1, max_length=160), _ONE_LINE]
Speaker = Annotated[str, Field(min_length=1, max_length=100), _ONE_LINE]
Phrase = Annotated[str, Field(min_length=1, max_length=80), _ONE_LINE]
PersonName = Annotated[str, Field(min_length=1, max_length=60), _ONE_LINE]
Name = Annotated[str, Field(min_length=1, max_length=40), _ONE_LINE]
Texts = tuple[Line, ...]
Words = dict[str, Texts]
CUES = ("events", "obstacles", "proposals", "profile")
DateText = Annotated[str, AfterValidator(_is_date)]


class Form(BaseModel):
    """The base of all forms: no key that is not known."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CitationForm(Form):
    """A place in a document."""

    document: Slug
    locator: Line

    def value(self) -> Citation:
        """As a value of the model."""
        return Citation(self.document, self.locator)


class EntryForm(Form):
    """One claim."""

    id: Slug
    kind: Kind
    party: Slug | None = None
    topic: Slug | None = None
    involved: tuple[Slug, ...] = ()
    speaker: Speaker | None = None
    claim: Claim
    act: Act | None = None
    rank: Rank = Rank.NORMAL
    attribution: Attribution = Attribution.OWN
    stated_on: DateText | None = None
    valid_from: DateText | None = None
    valid_to: DateText | None = None
    when: Phrase | None = None
    order: int | None = None
    citations: Annotated[tuple[CitationForm, ...], Field(min_length=1, max_length=CITATIONS)]
    contested: Claim | None = None
    status: Status = Status.ACTIVE
    reason: Line | None = None

    @model_validator(mode="after")
    def _fits_its_kind(self) -> "EntryForm":
        if self.kind is Kind.STANCE and not (self.party and self.topic and self.act):
            raise ValueError("a stance needs a party, a topic and an act")
        if self.kind is not Kind.STANCE and (self.act or self.rank is Rank.PREFERRED):
            raise ValueError("only a stance has an act or is preferred")
        if self.order is not None and self.kind is not Kind.EVENT:
            raise ValueError("only an event has an order")
        if (self.status is Status.ACTIVE) == bool(self.reason):
            raise ValueError("a claim that no longer stands needs a reason, one that stands has none")
        return self

    def value(self) -> Entry:
        """As a value of the model."""
        return entry_from_dict(self.model_dump(mode="json"))


class DocumentForm(Form):
    """A source."""

    id: Slug
    file: Line | None = None
    title: Line | None = None
    label: Line
    author: Line | None = None
    publisher: Line | None = None
    published_on: DateText | None = None
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    note: Line | None = None

    def value(self) -> Document:
        """As a value of the model."""
        published = PartialDate.parse(self.published_on) if self.published_on else None
        return Document(**{**self.model_dump(), "published_on": published})


class PartyForm(Form):
    """A side, or someone who acts around the talks."""

    slug: Slug
    name: Name
    principal: bool = False
    about: Gloss
    names: dict[str, Line] = {}
    aliases: Words = {}

    def value(self) -> Party:
        """As a value of the model."""
        return Party(**self.model_dump())


class TopicForm(Form):
    """A subject of the talks."""

    slug: Slug
    name: Name
    covers: Gloss
    about: Slug | None = None
    names: dict[str, Line] = {}
    aliases: Words = {}

    def value(self) -> Topic:
        """As a value of the model."""
        return Topic(**self.model_dump())


class OfficeForm(Form):
    """What a person is."""

    title: Line
    citations: Annotated[tuple[CitationForm, ...], Field(min_length=1)]


class PersonForm(Form):
    """Someone whom the documents name."""

    slug: Slug
    name: PersonName
    party: Slug
    offices: Annotated[tuple[OfficeForm, ...], Field(min_length=1)]
    names: dict[str, Line] = {}
    aliases: Words = {}

    def value(self) -> Person:
        """As a value of the model."""
        offices = tuple(Office(each.title, tuple(c.value() for c in each.citations)) for each in self.offices)
        return Person(self.slug, self.name, self.party, offices, self.names, self.aliases)


class PointForm(Form):
    """A question on which claims of several parties meet."""

    topic: Slug
    question: Phrase
    relation: Relation
    claims: Annotated[tuple[Slug, ...], Field(min_length=2)]

    def value(self) -> Point:
        """As a value of the model."""
        return Point(**self.model_dump())


class WordingForm(Form):
    """The words of questions in one language."""

    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    filler: Texts = ()
    neutral: Texts = ()
    foreign: Texts = ()
    endings: Texts = ()
    events: Texts = ()
    obstacles: Texts = ()
    proposals: Texts = ()
    profile: Texts = ()
    who: Texts = ()
    compare: Texts = ()
    join: Texts = ()
    object_before: Texts = ()
    subject_before: Texts = ()
    subject_after: Texts = ()
    hints: dict[Slug, Texts] = {}
    party_hints: dict[Slug, Texts] = {}
    slips: dict[str, Texts] = {}
    groups: dict[str, Texts] = {}
    together: dict[Slug, tuple[Annotated[tuple[Texts, ...], Field(min_length=2)], ...]] = {}

    def value(self) -> Wording:
        """As a value of the model."""
        fields = self.model_dump()
        return Wording(cues={cue: fields.pop(cue) for cue in CUES}, **fields)
