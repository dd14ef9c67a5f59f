"""What of a text is the article itself: not comments, biographies, navigation, credits or link lists.

The text is cut into blocks. What furniture looks like is in the files of `incidents/data/body`: a line that is dropped by
itself, one that takes the list of links below it along, the head or the foot of a comment thread, of a box about the author,
of a section of sources. Headlines, standfirsts and captions stay.
"""

import csv
import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from incidents.markup import blank_markup
from incidents.model import Span

_GROUP = re.compile(r"[^\S\n]*\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")
_MARKS = " \t\r\n\u00a0#*_`>•·-–—=|\ufeff"
_LIST_ITEM = re.compile(r"[^\S\n]{2,}(?:\d{1,3}[.)]|[•*·-])[^\S\n]|[^\S\n]{3,}\S")
_HEADING = re.compile(r"[^\S\n]{0,3}(#{1,6})[^\S\n]|[^\S\n]{0,3}(={2,5})[^=\n]{1,80}={2,5}")
_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]{0,3}(?:\s|$)")
_NAME = re.compile(
    r"(?:The |Dr\.? |Prof\.? )?([^\W\d_a-z][\w.'’-]{0,30}(?: (?:(?:de|van|von|bin|al|el|da|la)[ -])?[^\W\d_a-z][\w.'’-]{0,30}){1,4})"
)
_BIOGRAPHY_VERB = re.compile(
    r"\s*,?\s*(?:\([^()]{1,80}\)\s*)?(?:is|was|has been|serves|works|writes|covers|reports|holds|heads|teaches|joined)\b"
)
_CREDIT_TAIL = re.compile(
    r"\((?:additional |further |with )?(?:reporting|writing|editing|compiled|edited|written|translated|text)\b[^()\n]{3,400}\)[\s.]*$",
    re.IGNORECASE,
)
_LONGEST = 3000
_PROSE = 120
_TWO_SENTENCES = 80
_TITLE_LIKE = 25
_NAVIGATION_RUN = 5
_TITLES_RUN = 3
_LONGEST_TITLE = 160
_FILES = ("patterns.yaml", "credits.yaml", "prompts.yaml")


class Rule(NamedTuple):
    """One pattern of furniture and what it does; the effects are explained in `patterns.yaml`."""

    rule_id: str
    effect: str
    longest: int
    pattern: re.Pattern[str]


class Block(NamedTuple):
    """A paragraph or line: its span, its words without markup, and the paragraph group that it stands in."""

    start: int
    end: int
    words: str
    group: int
    is_list: bool
    level: int

    @property
    def is_prose(self) -> bool:
        """Whether it reads like running text."""
        return len(self.words) >= _PROSE and _SENTENCE.search(self.words) is not None

    @property
    def is_told(self) -> bool:
        """Whether it ends like a sentence."""
        return self.words.endswith((".", "”", '"', "’", "!”", "?”"))


@cache
def body_rules() -> tuple[Rule, ...]:
    """Rules of the pattern files, in their order."""
    entries = [entry for name in _FILES for entry in yaml.safe_load(_read(name))]
    return tuple(
        Rule(
            entry["id"],
            entry["effect"],
            entry["longest"],
            re.compile(
                re.sub(r"<(agency|section|language)>", lambda match: _word_list(match[1]), entry["pattern"]),
                0 if entry.get("cased") else re.IGNORECASE,
            ),
        )
        for entry in entries
    )


def _read(name: str) -> str:
    """Text of one of the data files."""
    return (files("incidents") / "data" / "body" / name).read_text(encoding="utf-8")


@cache
def _word_list(name: str) -> str:
    """Words of one list of `lists.csv` as alternatives of a pattern, the longest first."""
    words = {row["text"] for row in csv.DictReader(_read("lists.csv").splitlines()) if row["list"] == name}
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def _biography_words() -> re.Pattern[str]:
    """Words that a note on the author has."""
    rows = csv.DictReader(_read("biography.csv").splitlines())
    return re.compile(rf"\b(?:{'|'.join(row['word'] for row in rows)})s?\b", re.IGNORECASE)


