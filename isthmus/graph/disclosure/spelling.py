"""Whether a text might name one of some people: asked of whole texts, which are then left out and never edited.

It errs to one side. A text that has all words of a name, in any order and spelling, or one word that no one with a
basis is called by, counts; so does a name run together, backwards, or packed as base64 within it. A word that somebody
with a basis bears too is a sign only where it stands near someone hidden who bears it, and is no common one; a name
that he bears whole is his.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from difflib import SequenceMatcher
from functools import cached_property
from html import unescape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_plus

from isthmus.graph.names import folded, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

_WORD = re.compile(r"[^\W_]+(?:['’`ʿʾ][^\W_]+)*")
_SHORT = 4  # letters: a shorter word is a sign only with the rest of the name
_RUN = 8  # letters: a shorter name run together is a part of common words
_SOUNDS = (
    ("tch", "s"), ("sch", "s"), ("sh", "s"), ("ch", "s"), ("c", "k"), ("z", "s"), ("v", "f"), ("p", "b"), ("g", "j"),
)  # fmt: skip
_NO_DIGIT = re.compile(r"\D")
_SOFT = re.compile(r"[aeiouyh'’]")
_VOWELS = {ord(vowel): "a" for vowel in "aeiouy"}
_FIRM = 3  # consonants: with fewer, too many words sound alike
_COMMON = 3  # people with a basis who bear a word that tells nobody from others
_ALIKE = 0.8  # of two spellings, the share that they have in common


def spoken(word: str) -> str:
    """A word as it sounds."""
    text = folded(word).replace(" ", "")
    for written, said in _SOUNDS:
        text = text.replace(written, said)
    return re.sub(r"(.)\1+", r"\1", text)


def consonants(sound: str) -> str:
    """The consonants of what is `spoken`, which spellings of an Arabic name share; "" where they are too few."""
    text = re.sub(r"(.)\1+", r"\1", sound[:1].translate(_VOWELS) + _SOFT.sub("", sound[1:]))
    return text if len(text) > _FIRM or (len(text) == _FIRM and text[0] != "a") else ""


class _Heard(NamedTuple):
    """What a word of a text tells: whether it is a sign by itself, and how names may have it, plain and folded."""

    sign: bool
    plain: str
    fold: str


class Names:
    """Names of those who are hidden, of which those who are `public` bear some too.

    `ids` are hidden as they are written, whoever else is called by their words; the words are a sign where nobody is. A word of the names in `common`, which are
    no people's, tells of nobody by itself. Of what is said of `things` that are theirs, a long number tells of them.
    """

    def __init__(
        self,
        hidden: Iterable[str],
        public: Iterable[str],
        ids: Iterable[str] = (),
        common: Iterable[str] = (),
        things: Iterable[str] = (),
    ) -> None:
        whole = {plain(name) for name in public}
        self._public = Counter(word for name in whole for word in set(name.split()))
        self._public.update({word: _COMMON for name in common for word in plain(name).split()})
        self._ids = frozenset(one.casefold() for one in ids)
        names = {plain(name) for name in hidden}
        borne: dict[str, list[frozenset[str]]] = {}
        for words in (frozenset(name.split()) for name in whole):
            for word in words:
                borne.setdefault(word, []).append(words)
        names |= {one for one in map(plain, self._ids) if not _part_of(frozenset(one.split()), borne)}
        self._names = {name for name in names - whole if any(sign.isalpha() for sign in name)}
        self._numbers = _Pieces(_NO_DIGIT.sub("", told) for told in things)
        self._known: dict[tuple[str, bool], bool] = {}
        self._heard: dict[str, _Heard | None] = {}
        self._tokens: dict[str, bool] = {}

    def told_by(self, name: str) -> frozenset[str]:
        """Words of a hidden name by which one is known where it is clear who can be meant."""
        words = {word for word in plain(name).split() if self._public[word] < _COMMON}
        return frozenset(word for word in words if len(word) >= _SHORT or not word.isascii())

    def in_text(self, text: str, *, prose: bool = False, near: Set[str] = frozenset()) -> bool:
        """Whether a text might name one of them; in `prose` a word without a capital is a word and no name.

        `near` are words by which those are known whom it may well be about (`told_by`).
        """
        if not text or not (self._names or self._numbers):
            return False
        if near and not near.isdisjoint(plain(unquote_plus(unescape(text))).split()):
            return True
        found = self._known.get((text, prose))
        if found is None:
            found = self._known[text, prose] = self._might(text, prose)
        return found

    def _might(self, text: str, prose: bool) -> bool:
        if text.casefold() in self._ids:
            return True
        opened = unquote_plus(unescape(text)) if "%" in text or "&" in text or "+" in text else text
        words = _WORD.findall(opened)
        known = [(word, heard) for word in words if (heard := self._hear(word)) is not None]
        if any(heard.sign and not (prose and word.islower() and word.isascii()) for word, heard in known):
            return True
        if known and self._whole({heard.plain for _, heard in known}, {heard.fold for _, heard in known}):
            return True
        if self._numbers.within(_NO_DIGIT.sub("", opened)):
            return True
        tokens = [*opened.split(), *text.split()]
        if "\n" in text:
            tokens.append(re.sub(r"\s", "", text))
        return any(len(token) >= _RUN and self._run(token) for token in tokens)

    def _hear(self, word: str) -> _Heard | None:
        """What a word tells; None where it tells nothing."""
        if word not in self._heard:
            self._heard[word] = self._told(word)
        return self._heard[word]

    def _told(self, word: str) -> _Heard | None:
        form, fold = plain(word), folded(word)
        if form in self._public:
            sign = False
        elif form in self._words:
            sign = form in self._single
        else:
            sign = self._sounds_alike(spoken(word))
        return _Heard(sign, form, fold) if sign or form in self._parts or fold in self._folds else None

    def _sounds_alike(self, sound: str) -> bool:
        others = self._sounds.get(consonants(sound), ())
        return any(SequenceMatcher(None, sound, other).ratio() >= _ALIKE for other in others)

    def _whole(self, forms: set[str], folds: set[str]) -> bool:
        """Whether all words of a name are there, in any order, as written or in another spelling."""
        return any(name <= forms for form in forms for name in self._by_word.get(form, ())) or any(
            name <= folds for fold in folds for name in self._by_fold.get(fold, ())
        )

    def _run(self, token: str) -> bool:
        """Whether a name stands within what has no space, run together or packed."""
        if token not in self._tokens:
            squeezed = re.sub(r"[\W_]+", "", plain(token))
            self._tokens[token] = self._runs.within(squeezed) or self._bases.within(token)
        return self._tokens[token]

    @cached_property
    def _words(self) -> frozenset[str]:
        """Words of their names, of whatever length."""
        return frozenset(word for name in self._names for word in name.split())

    @cached_property
    def _parts(self) -> frozenset[str]:
        """Words of their names, also of those written backwards."""
        return self._words | {word[::-1] for name in self._names if " " in name for word in name.split()}

    @cached_property
    def _folds(self) -> frozenset[str]:
        return frozenset(fold for names in self._by_fold.values() for name in names for fold in name)

    @cached_property
    def _single(self) -> frozenset[str]:
        """Words that are a sign by themselves: long enough, or a whole name; and borne by no one with a basis."""
        long = {word for word in self._words if len(word) >= _SHORT or not word.isascii()}
        return frozenset((long | {name for name in self._names if " " not in name}) - self._public.keys())

    @cached_property
    def _sounds(self) -> dict[str, list[str]]:
        """How those words sound, by their consonants; not where a word of those with a basis sounds so."""
        public = {spoken(word) for word in self._public}
        found: dict[str, list[str]] = {}
        for word in sorted(self._single):
            sound = spoken(word)
            if consonants(sound) and sound not in public:
                found.setdefault(consonants(sound), []).append(sound)
        return found

    @cached_property
    def _by_word(self) -> dict[str, list[frozenset[str]]]:
        backwards = {name[::-1] for name in self._names if " " in name}
        return _index(frozenset(name.split()) for name in self._names | backwards)

    @cached_property
    def _by_fold(self) -> dict[str, list[frozenset[str]]]:
        return _index(frozenset(map(folded, name.split())) - {""} for name in self._names if " " in name)

    @cached_property
    def _runs(self) -> _Pieces:
        """Names without spaces, forwards, with another word first, and backwards."""
        runs: set[str] = set()
        for name in self._names:
            words = name.split()
            for order in (words, [*words[1:], words[0]], [words[-1], *words[:-1]]):
                run = "".join(order)
                runs |= {run, run[::-1]}
        return _Pieces(runs)

    @cached_property
    def _bases(self) -> _Pieces:
        """Names as base64, in its three alignments, without the signs that depend on what stands around."""
        found: set[str] = set()
        for name in self._names:
            for raw in {form.encode() for form in (name, name.title(), name.upper())}:
                for shift in range(3):
                    packed = b64encode(bytes(shift) + raw).decode().rstrip("=")
                    found.add(packed[(0, 2, 3)[shift] : len(packed) - ((shift + len(raw)) % 3 > 0)])
        return _Pieces(found)


class _Pieces:
    """Texts that are looked for within others, by how they begin; one too short for that is not looked for."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = {}
        for text in texts:
            if len(text) >= _RUN:
                self._by_start.setdefault(text[:_RUN], []).append(text)

    def __bool__(self) -> bool:
        return bool(self._by_start)

    def within(self, text: str) -> bool:
        """Whether one of them stands in `text`."""
        starts = self._by_start
        return any(
            text.startswith(one, at)
            for at in range(len(text) - _RUN + 1)
            for one in starts.get(text[at : at + _RUN], ())
        )


def _part_of(words: frozenset[str], names: dict[str, list[frozenset[str]]]) -> bool:
    """Whether a name, listed by each of its words, has all of `words`."""
    return any(words <= name for name in names.get(next(iter(words), ""), ()))


def _index(names: Iterable[frozenset[str]]) -> dict[str, list[frozenset[str]]]:
    """Names by one word of theirs, the first in order: whoever has all words has that one."""
    found: dict[str, list[frozenset[str]]] = {}
    for name in names:
        if name:
            found.setdefault(min(name), []).append(name)
    return found
