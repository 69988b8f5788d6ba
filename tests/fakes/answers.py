"""Answers of every kind and any size, for properties that must hold for all of them."""

from datetime import UTC, datetime
from typing import TypeVar

from hypothesis import strategies as st

from knowledge import answers as a
from knowledge import requests as r
from knowledge.dates import PartialDate
from knowledge.model import (
    CITATIONS,
    CLAIM_LENGTH,
    Act,
    Action,
    Attribution,
    Citation,
    Document,
    Entry,
    Kind,
    Rank,
    Revision,
    Scope,
)
from knowledge.taxonomy import Office, Party, Person, Point, Relation, Topic

T = TypeVar("T")
SLUGS = st.text("abcxyz019-", min_size=1, max_size=24).map(lambda text: "s" + text[1:])
NASTY = st.sampled_from(["*", "_", "`", "<@1>", "[x](https://evil.example)", "|", "\\", "# ", "\u202e", "ж", "字"])


def line(longest: int) -> st.SearchStrategy[str]:
    """Text of one line, at most that long, often made of what Discord would obey."""
    words = st.lists(NASTY | st.text(max_size=6), min_size=1, max_size=5).map(" ".join)
    long = words.map(lambda text: (" ".join(text.split()) + " x") * (longest // 3))
    return st.sampled_from(["x", "*" * longest]) | (words | long).map(lambda text: (text.strip() or "x")[:longest])


def many(values: st.SearchStrategy[T], most: int) -> st.SearchStrategy[list[T]]:
    """Up to ``most`` values, few of them different: what is long must not be slow to make."""
    return st.tuples(st.lists(values, max_size=2), st.integers(0, most)).map(lambda few: (few[0] * most)[: few[1]])


DATES = st.builds(PartialDate, st.integers(1900, 2100), st.integers(1, 12), st.integers(1, 28))
DOCUMENTS = [
    Document(f"{n:03}", label=f"Label {n} " + "*" * 200, sha256="0" * 64, author="An author" * 9)
    for n in range(CITATIONS)
]
LIBRARY = {document.id: document for document in DOCUMENTS}
CITED = st.builds(Citation, st.sampled_from(sorted(LIBRARY)), line(300))
ENTRIES = st.builds(
    Entry,
    id=SLUGS,
    kind=st.just(Kind.STANCE),
    claim=line(CLAIM_LENGTH),
    citations=many(CITED, CITATIONS).map(tuple),
    party=SLUGS,
    topic=SLUGS,
    speaker=st.none() | line(100),
    act=st.sampled_from(Act),
    rank=st.sampled_from(Rank),
    attribution=st.sampled_from(Attribution),
    stated_on=st.none() | DATES,
    when=st.none() | line(80),
    contested=st.none() | line(CLAIM_LENGTH),
)
PARTIES = st.builds(Party, SLUGS, line(40), line(160))
TOPICS = st.builds(Topic, SLUGS, line(40), line(160))
PEOPLE = st.builds(
    Person, SLUGS, line(60), SLUGS, st.lists(st.builds(Office, line(300), st.just(())), max_size=3).map(tuple)
)
MANY = many(ENTRIES, 14)
SIDES = st.builds(a.Side, PARTIES, MANY, MANY)
REVISIONS = st.builds(
    Revision,
    st.builds(Scope, st.integers(0, 9)),
    st.integers(1, 99),
    st.sampled_from(Action),
    ENTRIES,
    st.just(datetime(2026, 1, 2, tzinfo=UTC)),
    reason=st.none() | line(300),
)
PAIR = (SLUGS, SLUGS)
ANSWERS: st.SearchStrategy[a.Answer] = st.one_of(
    st.builds(
        a.Position,
        st.builds(r.PositionRequest, *PAIR),
        PARTIES,
        TOPICS,
        MANY,
        MANY,
        st.just(LIBRARY),
        other_topics=many(TOPICS, 130),
        other_parties=many(PARTIES, 130),
    ),
    st.builds(a.Evidence, st.builds(r.EvidenceRequest, *PAIR), PARTIES, TOPICS, MANY, st.just({}), st.just(LIBRARY)),
    st.builds(a.History, st.builds(r.HistoryRequest, *PAIR), PARTIES, TOPICS, many(REVISIONS, 20)),
    st.builds(
        a.Comparison,
        st.builds(r.ComparisonRequest, SLUGS, SLUGS, SLUGS),
        TOPICS,
        st.lists(SIDES, min_size=2, max_size=3, unique_by=lambda side: side.party.slug),
        many(st.builds(Point, SLUGS, line(80), st.sampled_from(Relation), st.just(("x", "y"))), 30),
        st.just(LIBRARY),
    ),
    st.builds(
        a.PartyProfile,
        st.builds(r.PartyRequest, SLUGS),
        PARTIES,
        many(PEOPLE, 30),
        MANY,
        many(st.tuples(TOPICS, st.lists(ENTRIES, min_size=1, max_size=2)), 30),
        st.just(LIBRARY),
    ),
    st.builds(a.Timeline, st.builds(r.TimelineRequest, *PAIR), MANY, st.just(LIBRARY)),
    st.builds(a.Obstacles, st.just(r.ObstaclesRequest()), MANY, st.just(LIBRARY), many(TOPICS, 5)),
    st.builds(a.Sources, st.just(r.SourcesRequest()), st.just([(document, 3) for document in DOCUMENTS] * 7)),
    st.builds(a.SourceDetail, st.just(r.SourcesRequest("000")), st.sampled_from(DOCUMENTS), MANY),
    st.builds(
        a.About,
        st.just(r.AboutRequest()),
        st.integers(0, 10**6),
        st.just({kind.value: 1 for kind in Kind}),
        many(PARTIES, 130),
        many(TOPICS, 130),
        st.just(DOCUMENTS),
        st.none(),
    ),
)
