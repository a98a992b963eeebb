"""Issue Markdown to sections of classified lines.

Python twin of ``src/triage/markdown-blocks.ts``; see ``issue_text`` for the
rules that keep the two alike.
"""

import re
from dataclasses import dataclass, field

from .issue_text import ascii_lower, cut_at_space, squeeze, strip_inline

# A line's kind decides its share of the budget: prose > snippet > environment.
PROSE, SNIPPET, ENVIRONMENT = "prose", "snippet", "environment"

SNIPPET_LINE_CHARACTERS = 100
CHECKED_ITEM_CHARACTERS = 80
REPEATED_LINE_CHARACTERS = 12
BOLD_HEADING_LEVEL = 7

_FENCE = re.compile("^[ >]*(`{3,}|~{3,}) *([^`]*)$")
_HEADING = re.compile("^ {0,3}(#{1,6}) +([^ ].*)$")
_TIGHT_HEADING = re.compile("^ {0,3}(#{2,6})([A-Za-z].*)$")
_FORM_HEADING = re.compile("^#{2,4} [A-Z]")
_RULE = re.compile("^ *(?:[-=_*] *){3,}$")
_TABLE_RULE = re.compile("^[ |:-]+$")
_CHECKBOX = re.compile("^ *(?:(?:[-*+]|[0-9]+[.]) +)?\\[([ xX])\\](.*)$")
_QUOTE = re.compile("^ *>[> ]*")
_BULLET = re.compile("^ *[-*+] +")
_LOG_LINE = re.compile(
    "^ *(?:at [^ ]+ ?[(]|at [^ ]+:[0-9]+|in [A-Z][A-Za-z]+ [(]at |File \"|#[0-9]+ +0x|[$] |>>> |"
    "\\[?[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}|\\[?[0-9]{2}:[0-9]{2}:[0-9]{2}|"
    "diff --git |@@ |[+][+][+] |--- [ab]/)"
)
_CODE_SYMBOL = re.compile("[{}();=<>\\[\\]|&$_/\\\\]")
_CONTAINER_OPEN = re.compile("<(details|pre|table)[ >]")
_EMPTY_VALUE = re.compile("^[_*(]*(?:no response|n/?a|none|nope|nil|null|tbd|not applicable|[-.?]+)[_*).]*$")
_ENVIRONMENT_KEY = re.compile(
    "(?:version|^os$|operating system|platform|environment|compiler|cuda|gpu|bazel|browser|device|"
    "system info|python|node|architecture|commit|custom code|source|reproduced the bug|cpu)"
)
_ENVIRONMENT_LINE = re.compile(
    "^[ *+-]*(?:[a-z0-9./() -]{0,40} )?(?:version|versions|os|system|platform|compiler|browser|cuda|gpu|cpu|cpus|"
    "commit|electron|chrome|chromium|node.js|v8|memory[a-z() ]*|modes|sandboxed|python|cmake|date)[a-z ()/.]{0,30}:"
)
_BOILERPLATE = re.compile(
    "searched|existing issue|duplicate|code of conduct|i have read|i've read|i agree|i checked|i have checked|"
    "checked the|contributing|guidelines|faq|latest version|documentation"
)
_TELLING = re.compile(
    "error|exception|fail|fatal|panic|crash|abort|assert|segfault|segmentation|undefined|cannot|can't|"
    "warning|denied|not found|invalid|unexpected|unable"
)


@dataclass
class Section:
    """A heading (may be empty) and the classified lines under it."""

    level: int
    heading: str
    lines: list[tuple[str, str]] = field(default_factory=list)


def _heading_of(line: str) -> tuple[int, str] | None:
    """An ATX heading, or a line that is bold from end to end."""
    match = _HEADING.search(line) or _TIGHT_HEADING.search(line)
    if match:
        return len(match.group(1)), strip_inline(match.group(2).rstrip("# "))
    bold = line.strip(" ").rstrip(":")
    inner = bold[2:-2]
    if 5 <= len(bold) <= 124 and bold[:2] == "**" and bold[-2:] == "**" and "**" not in inner:
        return BOLD_HEADING_LEVEL, strip_inline(inner.replace("*", ""))
    return None


def _is_code_like(line: str) -> bool:
    """Log and stack-trace shapes, and indented lines dense in code symbols."""
    if _LOG_LINE.search(line):
        return True
    return line[:4] == "    " and len(_CODE_SYMBOL.findall(line)) * 8 > len(line.strip(" "))