def match_rule(words: str) -> Rule | None:
    """First rule that a line falls under.

    Examples
    --------
    >>> match_rule("Leave a Reply").effect
    'comment_foot'
    >>> match_rule("Shots were heard near the crossing.") is None
    True
    """
    return next((rule for rule in body_rules() if len(words) <= rule.longest and rule.pattern.match(words)), None)


def find_body(text: str, *, start: int = 0, paragraphs: tuple[Span, ...] | None = None) -> tuple[Span, ...]:
    r"""Find the article's own paragraphs.

    Parameters
    ----------
    text : str
        The file's text.
    start : int
        Where it begins, after the front matter.
    paragraphs : tuple of Span, optional
        The paragraphs of a web page, where an extractor has found them already.

    Returns
    -------
    tuple of Span
        In text order, without overlaps.

    Examples
    --------
    >>> text = "Shots near Bihać\n\nTwo guards were hurt.\n\nLeave a Reply\n\nShame on them all!"
    >>> [text[span.start : span.end] for span in find_body(text)]
    ['Shots near Bihać', 'Two guards were hurt.']
    """
    blocks = _blocks(text, start) if paragraphs is None else _given_blocks(text, paragraphs)
    rules = [match_rule(block.words) for block in blocks]
    out = _furniture(blocks, rules) | _head(blocks, rules) | _sections(blocks, rules)
    out |= _comments(blocks, rules)
    out |= _foot(text, blocks, rules)
    out |= _author_boxes(blocks, rules, out)
    kept = [block for number, block in enumerate(blocks) if number not in out]
    return tuple(span for block in kept if (span := _without_credit(text, block)) is not None)


def _given_blocks(text: str, paragraphs: tuple[Span, ...]) -> list[Block]:
    """Make blocks of given paragraphs."""
    words = [blank_markup(text[span.start : span.end]) for span in paragraphs]
    return [Block(*span, " ".join(words[i].split()), i, is_list=False, level=0) for i, span in enumerate(paragraphs)]


def _blocks(text: str, start: int) -> list[Block]:
    """Cut a text into paragraphs; one that is no wrapped paragraph is cut into its lines."""
    blocks: list[Block] = []
    for number, match in enumerate(_GROUP.finditer(text, start)):
        is_list = _LIST_ITEM.match(match[0]) is not None
        lines = [match[0]] if _is_wrapped(match[0]) else match[0].split("\n")
        position = match.start()
        for line in lines:
            stripped = line.strip().lstrip("\ufeff").strip()
            if stripped:
                begin = position + line.index(stripped[0])
                blocks.append(Block(begin, begin + len(stripped), _words(line), number, is_list, _level(line)))
            position += len(line) + 1
    return blocks


def _is_wrapped(group: str) -> bool:
    """Whether line breaks only fold the text: lines are long and open, and many go on in lower case."""
    lines = group.strip().split("\n")
    if len(lines) == 1:
        return True
    folded = sum(len(line) >= 50 and not _SENTENCE.search(line.rstrip()[-4:]) for line in lines[:-1])
    going_on = sum(line.strip()[:1].islower() for line in lines[1:])
    return max(map(len, lines)) <= 130 and folded >= 0.6 * (len(lines) - 1) and going_on >= 0.3 * (len(lines) - 1)


def _words(line: str) -> str:
    """Words of a line without markup at its ends."""
    seen = line if len(line) <= _LONGEST else f"{line[: _LONGEST - 100]} {line[-100:]}"
    return " ".join(seen.strip(_MARKS).split())


def _level(line: str) -> int:
    """Level of a heading, 0 for none."""
    match = _HEADING.match(line)
    return len(match[1] or match[2]) if match else 0


