"""The command line, as somebody at a terminal or a script behind a pipe meets it."""

import json
import re
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.codec import entry_to_dict
from knowledge.model import Rank
from knowledge.seeding import Seeds
from tests.bot.conftest import Cli
from tests.bot.processes import parley
from tests.paths import SEEDS, TEXTS, needs

COMMANDS = (
    "run",
    "preview",
    "ask",
    "export",
    "check",
    "outline",
    "sync",
    "db",
    "db upgrade",
    "audit",
    "audit verify",
    "purge",
    "doctor",
)
ANSWER = ["query", "answer", "parties", "topics", "score", "entries", "suggestions"]
ENTRY = ["id", "kind", "party", "topic", "claim", "act", "stated_on", "citations"]
PREFERRED = "ru-sec-2"


def test_help_names_every_command(cli: Cli) -> None:
    told = cli("--help")
    assert told.code == 0
    for command in COMMANDS:
        assert re.search(rf"\b{command.split()[0]}\b", told.out)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(cli: Cli, command: str) -> None:
    told = cli(*command.split(), "--help")
    assert told.code == 0
    assert f"{command} [OPTIONS]" in told.out
    assert re.search(r"Usage:.*\n\s*\n [A-Z][^\n]+\.", told.out), "no sentence says what it does"


def test_ask_shows_the_preferred_claim_before_the_others_and_names_its_source(cli: Cli, seeds: Seeds) -> None:
    told = cli("ask", "russia security")
    claims = [each for each in seeds.entries if (each.party, each.topic) == ("russia", "security-guarantees")]
    (preferred,) = (each for each in claims if each.rank is Rank.PREFERRED)
    text = " ".join(told.out.split())
    assert (told.code, told.err) == (0, "")
    assert text.startswith("Russia · Security guarantees")
    assert all(text.index(preferred.claim) <= text.index(each.claim) for each in claims)
    assert f"] {preferred.citations[0].document} · " in text


def test_ask_shows_no_markdown(cli: Cli) -> None:
    assert not re.search(r"\*\*|__|`|\\|-# ", cli("ask", "russia security").out)


def test_ask_says_so_where_nothing_is_known(cli: Cli) -> None:
    told = cli("ask", "cheesecake recipe")
    assert told.code == 0
    assert "I do not know" in told.out
    assert "cheesecake recipe" in told.out


def test_ask_without_a_question_says_how_to_ask(cli: Cli) -> None:
    told = cli("ask")
    assert (told.code, told.out) == (2, "")
    assert told.err == 'Ask something, as in: parley ask "russia security"\n'


def test_ask_as_json_has_exactly_the_promised_shape(cli: Cli) -> None:
    told = cli("ask", "--json", "russia security")
    (line,) = told.out.splitlines()
    answer = json.loads(line)
    first = answer["entries"][0]
    assert list(answer) == ANSWER
    assert (answer["query"], answer["answer"]) == ("russia security", "stance")
    assert (answer["parties"], answer["topics"]) == (["russia"], ["security-guarantees"])
    assert (answer["score"], answer["suggestions"]) == (100.0, [])
    assert all(list(entry) == ENTRY for entry in answer["entries"])
    assert (first["id"], first["kind"], first["act"], first["stated_on"]) == (PREFERRED, "stance", "demand", None)
    assert [list(citation) for citation in first["citations"]] == [["document", "locator"]]


def test_a_pair_without_a_position_gets_suggestions_as_json(cli: Cli, seeds: Seeds) -> None:
    party, topic = _nothing_recorded(seeds)
    answer = json.loads(cli("ask", "--json", f"{party} {topic}").out)
    assert (answer["answer"], answer["entries"]) == ("suggestions", [])
    assert answer["suggestions"] == [{"answer": "party", "name": party}, {"answer": "topic", "name": topic}]


def test_a_batch_from_standard_input_is_answered_line_by_line(cli: Cli) -> None:
    answers = _answers(cli("ask", "--batch", "-", stdin=b"russia security\n\nqwx\r\n  \nukraine territory").out)
    assert [answer["query"] for answer in answers] == ["russia security", "", "qwx", "  ", "ukraine territory"]
    assert [answer["answer"] for answer in answers] == ["stance", "none", "none", "none", "stance"]


def test_a_batch_from_a_file_is_answered_like_one_from_standard_input(cli: Cli) -> None:
    lines = "\ufeffrussia security\nросія безпека\n\nline\u2028separator\x0bthat ends no line\n\udcff\n".encode(
        errors="surrogateescape"
    )
    (cli.folder / "questions.txt").write_bytes(lines)
    from_file = _answers(cli("ask", "--batch", "questions.txt").out)
    assert [answer["query"] for answer in from_file] == [
        "russia security",
        "росія безпека",
        "",
        "line\u2028separator\x0bthat ends no line",
        "\ufffd",
    ]
    assert [answer["answer"] for answer in from_file] == ["stance", "stance", "none", "none", "none"]
    assert _answers(cli("ask", "--batch", "-", stdin=lines).out) == from_file


