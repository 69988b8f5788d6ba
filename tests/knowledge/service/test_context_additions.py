"""What a server adds is understood there, at once and in every way, and nowhere else."""

import tracemalloc
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import AmbiguousName, Slot, UnknownName
from knowledge.interpretation import AnswerKind
from knowledge.matching.additions import Additions, Alias, Clash
from knowledge.matching.complete import complete
from knowledge.matching.normalise import normalise
from knowledge.requests import PositionRequest, TopicRequest
from knowledge.service.asking import ask, read_question
from knowledge.service.context import Context, make_context
from knowledge.service.overviews import overview
from knowledge.service.positions import position
from knowledge.taxonomy import Party, Topic
from tests.fakes.storage import MemoryStorage
from tests.knowledge.samples import LETTER, MONDAY, SERVER, TAXONOMY, TREATY, record_entries, stance
from tests.knowledge.strategies import EXAMPLES, any_text, questions

BASE = make_context(MemoryStorage(), TAXONOMY, [TREATY, LETTER], lambda: MONDAY)
ALIASES = Additions(
    aliases=(
        Alias("Hillfolk", Slot.PARTY, "uplands"),
        Alias("The Reeve", Slot.PARTY, "ada-kern"),
        Alias("Sluicegate", Slot.TOPIC, "dam"),
        Alias("шлюз", Slot.TOPIC, "dam"),
    )
)
OWN = Additions(
    parties=(Party("ferrymen", "Ferrymen of Old Quay", "Row people over.", aliases={"de": ("Fährleute",)}),),
    topics=(Topic("bridge-repair", "Bridge repair", "Who mends it.", about="ferrymen"),),
    aliases=(Alias("rowers", Slot.PARTY, "ferrymen"), Alias("mending", Slot.TOPIC, "bridge-repair")),
)
WITH_ALIASES, WITH_OWN = BASE.with_additions(ALIASES), BASE.with_additions(OWN)
SLOTS = (Slot.PARTY, Slot.TOPIC, Slot.DOCUMENT)


def read(context: Context, text: str) -> tuple[list[str], list[str]]:
    """The parties and topics that a question names."""
    reading = read_question(context, text)
    return [mention.slug for mention in reading.mentions], list(reading.topics)


@pytest.mark.parametrize(
    ("text", "parties", "topics"),
    [
        ("what do the hillfolk say about the sluicegate", ["uplands"], ["dam"]),
        ("the reeve on the sluicegates", ["uplands"], ["dam"]),
        ("hilfolk sluicegaet", ["uplands"], ["dam"]),
        ("hillfolksluicegate", ["uplands"], ["dam"]),
        ("hillfolk шлюза", ["uplands"], ["dam"]),
        ("lowlands reservor", ["lowlands"], ["dam"]),
    ],
)
def test_an_alias_is_read_in_questions_with_slips_and_inflected(
    text: str, parties: list[str], topics: list[str]
) -> None:
    assert read(WITH_ALIASES, text) == (parties, topics)


@pytest.mark.parametrize("text", ["hillfolk", "sluicegate", "шлюз", "rowers", "mending"])
def test_no_other_context_knows_it(text: str) -> None:
    assert read(BASE, text) == ([], [])
    assert not {*read(WITH_ALIASES, text)[0], *read(WITH_OWN, text)[0]} >= {"uplands", "ferrymen"}


@pytest.mark.parametrize("text", ["Hillfolk", "hilfolk", "the hillfolk please", "The Reeve", "Ada Kern"])
def test_an_alias_is_taken_for_an_option(text: str) -> None:
    assert WITH_ALIASES.party(text).slug == "uplands"
    assert WITH_ALIASES.topic("sluice gate").slug == "dam"
    with pytest.raises(UnknownName):
        BASE.topic("sluicegate")


@pytest.mark.parametrize(("typed", "slug"), [("hil", "uplands"), ("reev", "uplands"), ("hilfolc", "uplands")])
def test_an_alias_is_offered_while_it_is_typed(typed: str, slug: str) -> None:
    assert slug in [found for _, found in complete(typed, WITH_ALIASES.lexicon.parties)]
    assert complete("hil", BASE.lexicon.parties) == []


def test_own_parties_and_topics_are_known_in_every_way_after_those_that_ship() -> None:
    assert [party.slug for party in WITH_OWN.taxonomy.parties][-1] == "ferrymen"
    assert complete("", WITH_OWN.lexicon.parties)[-1] == ("Ferrymen of Old Quay", "ferrymen")
    assert complete("quay", WITH_OWN.lexicon.parties) == [("Ferrymen of Old Quay", "ferrymen")]
    assert WITH_OWN.party("fahrleute").name == "Ferrymen of Old Quay"
    assert WITH_OWN.topic("Bridge-Repair").covers == "Who mends it."
    assert WITH_OWN.about["bridge-repair"] == "ferrymen"
    assert read(WITH_OWN, "what do the rowers think about mending") == (["ferrymen"], ["bridge-repair"])


async def test_a_position_of_an_own_party_on_an_own_topic_is_answered() -> None:
    storage = MemoryStorage()
    await record_entries(storage, [stance("own-1", "ferrymen", "bridge-repair")])
    context = replace(WITH_OWN, storage=storage)

    understood = await ask(context, "what do the ferymen say about bridge repairs", SERVER)
    assert (understood.kind, understood.request) == (
        AnswerKind.STANCE,
        PositionRequest("ferrymen", "bridge-repair"),
    )
    answer = await position(context, PositionRequest("rowers", "mending"), SERVER)
    assert [claim.id for claim in answer.claims] == ["own-1"]
    told = await overview(context, TopicRequest("bridge repair"), SERVER)
    assert [side.party.slug for side in told.sides] == ["ferrymen"]