def _furniture(blocks: list[Block], rules: list[Rule | None]) -> set[int]:
    """Lines that are dropped by themselves, and link lists with what hangs on them."""
    out: set[int] = set()
    in_links = False
    told = _first_told(blocks)
    for number, rule in enumerate(rules):
        effect = rule.effect if rule is not None else ""
        in_links = (in_links and not _goes_on(blocks, number)) or (effect == "links" and number > told)
        is_placed = (effect == "head" and number < told) or (effect in ("after", "foot", "end") and number > told)
        if in_links or effect == "drop" or is_placed:
            out.add(number)
    return out


def _goes_on(blocks: list[Block], number: int) -> bool:
    """Whether the text goes on here after a list of links: with running text, or with two sentences in a row."""
    here, after = blocks[number], blocks[min(number + 1, len(blocks) - 1)]
    return here.is_prose or (here.is_told and after.is_told and len(here.words) + len(after.words) >= _TWO_SENTENCES)


def _foot(text: str, blocks: list[Block], rules: list[Rule | None]) -> set[int]:
    """Find what follows the end of the story: below a line that closes it, or titles in a row that end no sentence."""
    told_below = [0]
    for block in reversed(blocks):
        told_below.append(told_below[-1] + block.is_told)
    told_below.reverse()
    for number in range(_first_told(blocks) + 1, len(blocks)):
        effect = rule.effect if (rule := rules[number]) is not None else ""
        is_foot = effect == "foot" and 3 * told_below[number + 1] < len(blocks) - number
        if is_foot or (effect == "end" and 2 * blocks[number].start > blocks[-1].end):
            return set(range(number, len(blocks)))
    return _titles(text, blocks)


def _titles(text: str, blocks: list[Block]) -> set[int]:
    """Find the titles and topics that stand in a row below the last sentence."""
    last = next((number for number in range(len(blocks) - 1, -1, -1) if blocks[number].is_told), len(blocks))
    tail = range(last + 1, len(blocks))
    is_row = len(tail) >= _TITLES_RUN and 2 * len(tail) < len(blocks) + _TITLES_RUN
    return set(tail) if is_row and all(_is_title(text, blocks[number]) for number in tail) else set()


def _is_title(text: str, block: Block) -> bool:
    """Whether a line reads like the title of another story or the name of a topic, and is no item of a list."""
    is_item = re.match(r"[-*•·–—]|\d{1,3}[.)]", text[block.start : block.start + 4]) and "](" not in block.words
    return len(block.words) <= _LONGEST_TITLE and not is_item and not block.words.endswith((":", ";", ","))


def _head(blocks: list[Block], rules: list[Rule | None]) -> set[int]:
    """Letterhead, contact lines and menus before the first running text."""
    first = next((number for number, block in enumerate(blocks) if block.is_prose), len(blocks))
    contacts = [number for number in range(first) if (rule := rules[number]) is not None and rule.effect == "contact"]
    out = set(contacts)
    out |= {number for number in range(first) if _is_repeated(blocks[number].words)}
    if contacts:
        out |= {
            number
            for number in range(contacts[-1])
            if not _SENTENCE.search(blocks[number].words) and contacts[-1] - number <= 3
        }
    run: list[int] = []
    for number in range(first + 1):
        if number < first and len(blocks[number].words) <= _TITLE_LIKE and not _SENTENCE.search(blocks[number].words):
            run.append(number)
        else:
            out |= set(run) if len(run) >= _NAVIGATION_RUN else set()
            run = []
    return out | {
        n
        for n, rule in enumerate(rules)
        if rule is not None and rule.effect == "contact" and len(blocks[n].words) < _PROSE
    }


def _is_repeated(words: str) -> bool:
    """Whether a line says one thing several times without a break, as alternative texts of a logo do."""
    return re.fullmatch(r"(.{10,80}?)\1{1,5}", words) is not None


def _sections(blocks: list[Block], rules: list[Rule | None]) -> set[int]:
    """Sections of sources or closing words: down to the next heading of their level, or to the end."""
    out: set[int] = set()
    told = _first_told(blocks)
    for number, rule in enumerate(rules):
        if rule is None or rule.effect != "section" or number <= told or number in out:
            continue
        level = blocks[number].level
        follows = range(number + 1, len(blocks))
        stop = next((n for n in follows if 0 < blocks[n].level <= level), len(blocks)) if level else len(blocks)
        if level or number >= 0.5 * len(blocks):
            out |= set(range(number, stop))
    return out


