"""Values for property tests."""

from datetime import date

from hypothesis import settings
from hypothesis import strategies as st

from knowledge.dates import PartialDate
from knowledge.model import Act, Attribution, Citation, Entry, Kind, Rank, Status

EXAMPLES = settings(max_examples=20, deadline=None)
"""Moderate, and without a limit of time: the machine may be busy."""

slugs = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?", fullmatch=True)
lines = st.text(min_size=1, max_size=40)
any_text = st.text(max_size=80)


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    """Any date that a calendar has, to the year, the month or the day."""
    day = draw(st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31)))
    known = draw(st.integers(min_value=1, max_value=3))
    return PartialDate(*(day.year, day.month, day.day)[:known])


entries = st.builds(
    Entry,
    id=slugs,
    kind=st.sampled_from(Kind),
    claim=lines,
    citations=st.lists(st.builds(Citation, slugs, lines), min_size=1, max_size=3).map(tuple),
    party=st.none() | slugs,
    topic=st.none() | slugs,
    involved=st.lists(slugs, max_size=3).map(tuple),
    speaker=st.none() | lines,
    act=st.none() | st.sampled_from(Act),
    rank=st.sampled_from(Rank),
    attribution=st.sampled_from(Attribution),
    stated_on=st.none() | partial_dates(),
    valid_from=st.none() | partial_dates(),
    valid_to=st.none() | partial_dates(),
    when=st.none() | lines,
    order=st.none() | st.integers(0, 99),
    contested=st.none() | lines,
    status=st.sampled_from(Status),
    reason=st.none() | lines,
)

_words = st.sampled_from(
    [
        *("uplands", "lowlands", "Ada", "Kern", "moor", "council", "water", "dam", "guild", "the", "zebra", "tolls"),
        *(
            "against",
            "versus",
            "according",
            "to",
            "what",
            "happened",
            "flood",
            "recipe",
            "uplnads",
            "греблю",
            "плотины",
        ),
        *("<@123>", "https://x.example/dam", "**", "||", "\u202e", "ﬁ", "🦓", "한강", "נהר", "نهر", "川", "\ud800"),
    ]
)
_long = st.tuples(st.text(min_size=1, max_size=12), st.integers(1, 4_000)).map(lambda pair: (pair[0] * pair[1])[:4_000])
questions = (
    st.text(max_size=200) | st.lists(_words, max_size=80).map(" ".join) | _long | st.text(min_size=200, max_size=4_000)
)
"""Texts of any script up to the length of a message, some of them with words that mean something."""
