"""Issue to model input: the telling parts first, bounded, the same in both languages.

Python twin of ``src/triage/prepare-issue.ts``. The golden file
``test/golden/prepare-issue.json`` holds both to the same bytes.
"""

from .issue_text import clean_characters, cut_at_space, drop_comments, strip_inline
from .markdown_blocks import ENVIRONMENT, PROSE, SNIPPET, Section, parse_sections

PREPARATION_VERSION = 1

TITLE_READ = 1000
BODY_READ = 20000
TITLE_CHARACTERS = 200
BODY_CHARACTERS = 1000
ENVIRONMENT_CHARACTERS = 120
MAX_SECTIONS = 20
PROSE_WEIGHT = 4
SNIPPET_WEIGHT = 1


def share_budget(lengths: list[int], weights: list[int], budget: int) -> list[int]:
    """Water-filling: short pieces whole, long ones an equal (weighted) share."""
    shares = [0] * len(lengths)
    waiting = list(range(len(lengths)))
    left = budget
    while waiting:
        total = sum(weights[i] for i in waiting)
        fitting = [i for i in waiting if lengths[i] * total <= left * weights[i]]
        if not fitting:
            for i in waiting:
                shares[i] = left * weights[i] // total
            return shares
        waiting = [i for i in waiting if lengths[i] * total > left * weights[i]]
        for i in fitting:
            shares[i] = lengths[i]
            left -= lengths[i]
    return shares


def _with_heading(section: Section) -> list[tuple[str, str]]:
    """The section's lines, its heading as the first; environment fields on one line."""
    heading = section.heading
    if heading == "":
        return section.lines
    label = heading if heading[-1] in ".:?!" else heading + ":"
    if section.lines and all(kind == ENVIRONMENT for kind, _ in section.lines):
        return [(ENVIRONMENT, " ".join([label, *(text for _, text in section.lines)]))]
    return [(PROSE, label), *section.lines]


def _is_telling(sections: list[Section], index: int) -> bool:
    """A section with content, or a heading over deeper ones ("Bug report")."""
    section = sections[index]
    if section.lines:
        return True
    following = sections[index + 1] if index + 1 < len(sections) else None
    return section.heading != "" and following is not None and following.level > section.level


def _keep_environment(sections: list[list[tuple[str, str]]]) -> tuple[list[list[tuple[str, str]]], int]:
    """Environment fields in order while they fit their own small budget."""
    used = 0
    kept = []
    for lines in sections:
        fitting = []
        for kind, text in lines:
            if kind == ENVIRONMENT:
                if used + len(text) + 1 > ENVIRONMENT_CHARACTERS:
                    continue
                used += len(text) + 1
            fitting.append((kind, text))
        kept.append(fitting)
    return kept, used


def _length_of(lines: list[tuple[str, str]], wanted: str) -> int:
    """Characters one kind of line takes, line breaks included."""
    return sum(len(text) + 1 for kind, text in lines if kind == wanted)


def _fill(lines: list[tuple[str, str]], prose: int, snippet: int) -> list[str]:
    """Lines in document order, each kind cut off where its share ends."""
    left = {PROSE: prose, SNIPPET: snippet, ENVIRONMENT: ENVIRONMENT_CHARACTERS}
    filled = []
    for kind, text in lines:
        cut = cut_at_space(text, max(0, left[kind] - 1))
        left[kind] -= len(text) + 1
        if cut != "":
            filled.append(cut)
    return filled


def prepare_body(body: str) -> str:
    """The issue body as prose lines within the body budget."""
    parsed = parse_sections(drop_comments(clean_characters(body, BODY_READ)))
    telling = [section for index, section in enumerate(parsed) if _is_telling(parsed, index)]
    sections, used = _keep_environment([_with_heading(section) for section in telling[:MAX_SECTIONS]])
    lengths = []
    weights = []
    for lines in sections:
        lengths.extend([_length_of(lines, PROSE), _length_of(lines, SNIPPET)])
        weights.extend([PROSE_WEIGHT, SNIPPET_WEIGHT])
    shares = share_budget(lengths, weights, BODY_CHARACTERS - used)
    filled = []
    for index, lines in enumerate(sections):
        filled.extend(_fill(lines, shares[2 * index], shares[2 * index + 1]))
    return "\n".join(filled)


def _single_line(title: str) -> str:
    """The title as one clean line."""
    line = strip_inline(clean_characters(title, TITLE_READ).replace("\n", " "))
    return cut_at_space(line, TITLE_CHARACTERS)


def prepare_issue(title: str, body: str | None) -> str:
    """The text the encoder reads: ``title |`` and the body under it."""
    first = _single_line(title)
    text = prepare_body(body or "")
    if text == "":
        return first
    return text if first == "" else first + " |\n" + text