def test_a_very_long_line_is_answered(cli: Cli) -> None:
    answers = _answers(cli("ask", "--batch", "-", stdin=b"x" * 300_000 + b"\n" + b"word " * 20_000 + b"\nrussia\n").out)
    assert [answer["answer"] for answer in answers] == ["none", "none", "party"]
    assert [len(answer["query"]) for answer in answers] == [300_000, 100_000, 6]


def test_an_empty_batch_has_no_answers(cli: Cli) -> None:
    assert cli("ask", "--batch", "-").out == ""


def test_a_batch_file_that_is_not_there_is_one_line(cli: Cli) -> None:
    told = cli("ask", "--batch", "nowhere.txt")
    assert (told.code, told.out) == (2, "")
    assert told.err == "I cannot read nowhere.txt: No such file or directory.\n"


def test_bytes_that_are_not_utf_8_stop_nothing_whatever_the_locale(tmp_path: Path, loaded: Path) -> None:
    shutil.copyfile(loaded, tmp_path / "parley.db")
    strict = {"PYTHONIOENCODING": "ascii:strict", "PYTHONUTF8": "0"}
    batch = parley(tmp_path, "ask", "--batch", "-", settings=strict, stdin=b"\xff\xfe\nrussia security\n")
    typed = parley(tmp_path, "ask", "--json", b"\xff russia", settings=strict)
    assert (batch.code, batch.err, typed.code, typed.err) == (0, "", 0, "")
    assert [answer["query"] for answer in _answers(batch.out)] == ["\ufffd\ufffd", "russia security"]
    assert json.loads(typed.out)["parties"] == ["russia"]


