"""Character and inline level of the issue preparation.

Python twin of ``src/triage/issue-text.ts``: both must give the same bytes for
the same input, so every character class is spelled out and lengths count
UTF-16 units. Change one, change the other, and raise PREPARATION_VERSION.
"""

import re

# Dropped without a trace: controls, soft hyphen, zero-width, bidi, variation selectors.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\uffff]"
)
_LINE_BREAK = re.compile("\r\n|[\r\u000b\u000c\u0085\u2028\u2029]")
_WIDE_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SURROGATE = re.compile("[\ud800-\udfff\U00010000-\U0010ffff]")
_TAG_NAMES = (
    "a|abbr|b|blockquote|br|center|code|dd|del|details|div|dl|dt|em|font|h1|h2|h3|h4|h5|h6|hr|i|"
    "ins|kbd|li|mark|ol|p|picture|pre|s|samp|small|source|span|strike|strong|sub|summary|sup|"
    "table|tbody|td|th|thead|tr|tt|u|ul|var|video"
)
_HTML_IMAGE = re.compile("<[iI][mM][gG](?:[ /][^<>\n]*)?>")
_HTML_TAG = re.compile("</?(?:" + _TAG_NAMES + "|" + _TAG_NAMES.upper() + ")(?:[ /][^<>\n]*)?>")
_BREAKING_TAG = re.compile("<(?:br|BR|hr|HR|td|TD|th|TH|li|LI|p|P)[ />]")
_IMAGE = re.compile(r"!\[[^\]\[\n]*\]\([^()\n]*\)")
_LINK = re.compile(r"\[([^\]\[\n]*)\]\([^()\n]*\)")
_URL = re.compile("https?://(?:www[.])?([^ \n/<>()\\]\"'`?#]*)[^ \n<>()\\]\"'`]*")
_MARKS = re.compile("[*]{2,}|_{2,}|~~|`+")
_HEX = re.compile("0x[0-9a-fA-F]{4,}|[0-9a-fA-F]{16,}")
_LONG_TOKEN = re.compile("([!-~]{32})[!-~]{17,}")
_PUNCTUATION_RUN = re.compile("([!-/:-@\\[-`{-~])\\1{3,}")
_LETTER_RUN = re.compile("([^ \n])\\1{7,}")
# A user must not be able to write the tokenizer's special tokens.
_MODEL_TOKEN = re.compile(r"\[+(CLS|SEP|PAD|UNK|MASK)\]+")
_SPACES = re.compile(" {2,}")
_UPPER = re.compile("[A-Z]+")


def ascii_lower(text: str) -> str:
    """Lower-case A-Z only; Unicode folding differs between languages."""
    return _UPPER.sub(lambda match: match.group(0).lower(), text)


def cap_units(raw: str, limit: int) -> str:
    """The first ``limit`` UTF-16 units, as ``String.prototype.slice`` gives them."""
    units = raw[:limit].encode("utf-16-le", "surrogatepass")[: 2 * limit]
    return units.decode("utf-16-le", "surrogatepass")


def clean_characters(raw: str, limit: int) -> str:
    """Cap, normalise line breaks and spaces, drop invisible characters.

    Characters beyond U+FFFF (emoji, lone surrogates) become a space: the
    vocabulary does not hold them, and without them both languages count alike.
    """
    text = _LINE_BREAK.sub("\n", cap_units(raw, limit))
    text = _SURROGATE.sub(" ", text)
    text = _INVISIBLE.sub("", text)
    return _WIDE_SPACE.sub(" ", text.replace("\t", "    "))


def drop_comments(text: str) -> str:
    """Remove HTML comments; of an unclosed one only the marker goes."""
    kept = []
    position = 0
    while True:
        start = text.find("<!--", position)
        end = text.find("-->", start + 4) if start >= 0 else -1
        if end < 0:
            break
        kept.append(text[position:start])
        position = end + 3
    return "".join(kept) + text[position:].replace("<!--", "")


def decode_entities(text: str) -> str:
    """The handful of entities people write by hand."""
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text


def squeeze(text: str) -> str:
    """Shorten what costs many tokens and says little: hashes, long tokens, runs."""
    text = _HEX.sub("hex", text)
    text = _LONG_TOKEN.sub("\\1", text)
    text = _PUNCTUATION_RUN.sub("\\1", text)
    text = _LETTER_RUN.sub("\\1\\1\\1", text)
    text = _MODEL_TOKEN.sub("\\1", text)
    return _SPACES.sub(" ", text).strip(" ")


def strip_inline(line: str) -> str:
    """One line of Markdown to prose: images, links, tags and emphasis away."""
    text = _HTML_IMAGE.sub(" image ", line)
    text = _BREAKING_TAG.sub(lambda match: " " + match.group(0), text)
    text = _HTML_TAG.sub("", text)
    text = _IMAGE.sub(" image ", text)
    text = _LINK.sub("\\1", text)
    text = _URL.sub("\\1", text)
    text = _MARKS.sub("", text)
    return squeeze(decode_entities(text))


def cut_at_space(text: str, limit: int) -> str:
    """At most ``limit`` units, cut at a space where one is near the end."""
    if len(text) <= limit:
        return text
    space = text.rfind(" ", 0, limit + 1)
    return text[: space if space * 2 > limit else limit].strip(" ")
