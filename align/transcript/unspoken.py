"""What a transcript has beside speech: headers, trailers, contents, cast lists, notes of services."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from statistics import median

from align.pronounce.tokens import token_spans
from align.transcript.lines import CAST, CONTENTS, HEADER, HEADING, NOTE, TRAILER, Line
from align.transcript.plain import display_width
from align.transcript.speaker_names import NAME, PERSON, is_role, name_quality, tidy_name

_SYSTEM = re.compile(
    r".{0,60}\b(?:started|stopped|has started|has stopped) (?:the )?(?:transcription"
    r"|recording)\b.{0,20}"
    r"|.{0,40}(?:开始|停止|结束)(?:了)?(?:转写|录制|录音)\s*"
    r"|(?:this )?(?:editable )?(?:transcript|transcription) (?:was|is) (?:computer|auto\w*"
    r"|machine|ai)[ -]?generated.*"
    r"|meeting ended (?:after|at) .*|transcription (?:started|ended|stopped).*|recording"
    r" (?:started|ended|stopped).*"
    r"|\[?(?:end|beginning|start) of (?:transcript\w*|recording|audio|tape|interview|meeting"
    r"|side)\b.{0,40}",
    re.IGNORECASE,
)
_DATA = re.compile(r"_[a-z]+\s?:(?=\s|$)")
"""A line for programs, such as _page : 77."""
_TRAILER = re.compile(
    r"(?:transcribed|transcript(?:ion)? (?:provided|generated|created|produced|made)"
    r"|subtitles?|captions?|captioned|powered|generated|created)"
    r" (?:by|with|using|from)\b.*|.*\bamara\.org\b.*|.*\botter\.ai\b.*|.*\brev\.com\b.*"
    r"|.*\btrint\b.*"
    r"|(?:本文|本稿|本文稿|文字稿?|以上内容|本记录|本纪要|转写|转录).{0,8}(?:由|来自).{0,24}(?:转写"
    r"|生成|整理|听写|提供|识别).{0,20}"
    r"|字幕(?:由|制作|志愿者|提供|翻译|：|:).{0,40}|(?:翻译|校对|时间轴|后期|听译|压制|整理|记录人"
    r"|速记|編輯|校對)[：:].{0,40}"
    r"|[\[（(【*—\-\s]+(?:完|结束|end|fin)[\]）)】*—\-\s.。]+"
    r"|[\[（(【*—\-\s]*(?:全文完|the end|end of (?:transcript|file|recording)"
    r"|transcript ends)[\]）)】*—\-\s.。]*"
    r"|(?:©|copyright\b|all rights reserved).*|this (?:transcript|is a rush transcript"
    r"|file).*(?:generated|accurate|final form|errors|updated).*"
    r"|(?:关注|扫码|订阅).{0,20}(?:公众号|二维码).{0,20}",
    re.IGNORECASE,
)
_ENDS_ALL = re.compile(
    r"[\[（(【*—\-\s]*(?:end of (?:transcript|file)|transcript ends|全文完)[\]）)】*—\-\s.。]*", re.IGNORECASE
)
_LAST_LINES = 8
_LAST_SECTION = 0.3
"""Share of the lines that a last section, such as one of references, may have."""
_LONGEST_HEADER, _LONGEST_TITLE = 12, 80
"""Lines, and characters."""
_TALK = 0.3
"""Length of the lines above the first label, as a share of all, above which they are no header but a talk."""
_BODY = 0.7
"""Share of the lines that must be sentences for lines above them that are none to be titles."""
_FIELD_IN_HAN = (
    "节目名称|节目|标题|主题|题目|会议主题|会议名称|会议时间|会议地点|录制时间|录音时间|发布时间|"
    "更新时间|播出时间|开始时间|结束时间|时间|日期"
    "|时长|地点|文件名|来源|链接|原视频|视频|音频|作者|整理|记录人|校对|关键词|关键字|摘要|简介|"
    "语言|期数|会议号|会议ID|会议 ID|录音|创建时间|原文链接|标签|栏目"
    "|節目名稱|標題|主題|日期時間|時間|會議主題|會議時間|錄音時間|時長|地點|來源|連結|關鍵詞|關鍵字|摘要"
)
_FIELD_IN_LATIN = (
    "title|date|time|duration|length|location|place|venue|subject|topic|source|url|link|file"
    "|filename|file name|recorded|recorded on|published"
    "|episode|show|series|speaker count|audio|video|keywords|summary keywords|language"
    "|transcribed by|transcriber|edited by|project|client"
    "|case no|case number|interview date|interview number|meeting id|meeting title|host url"
    "|tags|categories|category|author|media|created|words"
    "|word count|kind|channel|uploaded|views|description|transcript by|transcript_by|speaker"
    " notes|organizer|meeting name|start time|end time|version"
)
_FIELD = re.compile(
    rf"[\s*_#>•-]*(?:{_FIELD_IN_HAN}|{_FIELD_IN_LATIN})[*_]{{0,2}}\s*[:：][*_\s]*(?P<value>.*)", re.IGNORECASE
)
_CAST_KEY = re.compile(
    r"[\s*_#>•【\[-]*(?:本期|本集|与会|參會|参会|出席|列席|对谈|對談|访谈)?(?P<key>主持人|主持|主播"
    r"|嘉宾|嘉賓|参会人员?|参会者|参与者|参与人员?"
    r"|与会者|与会人员|出席人员?|出席者"
    r"|发言人|發言人|說話人|说话人|人员|人物|采访者|受访者|采访人|受访人|讲者|講者|讲师|主讲人?"
    r"|特邀嘉宾|对谈人|參與者|與會者|成员|主讲嘉宾|演讲者"
    r"|speakers?|participants?|attendees?|present|hosts?|guests?|host\(s\)|guest\(s\)"
    r"|moderators?|interviewers?|interviewees?|panelists?|panellists?"
    r"|in attendance|cast|hosted by|featuring|with|people|members?"
    r"|invitees)[*_]{0,2}\s*(?:(?:[】\]]\s*[:：]?|[:：])[*_\s]*(?P<value>.*)|$)",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\s*[，,：:|｜]|\s+[-–—]|——|\s{2,}|(?<=[\u4e00-\u9fff])\s|\s(?=[\u4e00-\u9fff])")
"""What parts a name in a cast list from what is said about the person."""
_SEPARATORS = re.compile(r"\s*(?:[、，,;；/|&]|\band\b|(?<=[\u4e00-\u9fff])[和与及]|\s{2,})\s*")
_CONTENTS = re.compile(
    r"[\s*_#【\[]*(?:目录|目錄|章节|章節|章节速览|本期目录|时间轴|時間軸|时间戳|内容提要|本期内容"
    r"|本期看点|大纲|提纲|shownotes?|show"
    r" notes|chapters?|contents"
    r"|table of contents|timestamps?|time ?stamps?|outline|timeline|topics(?: discussed|"
    r" covered)?|in this episode|agenda|议程|议题)[】\]*_]*\s*[:：]?\s*",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"[\s*_#【\[]*(?:summary keywords|summary|keywords|关键词|关键字|關鍵詞|摘要|全文概要|全文摘要"
    r"|全文总结|智能摘要|会议摘要"
    r"|会议总结|内容摘要|发言总结|发言人总结|要点回顾|待办事项|待办"
    r"|思维导图|导读|简介|overview|action items|key takeaways|takeaways|highlights|notes|meeting notes"
    r"|description|about|introduction|links"
    r"|resources|references|sponsors?|speaker bios?)[】\]*_]*\s*[:：]?\s*",
    re.IGNORECASE,
)
_MARKER = re.compile(
    r"[\s*_#【\[=—-]*(?:(?:full|complete|episode|interview|meeting|video|podcast|edited|cleaned"
    r"|raw|auto\w*|the|verbatim)[ -]*){0,2}transcript(?:ion)?[】\]*_=—-]*\s*[:：]?\s*"
    r"|[\s*_#【\[=—-]*(?:文字记录|文字記錄|会议文字记录|转写内容|转写结果|转录内容|转写原文"
    r"|转写文本|语音转文字|逐字稿|文字稿|文字实录|实录|正文|原文"
    r"|全文|完整文字稿|对话原文|发言记录|正文内容|文稿)"
    r"[】\]*_=—-]*\s*[:：]?\s*",
    re.IGNORECASE,
)
_META = re.compile(
    r"[\s*_#(（\[]*(?:https?://\S+|www\.\S+|\S+@\S+\.\S+"
    r"|(?:[^\W\d_]{3,12},?\s+)?(?:[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?"
    r"|\d{1,2}(?:st|nd|rd|th|\.)?\s+(?:de\s+)?[^\W\d_]{3,12}\.?),?\s+(?:de\s+)?(?:19|20)\d\d\b[^.!?]{0,40}"
    r"|\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?.{0,40}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}.{0,30}"
    r"|(?:\d{1,2}\s?(?:小时|小時|hours?|hrs?|h)\s?)?\d{1,3}\s?(?:分钟|分鐘|分|minutes?|mins?"
    r"|m)\s?(?:\d{1,2}\s?(?:秒|seconds?|secs?|s))?"
    r"|page \d+(?: of \d+)?|第?\s?\d+\s?页|\d{1,2}:\d{2}(?::\d{2})?\s?[AP]M.{0,40})[\s*_)）\].。]*",
    re.IGNORECASE,
)
_ADDRESSES = re.compile(r"<?\b(?:https?|ftp)://\S+")
_SOURCE = re.compile(r"https?://|www\.|\((?:(?:19|20)\d\d[a-z]?|n\.d\.)\)")
"""What a line of a list of references has: an address, or the year of a publication."""
_WORD = re.compile(r"\w+")
_TITLE_WORDS = 4
"""Words, at least, of a title that is known by the header above it."""
_MANY_PEOPLE = 3
"""Names on a line, with nothing else, that list who takes part."""
_JOINING = 2
"""Words beside each address of a line of addresses, such as: and, see."""
_SENTENCE = re.compile(r"[。！？.!?…][\"'”’」』）)*_\s]*$")


def system_notes(lines: Sequence[Line]) -> dict[int, str]:
    """Lines that a meeting service wrote about itself."""
    return {
        index: NOTE
        for index, line in enumerate(lines)
        if _SYSTEM.fullmatch(line.text.strip(" *_")) or _DATA.match(line.text)
    }


def cast_of(line: Line, names: Collection[str]) -> tuple[str, ...]:
    """The people whom a line of a header names, such as 嘉宾：任洋（投资人）、Bruce; () for other lines.

    Args:
        names: case folded, of the labels that other lines begin with.
    """
    match = _CAST_KEY.fullmatch(line.text)
    if match is None or not match["value"]:
        return ()
    people = people_in(match["value"])
    if not people:
        return ()
    is_list = len(people) > 1 or not is_role(tidy_name(match["key"]))
    is_short = len(re.sub(r"[（(\[【].*", "", match["value"]).strip()) <= 16
    return people if is_list or people[0].casefold() in names or is_short else ()


def people_in(text: str) -> tuple[str, ...]:
    """The names in a list, () where it is none."""
    bare = re.sub(r"[（(\[【][^）)\]】]*[）)\]】]", "", text).strip(" .。*_")
    people = tuple(tidy_name(part) for part in _SEPARATORS.split(bare) if part.strip())
    good = [name for name in people if name_quality(name) >= NAME and not _SENTENCE.search(name)]
    return (
        tuple(dict.fromkeys(good))
        if people and len(good) == len(people) and any(name_quality(name) >= PERSON for name in good)
        else ()
    )


def _listed(text: str) -> tuple[str, ...]:
    """The people whom a line of a cast list names: all, or one with what is said about the person behind."""
    people = people_in(text)
    is_list = len(people) > 1 and all(name_quality(name) >= PERSON for name in people)
    return people if is_list else people_in(_ABOUT.split(text)[0]) or people


def _full_names(text: str) -> tuple[str, ...]:
    """The names in a list of full names alone, () for any other text."""
    people = people_in(text)
    is_full = all(name_quality(name) >= PERSON and (" " in name or not name.isascii()) for name in people)
    return people if is_full else ()


def is_cast_heading(text: str) -> bool:
    """Whether a line announces who takes part, in the lines below."""
    match = _CAST_KEY.fullmatch(text)
    if match is None or match["value"]:
        return False
    key = tidy_name(match["key"])
    is_bracketed = text.strip().endswith(("】", "]"))
    return is_bracketed or not is_role(key) or key.startswith(("参", "與", "与"))


def is_field(text: str) -> bool:
    """Whether it is a line such as 录制时间：2026年5月1日, or a date, a duration or an address alone."""
    bare = text.partition(":")[2] if "://" in text else ""
    return any(_META.fullmatch(each) for each in (text, bare.strip()) if each) or bool(_FIELD.fullmatch(text))


def before_speech(
    lines: Sequence[Line], indices: Sequence[int], sure: bool
) -> tuple[dict[int, str], tuple[str, ...]]:
    """Which of the lines above the first turn are not spoken and why, and the people whom they name.

    Args:
        indices: of those lines.
        sure: whether every line of speech has a label or a time, so that one without is none.
    """
    reasons: dict[int, str] = {}
    people: dict[str, None] = {}
    marker = max((index for index in indices if _MARKER.fullmatch(lines[index].text)), default=-1)
    if sum(map(is_sentence, (line.text for line in lines[:marker]))) > len(lines) / 2:
        marker = -1  # which stands below the talk
    above = median([display_width(lines[index].text) for index in indices] or [0])
    is_talk = above >= _TALK * median([display_width(line.text) for line in lines]) and (
        not sure or marker < 0
    )
    if len(indices) > max(_LONGEST_HEADER, (0 if is_talk else 0.2) * len(lines)) and (is_talk or not sure):
        return leading_fields(lines, indices), ()  # a talk, before the questions
    section = ""
    for index in indices:
        line = lines[index]
        text = line.text.strip()
        if _CONTENTS.fullmatch(text):
            section = CONTENTS
        elif is_cast_heading(text):
            section = CAST
        elif _SECTION.fullmatch(text) or _MARKER.fullmatch(text):
            section = HEADER
        elif section == CAST and (named := _listed(text)):
            people |= dict.fromkeys(named)
        elif (named := cast_of(line, ())) or len(named := _full_names(text)) >= _MANY_PEOPLE:
            people |= dict.fromkeys(named)
            reasons[index] = CAST
            continue
        elif section == CAST or is_sentence(text):
            section = section if section in (HEADER, CONTENTS) and sure else ""
        is_title = not _SENTENCE.search(text) and len(text) <= _LONGEST_TITLE
        known = section or index < marker or line.heading or is_field(text)
        if known or is_title or (sure and not is_sentence(text)):
            reasons[index] = HEADING if line.heading else section or HEADER
    return reasons, tuple(people)


def above_transcript(lines: Sequence[Line], indices: Sequence[int]) -> Sequence[int]:
    """The lines above a heading such as Full Transcript, behind which most of the text is."""
    place = max(
        (
            k
            for k, index in enumerate(indices)
            if lines[index].heading and _MARKER.fullmatch(lines[index].text)
        ),
        default=0,
    )
    sizes = [len(lines[index].text) for index in indices]
    return indices[:place] if sum(sizes[:place]) < sum(sizes[place:]) else ()


def says_header_again(line: Line, header: Sequence[str]) -> bool:
    """Whether a line has but words of the header above it, as a title that is repeated has."""
    words = {match for text in header for match in _WORD.findall(text.casefold())}
    here = _WORD.findall(line.text.casefold())
    return len(here) >= _TITLE_WORDS and words.issuperset(here)


def is_address(text: str) -> bool:
    """Whether a line is nothing but web addresses, with a few words that join them."""
    addresses = _ADDRESSES.findall(text)
    return bool(addresses) and len(token_spans(_ADDRESSES.sub(" ", text))) <= _JOINING * len(addresses)


def has_address(text: str) -> bool:
    """Whether a web address is in it."""
    return _ADDRESSES.search(text) is not None


def is_sentence(text: str) -> bool:
    """Whether it ends as a sentence does."""
    return _SENTENCE.search(text) is not None


def leading_fields(lines: Sequence[Line], indices: Sequence[int]) -> dict[int, str]:
    """The lines at the top of a text without labels that are no speech: fields, markers, contents."""
    marker = max(
        (k for k, index in enumerate(indices[:40]) if _MARKER.fullmatch(lines[index].text)), default=-1
    )
    if marker + 1 == len(indices):
        marker = -1
    talk = [k for k in indices if not lines[k].heading and not is_address(lines[k].text)]
    sentences = sum(is_sentence(lines[index].text) for index in talk)
    is_prose = bool(talk) and sentences >= _BODY * len(talk)
    reasons: dict[int, str] = {}
    titles = fields = 0
    for k, index in enumerate(indices):
        text = lines[index].text.strip()
        is_known = is_field(text) or _SECTION.fullmatch(text) is not None
        is_title = is_prose and len(text) <= _LONGEST_TITLE and not is_sentence(text)
        if k > marker and not lines[index].heading and not is_known and not is_title:
            if titles and not fields and marker < 0:
                return {}
            return reasons
        titles += is_title and not is_known
        fields += is_known
        reasons[index] = HEADING if lines[index].heading else HEADER
    return {}


def contents_below(lines: Sequence[Line], indices: Sequence[int]) -> dict[int, str]:
    """The entries of a table of contents: short lines below its heading, up to a heading or sentence."""
    reasons: dict[int, str] = {}
    inside = False
    for index in indices[: len(indices) // 2]:
        text = lines[index].text.strip()
        if _CONTENTS.fullmatch(text):
            inside = True
        elif inside and (lines[index].heading or is_sentence(text) or len(text) > 100):
            inside = False
        if inside:
            reasons[index] = CONTENTS
    return reasons


def after_speech(lines: Sequence[Line], indices: Sequence[int], labelled: Collection[int]) -> dict[int, str]:
    """Which of the last lines are not spoken: credits, references, and all below a transcript's end.

    Credits stand on the first subtitles too.

    Args:
        labelled: the lines with labels. In a text that has some, the last lines without one are not spoken
            from a web address on, if no sentence is among them.
    """
    last = max((k for k, index in enumerate(indices) if lines[index].heading), default=len(indices))
    section = indices[last + 1 :]
    sources = sum(_SOURCE.search(lines[index].text) is not None for index in section)
    is_list = last < len(indices) and _SECTION.fullmatch(lines[indices[last]].text) is not None
    is_list = is_list and len(section) < _LAST_SECTION * len(indices)
    reasons: dict[int, str] = dict.fromkeys(section if is_list or 2 * sources > len(section) else (), TRAILER)
    for index in reversed(indices):
        text = lines[index].text.strip(" *_>")
        if not _TRAILER.fullmatch(text) and not (_META.fullmatch(text) and "/" in text):
            break
        reasons[index] = TRAILER
    for index in indices[:_LAST_LINES] if lines[0].span is not None else ():
        if _TRAILER.fullmatch(lines[index].text.strip(" *_>")):
            reasons[index] = HEADER
    reasons = reasons if len(reasons) < len(indices) else {}
    names = Counter(lines[index].speaker for index in indices)
    if names[lines[indices[-1]].speaker] == 1 and _ADDRESSES.search(lines[indices[-1]].text):
        reasons[indices[-1]] = TRAILER  # a row of a table that says where to read more
    tail: list[int] = []
    for index in reversed(indices[-_LAST_LINES:] if labelled else ()):
        text = lines[index].text
        if index in labelled or (is_sentence(text) and index not in reasons):
            break
        tail.append(index)
        if _ADDRESSES.search(text):
            reasons |= dict.fromkeys(tail, TRAILER)
    for k, index in enumerate(indices):
        text = lines[index].text.strip(" *_>")
        if k > len(indices) / 2 and _ENDS_ALL.fullmatch(text):
            reasons |= dict.fromkeys(indices[k:], TRAILER)
        elif len(indices) - k <= _LAST_LINES and k and _TRAILER.fullmatch(text):
            reasons[index] = TRAILER
    return reasons