def test_json_and_yaml_export_the_same_entries_with_all_their_fields(cli: Cli, seeds: Seeds) -> None:
    from_json = json.loads(cli("export", "--format", "json").out)
    from_yaml = yaml.load(cli("export", "--format", "yaml").out, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe loader
    assert from_json == from_yaml
    assert {entry["id"]: entry for entry in from_json} == {each.id: entry_to_dict(each) for each in seeds.entries}


def test_an_unknown_export_format_is_named(cli: Cli) -> None:
    told = cli("export", "--format", "xml")
    assert told.code == 2
    assert "json" in told.err
    assert "yaml" in told.err


def test_check_finds_no_fault_in_what_ships(cli: Cli, seeds: Seeds) -> None:
    told = cli("check")
    assert told.code == 0
    assert told.out.startswith(f"{len(seeds.entries)} entries and {len(seeds.documents)} documents checked")
    assert told.out.endswith("no faults.\n")


def test_check_tells_every_fault_on_a_line_of_its_own(cli: Cli, faulty_seeds: Path) -> None:
    told = cli("check", settings={"PARLEY_SEEDS": str(faulty_seeds)})
    *faults, summary = told.out.splitlines()
    assert told.code == 1
    assert "entries/russia.yaml: ru-ter-1: clam: Extra inputs are not permitted" in faults
    assert "entries/russia.yaml: ru-ter-2: topic: no topic has the slug 'teritory'" in faults
    assert "people.yaml: -: -: is neither a list nor a mapping" in faults
    assert all(re.match(r"[\w/-]+\.yaml: [^:]+: [^:]+: .", fault) for fault in faults)
    assert summary == f"{len(faults)} faults in {faulty_seeds}."


@needs(TEXTS)
def test_check_tells_of_a_locator_that_leads_nowhere(cli: Cli, copied_seeds: Path) -> None:
    _replace(copied_seeds / "entries" / "russia.yaml", "paragraph 1 > sentence 10", "paragraph 1 > sentence 999")
    told = cli("check", settings={"PARLEY_SEEDS": str(copied_seeds), "PARLEY_DOCUMENTS": str(TEXTS)})
    assert told.code == 1
    assert "entries/russia.yaml: ru-ter-1: citations: in document 003, 'sentence 999' of" in told.out


def test_faulty_seeds_stop_a_command_with_one_line(cli: Cli, faulty_seeds: Path) -> None:
    for command in (("ask", "russia"), ("export",), ("outline", "002")):
        told = cli(*command, settings={"PARLEY_SEEDS": str(faulty_seeds)})
        assert (told.code, told.out) == (1, "")
        assert re.fullmatch(r"The shipped data has \d+ faults\. See them: parley check\n", told.err)


@needs(TEXTS)
def test_outline_tells_every_sentence_with_its_locator(cli: Cli) -> None:
    told = cli("outline", "002", settings={"PARLEY_DOCUMENTS": str(TEXTS)})
    lines = told.out.splitlines()
    assert told.code == 0
    assert "Russia’s Position > Recognition of Annexations" in told.out
    assert all(line.startswith("    ") == bool(number % 2) for number, line in enumerate(lines))


def test_outline_of_a_document_that_is_not_at_hand_says_what_is(cli: Cli, tmp_path: Path) -> None:
    told = cli("outline", "999", settings={"PARLEY_DOCUMENTS": str(tmp_path)})
    assert (told.code, told.out) == (2, "")
    assert told.err == (
        "The text of document 999 is not at hand. At hand: none; name their folder in PARLEY_DOCUMENTS.\n"
    )


def test_the_database_is_made_in_a_folder_that_does_not_exist_yet(cli: Cli) -> None:
    told = cli("db", "upgrade", settings={"DATABASE_URL": f"sqlite+aiosqlite:///{cli.folder}/new/folder/parley.db"})
    assert (told.code, told.out) == (0, "The database is up to date.\n")
    assert (cli.folder / "new" / "folder" / "parley.db").is_file()


def test_upgrading_twice_changes_nothing(cli: Cli) -> None:
    before = _schema(cli.folder)
    assert cli("db", "upgrade").code == 0
    assert _schema(cli.folder) == before


def test_sync_without_a_token_says_what_is_missing(cli: Cli) -> None:
    told = cli("sync")
    assert (told.code, told.out) == (2, "")
    assert told.err == "DISCORD_TOKEN is not set; it is needed to register commands.\n"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DISCORD_API_URL", "nonsense"),
        ("DISCORD_GATEWAY_URL", "https://gateway.example"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", ""),
        ("DATABASE_URL", "oracle://parley:s3cret@host/parley"),
        ("DATABASE_URL", "sqlite:///parley.db"),
        ("PARLEY_LOG_LEVEL", "loud"),
        ("PARLEY_LOG_FORMAT", "xml"),
        ("PARLEY_DOCUMENTS", "/nowhere/at/all"),
        ("PARLEY_SEEDS", "/nowhere/at/all"),
        ("PARLEY_PORT", "65536"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it(cli: Cli, name: str, value: str) -> None:
    told = cli("ask", "russia", settings={name: value})
    assert (told.code, told.out) == (2, "")
    assert re.fullmatch(rf"A setting is wrong: {name}: [^\n]+\n", told.err)
    assert "s3cret" not in told.err


def test_all_wrong_settings_are_told_at_once(cli: Cli) -> None:
    told = cli("check", settings={"PARLEY_LOG_LEVEL": "loud", "PARLEY_PORT": "x"})
    assert told.code == 2
    assert "PARLEY_LOG_LEVEL" in told.err
    assert "PARLEY_PORT" in told.err


def test_empty_settings_are_unset(cli: Cli) -> None:
    told = cli(
        "check",
        settings={"DISCORD_TOKEN": "", "DISCORD_API_URL": "", "DISCORD_GATEWAY_URL": "", "PARLEY_DOCUMENTS": ""},
    )
    assert told.code == 0


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("sqlite+aiosqlite:///{folder}/parley.db/parley.db", "{folder}/parley.db: "),
        ("sqlite+aiosqlite:////proc/parley/parley.db", "/proc/parley: "),
        ("sqlite+aiosqlite:///{folder}", "unable to open database file"),
        ("sqlite+aiosqlite:///{folder}/no-database", "file is not a database"),
        ("postgresql+nonsense://parley:s3cret@host/parley", "its address cannot be read"),
        ("postgresql+psycopg2://parley:s3cret@host:s3cret/parley", "its address cannot be read"),
    ],
)
@pytest.mark.parametrize("command", [("ask", "russia"), ("db", "upgrade")], ids=" ".join)
def test_a_database_that_cannot_be_opened_is_one_line(
    cli: Cli, url: str, reason: str, command: tuple[str, ...]
) -> None:
    (cli.folder / "no-database").write_text("This is a text, and no database at all.\n" * 100, encoding="utf-8")
    told = cli(*command, settings={"DATABASE_URL": url.format(folder=cli.folder), "PARLEY_LOG_LEVEL": "warning"})
    assert (told.code, told.out) == (1, "")
    assert re.fullmatch(r"The database of DATABASE_URL cannot be opened: [^\n]+\n", told.err)
    assert reason.format(folder=cli.folder) in told.err
    assert "s3cret" not in told.err


@pytest.fixture
def copied_seeds(tmp_path: Path) -> Path:
    """A copy of what ships, to be spoilt."""
    return shutil.copytree(SEEDS, tmp_path / "seeds")


@pytest.fixture
def faulty_seeds(copied_seeds: Path) -> Path:
    """A copy of what ships with three faults in two files, and what follows from them."""
    russia = copied_seeds / "entries" / "russia.yaml"
    _replace(russia, "  claim: Russia demands recognition", "  clam: Russia demands recognition")
    _replace(
        russia,
        "- id: ru-ter-2\n  kind: stance\n  party: russia\n  topic: territory",
        "- id: ru-ter-2\n  kind: stance\n  party: russia\n  topic: teritory",
    )
    (copied_seeds / "people.yaml").write_text("Nobody\n", encoding="utf-8")
    return copied_seeds


def _answers(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.removesuffix("\n").split("\n")]


def _nothing_recorded(seeds: Seeds) -> tuple[str, str]:
    """The slugs of a party and a topic that no entry brings together."""
    told = {(each.party, each.topic) for each in seeds.entries}
    pairs = ((party.slug, topic.slug) for party in seeds.taxonomy.parties for topic in seeds.taxonomy.topics)
    return next(pair for pair in pairs if pair not in told)


def _schema(folder: Path) -> list[tuple[str, str]]:
    connection = sqlite3.connect(folder / "parley.db")
    try:
        return connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    finally:
        connection.close()


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