def test_a_word_that_has_a_meaning_already_has_both() -> None:
    both = BASE.with_additions(Additions(aliases=(Alias("millers", Slot.PARTY, "lowlands"),)))

    with pytest.raises(AmbiguousName) as caught:
        both.party("millers")
    assert tuple(caught.value.choices) == ("guild", "lowlands")


def test_an_alias_of_what_is_no_longer_there_means_nothing() -> None:
    gone = BASE.with_additions(
        Additions(aliases=(Alias("hermits", Slot.PARTY, "gone"), Alias("x", Slot.TOPIC, "gone")))
    )

    assert read(gone, "hermits") == ([], [])
    with pytest.raises(UnknownName):
        gone.party("hermits")


def test_a_slug_that_ships_keeps_what_ships_and_gets_the_names() -> None:
    twice = BASE.with_additions(Additions(parties=(Party("guild", "Grinders", "Not this one."),)))

    assert twice.party("grinders") == BASE.party("guild")
    assert twice.lexicon.parties.shown["guild"] == "Millers' Guild"
    assert twice.taxonomy is BASE.taxonomy


def test_nothing_added_is_nothing_new() -> None:
    assert BASE.with_additions(Additions()) is BASE


@pytest.mark.parametrize(
    ("word", "clash"),
    [
        ("RIVER!", Clash(Slot.TOPIC, "water")),
        ("oberland", Clash(Slot.PARTY, "uplands")),
        ("ada kern", Clash(Slot.PARTY, "uplands")),
        ("millers", Clash(Slot.PARTY, "guild")),
        ("people of the moor", Clash(Slot.PARTY, "highmoor")),
        ("rivers", None),
        ("flood", None),
        ("the", None),
        ("timeline", None),
        ("hillfolk", None),
        ("", None),
    ],
)
def test_a_clash_is_told_of_the_very_word(word: str, clash: Clash | None) -> None:
    assert BASE.clashes(word) == clash
    assert WITH_ALIASES.clashes("hill-folk") is None
    assert WITH_ALIASES.clashes("HILLFOLK") == Clash(Slot.PARTY, "uplands")


@pytest.mark.parametrize("word", ["the", "What", "football", "fish soup", "timeline", "valleys", "versus", "", "?!"])
def test_a_word_with_another_part_in_questions_is_reserved(word: str) -> None:
    assert BASE.is_reserved(word)
    assert WITH_OWN.is_reserved(word)


@pytest.mark.parametrize("word", ["hillfolk", "flood", "fish", "soup kitchen", "river"])
def test_other_words_are_not_reserved(word: str) -> None:
    assert not BASE.is_reserved(word)


words = st.text(max_size=12) | st.sampled_from(["the", "uplands", "water", "moor council", "flood", "x y"])
slugs = st.sampled_from(["uplands", "dam", "guild", "mill", "ada-kern", "no", "000"])
aliases = st.builds(Alias, words, st.sampled_from(SLOTS), slugs)
additions = st.builds(
    Additions,
    parties=st.lists(st.builds(Party, st.sampled_from(["mill", "guild"]), words, words), max_size=2).map(tuple),
    topics=st.lists(st.builds(Topic, st.sampled_from(["mill", "dam"]), words, words), max_size=2).map(tuple),
    aliases=st.lists(aliases, max_size=6).map(tuple),
)


@EXAMPLES
@given(additions, questions | any_text | words)
def test_the_context_below_never_changes(added: Additions, text: str) -> None:
    fresh = make_context(BASE.storage, TAXONOMY, [TREATY, LETTER], BASE.clock)
    before = _everything(fresh, text)
    layered = fresh.with_additions(added)
    _everything(layered, text)

    assert _everything(fresh, text) == before
    assert layered.with_additions(Additions()) is layered


def _everything(context: Context, text: str) -> object:
    book, slots = context.phrasebook, [context.lexicon.names(slot) for slot in SLOTS]
    return (
        read_question(context, text),
        [complete(text, names) for names in slots],
        [(dict(names.meanings), dict(names.shown), dict(names.places)) for names in slots],
        [dict(phrases) for phrases in book.phrases.values()],
        [dict(words) for words in book.words.values()],
        (dict(book.exact), dict(context.about), context.taxonomy, context.clashes(text), context.is_reserved(text)),
    )


@EXAMPLES
@given(additions)
def test_every_alias_that_means_something_is_found_as_it_is_written(added: Additions) -> None:
    layered = BASE.with_additions(added)
    for alias in added.aliases:
        names, word = layered.lexicon.names(alias.slot), normalise(alias.word)
        if word and alias.slug in names.shown and alias.slot is not Slot.DOCUMENT:
            assert alias.slug in names.meanings[word]
            assert layered.clashes(alias.word) is not None


def test_a_layer_takes_memory_for_what_it_adds_only() -> None:
    many = replace(
        TAXONOMY, topics=tuple(Topic(f"t{n}", f"Topic {n}", "", aliases={"en": (f"thing{n}",)}) for n in range(2_000))
    )
    large = make_context(BASE.storage, many, [], BASE.clock)
    one = Additions(aliases=(Alias("hillfolk", Slot.PARTY, "uplands"),))

    assert _taken(large, one) < 1.2 * _taken(BASE, one) + 1_000


def _taken(context: Context, added: Additions) -> int:
    kept = [context.with_additions(added)]
    tracemalloc.start()
    kept.append(context.with_additions(added))
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return taken
