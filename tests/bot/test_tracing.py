"""Under which route a request is counted: a few names, however many servers and people there are."""

import pytest
import yarl
from discord.http import Route

from bot.tracing import route_of


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/users/@me", "/users/@me"),
        ("/applications/1000/commands", "/applications/{id}/commands"),
        ("/channels/30/messages?limit=5", "/channels/{id}/messages"),
        ("/interactions/12/aW50ZXJhY3Rpb24/callback?with_response=true", "/interactions/{id}/{token}/callback"),
        ("/webhooks/1000/lowercase-token", "/webhooks/{id}/{token}"),
        ("/webhooks/1000/aW50/messages/@original", "/webhooks/{id}/{token}/messages/@original"),
        ("/channels/30/messages/31/reactions/%F0%9F%91%8D/@me", "/channels/{id}/messages/{id}/reactions/{id}/@me"),
    ],
)
def test_a_route_has_no_id_and_no_token(path: str, route: str) -> None:
    assert route_of(yarl.URL(Route.BASE + path)) == route


def test_files_that_somebody_attached_are_one_route() -> None:
    assert route_of(yarl.URL("https://cdn.discordapp.com/attachments/1/2/private.csv?ex=1")) == "elsewhere"