def _first_told(blocks: list[Block]) -> int:
    """Find the first block that ends like a sentence: furniture that follows an article cannot stand before it."""
    return next((number for number, block in enumerate(blocks) if block.is_told), len(blocks))


def _comments(blocks: list[Block], rules: list[Rule | None]) -> set[int]:
    """Comment threads: everything below their head, and the indented or numbered posts above their foot."""
    effects = [rule.effect if rule is not None else "" for rule in rules]
    told = _first_told(blocks)
    heads = [n for n, rule in enumerate(rules) if rule and n > told and _heads_comments(rule, blocks[n - 1])]
    feet = [n for n, effect in enumerate(effects) if effect == "comment_foot" and n > told]
    if not heads and not feet:
        return set()
    first = min(heads + feet)
    while first in feet and first and blocks[first - 1].is_list:
        first, feet = first - 1, [first - 1]
    if first in heads and blocks[first - 1].words.endswith(" says:"):
        first -= 1
    return set(range(first, len(blocks)))


def _heads_comments(rule: Rule, above: Block) -> bool:
    """Whether comments begin here; a bare time only below a name, for bulletins have times above their entries."""
    is_name = len(above.words) <= _PROSE // 3 and not above.is_told
    return rule.effect == "comment_head" and (rule.rule_id != "comment_time" or is_name)


def _author_boxes(blocks: list[Block], rules: list[Rule | None], out: set[int]) -> set[int]:
    """Find notes on the author: after their own name, above "view all posts", below "about the author", or at the very end."""
    found: set[int] = set()
    told = _first_told(blocks)
    for number, block in enumerate(blocks):
        rule = rules[number]
        if rule is not None and rule.effect in ("author_head", "author_foot"):
            found.add(number)
        if _is_biography(block.words) and (named := _named_above(blocks, number)):
            found |= {number, *named}
        headed = number and (above := rules[number - 1]) is not None and above.effect == "author_head"
        if headed and _NAME.match(block.words):
            found.add(number)
    for number in range(len(blocks) - 1, 0, -1):
        if number in out or number in found:
            continue
        if number <= told or not _is_biography(blocks[number].words) or _tells_past(blocks[number].words):
            break
        found.add(number)
    return found


def _named_above(blocks: list[Block], number: int) -> set[int]:
    """Lines right above a block that are nothing but the name it begins with."""
    name = _NAME.match(blocks[number].words)
    above: set[int] = set()
    while name and number and _same_name(blocks[number - 1].words, name):
        number -= 1
        above.add(number)
    return above


def _same_name(words: str, name: re.Match[str]) -> bool:
    """Whether a line is a name, with or without "By" and the article."""
    plain = re.sub(r"^(?:By|The) ", "", words)
    return plain in (name[0], name[1])


def _is_biography(words: str) -> bool:
    """Whether a paragraph tells who somebody is, and that they write or study for a living."""
    name = _NAME.match(words)
    if name is None or re.search(r"[“\"]|\b(?:said|told|warned)\b", words):
        return False
    verb = _BIOGRAPHY_VERB.match(words, name.end())
    return verb is not None and _biography_words().search(words, verb.end(), verb.end() + 160) is not None


def _tells_past(words: str) -> bool:
    """Whether a paragraph says who somebody was: the dead of a story, not its author."""
    name = _NAME.match(words)
    return name is not None and re.match(r"[\s,]*was\b", words[name.end() :]) is not None


def _without_credit(text: str, block: Block) -> Span | None:
    """Cut "(Reporting by ...; editing by ...)" off a paragraph's end."""
    credit = _CREDIT_TAIL.search(text, max(block.start, block.end - 450), block.end)
    end = len(text[block.start : credit.start()].rstrip()) + block.start if credit else block.end
    return Span(block.start, end) if end > block.start else None
