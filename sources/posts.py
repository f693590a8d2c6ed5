"""
A page of posts, each of which carries what it says: a channel's preview.

    [sources.channel]
    kind = "posts"
    url = "https://t.me/s/channel"
    item = ".tgme_widget_message[data-post]"
    key = "@data-post"
    text = ".tgme_widget_message_text"
    without = ".tgme_widget_message_reply"
    link = ".tgme_widget_message_date@href"
    next = "a.tme_messages_more@href"
    pages = 3

A post that is edited is read again. Such places answer with status 200 also
where there is no channel, so the markers decide, and an empty page is no quiet
day.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from sources.files import check_selector
from sources.listed import (
    MOST_PAGES,
    Keys,
    check_address,
    complete,
    document,
    origin,
    readable,
    resource,
)
from sources.refusals import accepted, check_refusals
from watcher.api import Answer, Capture, ConfigError, Ref, Secret, SourceError, Web

MUTE = 3  # posts that may be pictures and nothing else


@dataclass(frozen=True, slots=True, kw_only=True)
class Posts:
    """
    `item` picks the posts (CSS); inside each, `text` picks what it says, once
    `without` is taken out of it; `key` and `link` are `selector@attribute`, or
    `@attribute` of the post itself. `next` finds the address of the page
    before, `selector@attribute`, and at most `pages` are read.

    `expect`: texts that the page must hold; `hint`: what it mostly means that
    one is missing. `refusals`: see there. `headers` go to the origin of `url`
    only.
    """

    name: str
    every: timedelta = timedelta(minutes=15)
    url: str
    item: str
    key: str
    text: str
    without: str = ""
    link: str = ""
    next: str = ""
    pages: int = 1
    minimum: int = 1
    expect: tuple[str, ...] = ()
    hint: str = ""
    refusals: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, Secret] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        check_address("url", self.url)
        check_selector("item", self.item)
        check_selector("without", self.without)
        check_refusals(self.refusals)
        for at in ("key", "link", "next"):
            value = getattr(self, at)
            if (value or at == "key") and "@" not in value:
                raise ConfigError(f'{at}: needs an attribute, e.g. "a.date@href" or "@id"')
        if not 1 <= self.pages <= MOST_PAGES:
            raise ConfigError(f"pages: must be from 1 to {MOST_PAGES}")
        if self.pages > 1 and not self.next:
            raise ConfigError("pages: needs `next`, which finds the page before")

    async def discover(self, web: Web) -> AsyncIterator[Ref | Capture]:
        """All posts, page by page back in time. Raises SourceError, FetchError."""
        keys, url, asked = Keys(), self.url, {self.url}
        for number in range(self.pages):
            answer = await web.get(url, headers=self.headers)
            if answer.unchanged:
                return
            await accepted(answer, self.refusals)
            posts = await self._posts(answer, first=number == 0)
            for each in self._documents(answer.capture, posts, keys):
                yield each
            self._judge(posts)
            url = await self._before(answer) if number + 1 < self.pages else ""
            if not posts or not url or url in asked:
                return
            asked.add(url)

    async def fetch(self, web: Web, ref: Ref) -> Capture:
        """The page of one post. Raises FetchError."""
        return await document(web, ref, self.headers, (self.url,), self.refusals)

    async def _posts(self, answer: Answer, *, first: bool) -> Sequence[Mapping[str, str]]:
        fields = {"key": self.key, "text": self.text, "link": self.link}
        with readable(self.name):
            text = await answer.text() if self.expect and first else ""
            posts = await answer.pick(self.item, fields, without=self.without)
        if not first:
            return posts
        missing = [each for each in self.expect if each not in text]
        complete(
            self.name, missing=missing, listed=len(posts), minimum=self.minimum, hint=self.hint
        )
        if posts and not any(post["key"] for post in posts):
            raise SourceError(f"key: `{self.key}` finds nothing in any post: the page changed")
        return posts

    def _judge(self, posts: Sequence[Mapping[str, str]]) -> None:
        """Raise SourceError where posts say nothing at all: it is looked for in the wrong place."""
        if len(posts) >= MUTE and not any(post["text"].strip() for post in posts):
            raise SourceError(
                f"text: `{self.text}` finds nothing in any of {len(posts)} posts: the page changed, "
                "or they are all pictures"
            )

    async def _before(self, answer: Answer) -> str:
        """The address of the page before, on the same site; "" if there is none."""
        with readable(self.name):
            found = await answer.pick(":root", {"next": self.next})
        url = next((each["next"] for each in found), "")
        return url if origin(url) == origin(self.url) else ""

    def _documents(
        self, page: Capture, posts: Sequence[Mapping[str, str]], keys: Keys
    ) -> Iterator[Capture]:
        for post in posts:
            key = keys.take(post["key"], post["text"]) if post["key"] else ""
            if not key or not post["text"].strip():
                continue  # nothing but a picture
            ref = Ref(source=self.name, key=key, url=post["link"] or self.url)
            capture = resource(page, ref, post["text"], "text/html")
            yield replace(capture, ref=replace(ref, version=capture.body.sha256))
