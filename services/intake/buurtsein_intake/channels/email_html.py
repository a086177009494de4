"""The words of an HTML e-mail, as lines; pure."""

from typing import Final

from selectolax.lexbor import LexborHTMLParser

_TAGS: Final = 6000
"""Tags that are read: a browser's parser takes a time that grows with the square of how deep they are nested."""

_BREAK: Final = "\ue000"
_INVISIBLE: Final = ["head", "style", "script", "title", "template", "noscript", "iframe", "object", "svg", "textarea"]
_QUOTED: Final = "blockquote, .gmail_quote, .moz-cite-prefix, .yahoo_quoted, .protonmail_quote"
_BLOCKS: Final = "p, div, br, hr, li, tr, table, ul, ol, pre, h1, h2, h3, h4, h5, h6, section, article, header, footer"


def text_of_html(html: str) -> str:
    """Return what a reader of the page sees, a line for each block, with `>` in the place of what it quotes."""
    begin = "<".join(html.replace(_BREAK, " ").split("<", _TAGS)[:_TAGS])
    tree = LexborHTMLParser(begin)
    tree.strip_tags(_INVISIBLE)
    for quoted in tree.css(_QUOTED):
        quoted.replace_with(f"{_BREAK}>{_BREAK}")
    for block in tree.css(_BLOCKS):
        block.insert_before(_BREAK)
        block.insert_after(_BREAK)
    text = tree.body.text(deep=True) if tree.body else ""
    return "\n".join(" ".join(line.split()) for line in text.split(_BREAK))