def _checkbox_text(match: re.Match[str]) -> str:
    """A ticked item's text; nothing for an open one or for boilerplate."""
    text = strip_inline(match.group(2))
    if match.group(1) == " " or _BOILERPLATE.search(ascii_lower(text)):
        return ""
    return cut_at_space(text, CHECKED_ITEM_CHARACTERS)


def _prose_line(line: str) -> tuple[str, str]:
    """Classify and strip one line outside code; the text may come out empty."""
    checkbox = _CHECKBOX.search(line)
    if checkbox:
        return PROSE, _checkbox_text(checkbox)
    if _RULE.search(line):
        return PROSE, ""
    if _is_code_like(line):
        return SNIPPET, squeeze(line)
    text = strip_inline(_BULLET.sub("", _QUOTE.sub("", line)))
    lowered = ascii_lower(text)
    if _EMPTY_VALUE.search(lowered):
        return PROSE, ""
    return (ENVIRONMENT if _ENVIRONMENT_LINE.search(lowered) else PROSE), text


def _closes_fence(lines: list[str], index: int, fence: str) -> bool:
    """A closing fence, or an issue-form heading after a fence left open."""
    line = lines[index]
    match = _FENCE.search(line)
    if match and match.group(1)[0] == fence[0] and len(match.group(1)) >= len(fence):
        return True
    around = (lines[index - 1] if index > 0 else "") + (lines[index + 1] if index + 1 < len(lines) else "")
    return bool(_FORM_HEADING.search(line)) and around.strip(" ") == ""


def _is_table_rule(line: str) -> bool:
    """The line under a table's header."""
    return "|" in line and bool(_TABLE_RULE.search(line))


def _is_table_row(lines: list[str], index: int, in_table: bool) -> bool:
    """A row of a pipe table, with or without the outer pipes."""
    if "|" not in lines[index]:
        return False
    if in_table or lines[index].strip(" ")[:1] == "|":
        return True
    return index + 1 < len(lines) and _is_table_rule(lines[index + 1])


def parse_sections(text: str) -> list[Section]:
    """Split cleaned Markdown at its headings and classify every line."""
    lines = text.split("\n")
    sections = [Section(0, "")]
    fence = ""
    container = ""
    in_table = False
    for index, line in enumerate(lines):
        current = sections[-1].lines
        if fence:
            if not _closes_fence(lines, index, fence):
                current.append((SNIPPET, squeeze(line)))
                continue
            match = _FENCE.search(line)
            # A fence that names a language opens the next block.
            fence = match.group(1) if match and match.group(2).strip(" ") else ""
            if match:
                current.append((PROSE, ""))
                continue
        opening = _FENCE.search(line)
        if opening:
            fence = opening.group(1)
            continue
        lowered = ascii_lower(line)
        if not container:
            opened = _CONTAINER_OPEN.search(lowered)
            container = opened.group(1) if opened else ""
        if container:
            current.append((SNIPPET, strip_inline(line)))
            if "</" + container in lowered:
                container = ""
            continue
        in_table = _is_table_row(lines, index, in_table)
        if in_table:
            row = "" if _is_table_rule(line) else squeeze(strip_inline(line).replace("|", " "))
            current.append((SNIPPET, row))
            continue
        heading = _heading_of(line)
        if heading:
            sections.append(Section(heading[0], heading[1]))
        else:
            current.append(_prose_line(line))
    seen: set[str] = set()
    return [_settle(section, seen) for section in sections]


def _telling_lines(block: list[str]) -> list[str]:
    """First and last line that report trouble; else the first two lines."""
    telling = [line for line in block if _TELLING.search(ascii_lower(line))]
    if not telling:
        chosen = block[:2]
    else:
        chosen = telling[:1] if telling[0] == telling[-1] else [telling[0], telling[-1]]
    return [cut_at_space(line, SNIPPET_LINE_CHARACTERS) for line in chosen]


def _settle(section: Section, seen: set[str]) -> Section:
    """Shorten snippets, drop blanks and lines seen before, route environment fields."""
    settled: list[tuple[str, str]] = []
    block: list[str] = []
    for kind, text in [*section.lines, (PROSE, "")]:
        if kind == SNIPPET:
            if text:
                block.append(text)
            continue
        settled.extend((SNIPPET, line) for line in _telling_lines(block))
        block = []
        if text and not (len(text) >= REPEATED_LINE_CHARACTERS and text in seen):
            seen.add(text)
            settled.append((kind, text))
    length = sum(len(text) for _, text in settled)
    if section.heading and length <= 120 and _ENVIRONMENT_KEY.search(ascii_lower(section.heading)):
        settled = [(ENVIRONMENT, text) for _, text in settled]
    return Section(section.level, section.heading, settled)
