"""What people typed into a question is shown, never obeyed: for any text, markdown, mentions and links among it."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers.custom_ids import Target
from handlers.render.asking import MOST_OFFERED, render_gaps, render_guess, render_unanswered
from handlers.render.card import Block, Card
from handlers.render.paging import pages
from knowledge.interpretation import AnswerKind, Interpretation
from knowledge.model import Gap
from knowledge.requests import PartyRequest, PositionRequest, Request, TopicRequest
from knowledge.service.gaps import NearGap
from tests.knowledge.strategies import EXAMPLES

MARKS = [
    "*",
    "**",
    "_",
    "~~",
    "||",
    "`",
    "```",
    "\\",
    "[",
    "](",
    ")",
    "# ",
    "-# ",
    "> ",
    ">>> ",
    "- ",
    "1. ",
    "\n",
    "\r",
]
LIVE = [
    *(
        "<@1>",
        "<@!1>",
        "<@&1>",
        "<#2>",
        "<t:0:R>",
        "</ask:4>",
        "<id:home>",
        "<:zed:5>",
        "<a:zed:5>",
        "@everyone",
        "@here",
    ),
    *(
        "https://evil.example",
        "[x](https://evil.example)",
        "<https://evil.example>",
        "\u202e",
        "\u200b",
        "\u2028",
        "\x00",
    ),
]
hostile = st.text(max_size=120) | st.lists(st.sampled_from([*MARKS, *LIVE, "a", " "]), max_size=25).map("".join)
read_as = st.lists(st.tuples(hostile, hostile), max_size=3).map(tuple)
requests = st.lists(st.builds(PartyRequest, hostile) | st.builds(TopicRequest, hostile), max_size=7).map(tuple)
understood = st.builds(
    Interpretation,
    kind=st.sampled_from(AnswerKind),
    parties=st.sampled_from([(), ("russia",), ("russia", "ukraine")]),
    topics=st.sampled_from([(), ("territory",)]),
    score=st.floats(0, 100),
    request=st.sampled_from([None, PositionRequest("russia", "territory")]),
    suggestions=requests,
    read_as=read_as,
)
ANSWER = Card("Russia on territory", (Block("A claim."),), lead="As of today")


def name_of(request: Request) -> str:
    """What was typed, as a name: names are no safer than questions."""
    return str(getattr(request, "name", ""))


def obeyed(text: str) -> list[str]:
    """What Discord would obey in a text: marks that no backslash stands before, addresses, mentions."""
    plain = re.sub(r"\\.", "", text)
    return re.findall(r"[*_~|`<\[\]\\]|://|@(?!\u2060)|[\u202a-\u202e\u2066\u2067\u200b\x00]", plain)


def texts_of(card: Card) -> list[str]:
    """All text of a card that Discord reads as markdown."""
    return [card.lead, *(block.text for block in card.blocks)]


@EXAMPLES
@given(hostile, understood)
@example("“**bold**” <@1>", Interpretation(AnswerKind.NONE))
@example("@everyone https://evil.example", Interpretation(AnswerKind.NONE))
def test_a_question_without_an_answer_is_echoed_without_power(question: str, found: Interpretation) -> None:
    card = render_unanswered(question, found, name_of)
    own = "There is **no recorded position** on exactly that. This is recorded:"

    assert [each for text in texts_of(card) if text != own for each in obeyed(text)] == []


@EXAMPLES
@given(understood)
def test_a_guess_tells_what_was_read_as_what_without_power(found: Interpretation) -> None:
    card = render_guess(ANSWER, found, name_of)

    assert obeyed(card.lead) == []
    assert card.lead.endswith(ANSWER.lead)
    assert (card.title, card.blocks) == (ANSWER.title, ANSWER.blocks)


@EXAMPLES
@given(hostile, hostile, st.integers(1, 99))
def test_a_gap_is_listed_without_power(words: str, nearest: str, times: int) -> None:
    card = render_gaps([NearGap(Gap(words, times, datetime(2026, 11, 22, tzinfo=UTC)), nearest)])

    assert obeyed(card.blocks[0].text) == []


@EXAMPLES
@given(hostile, understood)
def test_an_echo_stays_on_one_line(question: str, found: Interpretation) -> None:
    for text in texts_of(render_unanswered(question, found, name_of))[:2]:
        assert len(text.splitlines()) <= 1


@EXAMPLES
@given(st.text(max_size=4_000), understood)
def test_any_question_fits_into_a_message(question: str, found: Interpretation) -> None:
    for card in (render_unanswered(question, found, name_of), render_guess(ANSWER, found, name_of)):
        assert pages(card)
        assert len(card.links) <= MOST_OFFERED


@pytest.mark.parametrize(("score", "said"), [(100.0, False), (10.0, True)])
def test_a_guess_is_called_one_and_any_answer_offers_what_else_could_be_meant(score: float, said: bool) -> None:
    other = PositionRequest("russia", "nato")
    found = Interpretation(
        AnswerKind.STANCE, score=score, request=PositionRequest("russia", "territory"), suggestions=(other,)
    )
    card = render_guess(ANSWER, found, lambda _: "Russia · NATO")

    assert ("best guess" in card.lead) is said
    assert [link.label for link in card.links] == ["Russia · NATO"]


def test_what_is_offered_instead_of_an_answer_can_be_clicked() -> None:
    found = Interpretation(AnswerKind.SUGGESTIONS, suggestions=(PartyRequest("russia"), TopicRequest("nato")))
    card = render_unanswered("nato russia", found, name_of)

    assert "“nato russia” can mean more than one thing" in card.blocks[0].text
    assert [link.target for link in card.links] == [Target(PartyRequest("russia")), Target(TopicRequest("nato"))]
