"""``/entry import`` and ``/entry export``: a dry run first, then all or nothing; an export means the same elsewhere."""

import json

import pytest

from tests.fakes.world import Person, Seen, World

ENTRY: dict[str, object] = {
    "kind": "stance",
    "party": "turkey",
    "topic": "nato",
    "act": "demand",
    "claim": "Ankara wants a bridge.",
    "citations": [{"document": "minutes", "locator": "p. 3"}],
}
MINUTES = {"id": "minutes", "label": "Minutes", "title": "Minutes", "url": "https://example.org/minutes"}


def file_of(*entries: dict[str, object]) -> bytes:
    """A JSON file of entries that cite the minutes."""
    return json.dumps({"documents": [MINUTES], "entries": entries}).encode()


async def dry_run(person: Person, data: bytes, name: str = "entries.json") -> Seen:
    """What a file would do."""
    return await person.slash("entry import", file=(name, data))


async def position(person: Person) -> str:
    """What somebody reads where the entry belongs."""
    return (await person.slash("position", party="turkey", topic="nato")).text


async def test_a_dry_run_changes_nothing_until_it_is_applied_and_can_be_undone(world: World) -> None:
    seen = await dry_run(world.moderator, file_of(ENTRY, {**ENTRY, "claim": "Ankara wants two."}))
    assert seen.ephemeral
    assert seen.text.startswith("## Dry run · entries.json\n**2 added · 0 changed · 0 unchanged** · 1 new source")
    assert "Ankara wants two." in seen.text
    assert "`minutes` Minutes" in seen.text
    assert "bridge" not in await position(world.mia)
    applied = await world.moderator.click(seen, "Apply")
    assert "Ankara wants a bridge." in await position(world.mia)
    assert "Apply" not in applied.buttons
    await world.moderator.click(applied, "Undo")

    assert "bridge" not in await position(world.mia)


async def test_faults_are_told_with_row_and_field_and_nothing_can_be_applied(world: World) -> None:
    seen = await dry_run(
        world.moderator,
        file_of(ENTRY, {**ENTRY, "act": "wish", "topic": "@everyone"}, {**ENTRY, "claim": "x" * 300}),
    )

    assert "**3 faults**, so nothing can be applied." in seen.text
    assert "Row 2, `act`: “wish” is none of the choices: demand, rejection" in seen.text
    assert "Row 2, `topic`: nothing is called “@\u2060everyone” here." in seen.text
    assert "Row 3, `claim`: is 300 characters long; 280 are possible." in seen.text
    assert seen.buttons == []
    assert "bridge" not in await position(world.mia)


async def test_all_of_many_faults_come_as_a_file(world: World) -> None:
    seen = await dry_run(world.moderator, file_of(*[{**ENTRY, "act": "wish"}] * 30))

    assert "… and 18 more" in seen.text
    assert (await seen.file()).decode().splitlines()[29].startswith("Row 30, `act`: “wish” is none of")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04zip", "Save it as CSV."),
        (b" ", "The file is empty."),
        (b"a: &x 1\nb: *x", "YAML anchors and aliases are not read."),
        (b"x" * 1_000_001, "The file has 1,000,001 bytes; 1,000,000 are possible."),
    ],
)
async def test_a_file_that_cannot_be_read_says_why(world: World, data: bytes, words: str) -> None:
    seen = await dry_run(world.moderator, data)

    assert words in seen.text
    assert seen.buttons == []


async def test_a_dry_run_that_was_overtaken_is_not_applied_by_itself(world: World) -> None:
    await world.moderator.click(await dry_run(world.moderator, file_of({**ENTRY, "id": "bridge"})), "Apply")
    late = await dry_run(world.moderator, file_of({**ENTRY, "id": "bridge", "claim": "Ankara wants none."}))
    early = await dry_run(world.moderator, file_of({**ENTRY, "id": "bridge", "claim": "Ankara wants three."}))
    await world.moderator.click(early, "Apply")
    seen = await world.moderator.click(late, "Apply")
    assert "was changed in the meantime" in seen.text
    assert "Ankara wants three." in await position(world.mia)
    await world.moderator.click(seen, "Apply on top")

    assert "Ankara wants none." in await position(world.mia)


@pytest.mark.parametrize("form", ["yaml", "json", "csv"])
async def test_an_export_gives_the_same_entries_in_another_server(world: World, form: str) -> None:
    await world.moderator.click(await dry_run(world.moderator, file_of(ENTRY)), "Apply")
    zoe = world.elsewhere("zoe")
    exported = await world.moderator.slash("entry export", format=form)
    assert exported.message.attachments[0].filename == f"entries.{form}"
    data = await exported.file()
    planned = await dry_run(zoe, data, f"entries.{form}")
    assert "**1 added · 0 changed · " in planned.text
    await zoe.click(planned, "Apply")

    assert await (await zoe.slash("entry export", format=form)).file() == data
    assert "Ankara wants a bridge." in await position(zoe)


async def test_what_is_recorded_already_leaves_nothing_to_apply(world: World) -> None:
    data = await (await world.moderator.slash("entry export", format="yaml")).file()
    seen = await dry_run(world.moderator, data)

    assert "0 added · 0 changed" in seen.text
    assert "nothing to apply" in seen.text
    assert seen.buttons == []


async def test_only_approvers_import_and_export(world: World) -> None:
    assert "This is for approvers" in (await dry_run(world.mia, file_of(ENTRY))).text
    assert "This is for approvers" in (await world.mia.slash("entry export", format="yaml")).text


async def test_under_the_rule_of_two_an_import_waits_for_somebody_else(world: World) -> None:
    second = world.another_moderator("sam")
    await world.moderator.slash("settings set", two_person="all")
    many = [{**ENTRY, "claim": f"Ankara wants {number} bridges."} for number in range(8)]
    waiting = await world.moderator.click(await dry_run(world.moderator, file_of(*many)), "Apply")
    assert waiting.text.startswith("## Waits for approval")
    form = await world.mia.opens("suggest", party="turkey", topic="nato")
    await world.mia.sends(form, act="demand", claim="Another.", sources="Minutes | https://example.org/m")
    listed = await second.slash("review list")
    if "Suggestion" in listed.text.splitlines()[0]:  # both are of the same moment here, so any may be the first
        listed = await second.click(listed, "Next ›")
    assert "… and 3 further entries" in listed.text
    assert len(json.loads(await listed.file())["entries"]) == 8
    seen = await second.click(listed, "Approve")

    assert seen.text.startswith("## Approved")
    assert "Ankara wants 7 bridges." in await position(world.mia)
