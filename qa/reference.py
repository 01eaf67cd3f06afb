"""A citation as a reference that can stand in a letter: issuer, title, date, place."""

from __future__ import annotations

from wenju.qa.answer import Answer, Citation


def reference(citation: Citation) -> str:
    """``《title》（issuer，date）heading，p. 3, characters 812–833 of press.txt``, in one line.

    Of a statute it is the way that statutes are cited, 勞動基準法第24條第1項（2024-07-31）. What the
    document does not say is left out. The characters are those of the source text.
    """
    start, end = (citation.source_highlight or ((citation.start, citation.end),))[0]
    about = "，".join(part for part in (citation.issuer, citation.date) if part)
    heading = () if citation.reference else citation.headings[-1:]
    place = [*heading, f"p. {citation.page}" if citation.page is not None else ""]
    parts = [
        (citation.reference or f"《{citation.title}》") + (f"（{about}）" if about else ""),
        *(part for part in place if part),
        f"{citation.source}:{start}–{end}",
    ]
    return "，".join(parts)


def with_reference(answer: Answer) -> str:
    """The answer in quotation marks and, a line to each, the references of all its citations.

    An answer in several parts is quoted part by part. Empty where nothing was answered.
    """
    if not answer.answered:
        return ""
    said = [item.text for item in answer.items] or [answer.answer]
    quoted = "".join(f"「{part}」" for part in said)
    return "\n".join([quoted, *(reference(citation) for citation in answer.citations)])
