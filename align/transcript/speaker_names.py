"""What a speaker's name looks like, as against other short text before a colon."""

from __future__ import annotations

import re
import unicodedata

from align.pronounce.sound_key import HAN

_SHAPE = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f ·•・.\-‐'’&_/])*")
_HAN = re.compile(f"[{HAN}]")
_ROLE = re.compile(r"\s{0,9}[（(\[【][^）)\]】]{0,20}[）)\]】]\s*$")
_LONGEST = 30
_MOST_HAN = 8
_MOST_WORDS = 4
_PARTICLES = frozenset(
    {"de", "da", "del", "der", "di", "du", "el", "la", "le", "van", "von", "bin", "al", "y"}
)
_NEVER_IN_NAMES = frozenset("我你您他她它们這这哪的是吗嗎呢吧啊呀哦嗯就很么麼怎没沒把被讓让给給该該")
_INTRODUCE_IN_HAN = """
    时间 時間 地点 日期 主题 主題 标题 標題 题目 内容 內容 注意 备注 提示 提醒 说明 說明 问题 問題 原因
    結論 结论 总结 小结 例如 比如 譬如 举例 例子 其中 其次 首先 然后 最后 另外 此外 同时 因此 所以 但是 而且
    结果 目标 目的 方法 步骤 背景 摘要 关键词 关键字 参会人 参会人员 参与者 与会者 记录 纪要 录音 来源
    链接 网址 作者 译者 编辑 语言 时长 章节 目录 简介 介绍 优点 缺点 特点 重点 要点 答案 观点 建议 意思
    区别 关系 数据 名称 姓名 电话 邮箱 微信 如下 以下 一句话 换句话说 还有 接下来 知道 说道 问道 认为 觉得
    发现 表示 指出 强调 谢谢 好 对 对的 好的 没错 哈哈 大家 大家好 当然 可以 音乐 掌声 笑声 笑 听不清 静音
    噪音 注 附 版权 目標 總結 關鍵詞
    關鍵字 錄音時間 录制时间 录音时间 会议时间 会议地点 会议主题 节目名称
    发布时间 更新时间 阅读时间 文字记录 文字稿 逐字稿 全文 原文
    正文 待办 待办事项 决议 议题 议程 第一点 第二点
    第三点 一是 二是 三是 优势 劣势 结语 前言 引言 导语 编者按 公式 定义 举个例子 简单来说 也就是说 总之
    换言之 具体来说 严格来说 总的来说 比分 地址 网站 官网 公众号 出品 制作 字幕 翻译 校对 时间轴 后期 监制
    策划 剪辑 文案 撰稿 责编 音乐人 片尾曲 片头曲 主题曲
"""
_INTRODUCE_IN_LATIN = """
    note notes time date place topic title subject example warning caution important tip tips ps re http
    https ftp mailto file www summary agenda participants attendees keywords duration language kind source
    url link location speakers slides video tema fecha lugar ubicación localización título datum ort thema
    email tel phone fax step chapter part section figure fig table update reason problem
    result first second third finally however also yes no ok okay music laughter laughs applause
    silence noise inaudible crosstalk webvtt style region here this that there what why how when where who
    so and but or the fact point
"""
_ALONE_NO_NAMES = """
    question questions answer about see update
    updates intro introduction outro conclusion overview background
    context details goal goals action actions decision decisions item items outline contents chapters links
    resources references sponsor sponsors recorded recording published publication episode season show
    transcript transcription translated translator subtitles captions credits edited editor producer
    copyright website web address hello hi thanks today tomorrow yesterday remember look listen next then
    meanwhile finally meaning namely for with from at in on by if because while one two three four five six
    seven eight nine ten pro pros con cons tldr quote quotes definition disclaimer meeting length format
    version status translation correction aside spoiler fact rule rules hint reminder warning hashtag
"""
_HAN_WORDS = frozenset(_INTRODUCE_IN_HAN.split())
_LATIN_WORDS = frozenset(_INTRODUCE_IN_LATIN.split())
_LATIN_ALONE = frozenset(_ALONE_NO_NAMES.split())
DISTINCT_SURNAMES = frozenset(
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭肖程曹"
    "袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊"
    "金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎武乔喬贺賀赖賴龚龔文庞龐樊兰蘭殷施陶"
    "洪翟颜顏倪严嚴牛温溫芦季俞章鲁魯葛韦韋申毕畢聂聶焦柳邢岳齐齊梅莫庄莊辛管祝左涂祁耿牟卜詹关關苗凌"
    "费費纪紀靳盛童欧歐甄裴席鲍鮑覃霍翁植甘景柯阮桂闵冉边邊辜饶饒刁瞿戚丘米池滕晋邬臧苟褚廉娄盖符奚穆"
    "邸屠晏栾郁蒙喻窦敖鄢仇艾巩井练仲虞卞竺冼楚佟栗匡宗巫鞠桑荆诸"
)
"""The usual surnames, in both scripts, with which few common words begin."""
SURNAMES = DISTINCT_SURNAMES | frozenset("乐付伍区单向安尤常时易朴查缪舒解谷路闫骆")
"""All usual surnames of one character; the added ones begin common words too, such as 解决 and 时间."""
TWO_CHARACTER_SURNAMES = frozenset({
    "欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙",
    "慕容", "令狐", "端木", "南宫", "独孤", "夏侯",
})  # fmt: skip
NICKNAME_PREFIXES = frozenset("老小阿")
"""Before a surname, as in 老王 and 小李."""
_ROLES_TEXT = """
    主持人 主持 主播 嘉宾 嘉賓 来宾 來賓 旁白 记者 記者 发言人 發言人 說話人 说话人
    讲者 講者 讲师 講師 老师 老師
    采访者 受访者 採訪者 受訪者
    访谈者 提问者 听众 聽眾 观众 觀眾 男声 女声 男聲 女聲 学生 學生 医生 患者 律师
    法官 证人 主席 主任 院长 编剧 导演 同学 客户 客服 经理 总监 负责人
"""
_ROLES = tuple(_ROLES_TEXT.split())
_QUESTION_AND_ANSWER = frozenset(
    [
        "问",
        "答",
        "問",
        "q",
        "a",
        "问题",
        "回答",
        "提问",
        "question",
        "answer",
        "interviewer",
        "interviewee",
        "host",
        "guest",
        "i",
        "r",
    ]
)
_NUMBERED = re.compile(
    r"(?:(?:unknown|unidentified)[ _]?)?(?:speaker|spk|voice|person|participant|interviewer"
    r"|interviewee|respondent"
    r"|moderator|host|guest|说话人|發言人|发言人|說話人|讲者|講者|嘉宾|嘉賓|主持人|主持|用户|参会人"
    r"|角色|成员)"
    r"[ _\-]?[（(]?(?:[0-9０-９]{1,3}|[A-Z]|[一二三四五六七八九十甲乙丙丁])?[）)]?",
    re.IGNORECASE,
)
_PREFIX_FORBIDS = re.compile(r"[。！？!?;；…“”\"、，{}=<>]|://|\w@\w|\.\.\.|^\d+\s*[.、)）]|^第|^[\W\d_]+$")
_LONGEST_PREFIX = 40
_MOST_PREFIX_WORDS = 6
_ENDS = ("说", "說", "地说", "问到", "指的", "包括", "叫", "叫做", "称")


NO_NAME, POSSIBLE, NAME, PERSON, NUMBERED = range(5)
"""How much a text looks like a speaker's name; see `name_quality`."""


def tidy_name(text: str) -> str:
    """`text` without emphasis marks, a role in brackets at its end, and spaces around it."""
    bare = text.strip(" \t\u3000*_").removeprefix("@")
    role = _ROLE.search(bare)
    if role and role.start() and not role[0].strip(" （()）[]【】").isdigit():
        bare = bare[: role.start()]
    return " ".join(bare.split()).strip(" *_")


def is_name(name: str) -> bool:
    """Whether `name`, already tidy, can name a speaker:
    陈倩, Bruce, bruce刘, 发言人 1, Dr. Jane van Dyke."""
    plain = unicodedata.normalize("NFKC", name)
    if not (0 < len(plain) <= _LONGEST and _SHAPE.fullmatch(plain) and re.search(r"[^\W\d_]", plain)):
        return False
    if re.match(
        r"\d+\s*[.、)]|\d+\s|[一二三四五六七八九十]+[等是级]", plain
    ):  # an item of a list, a date, a rank
        return False
    if not _HAN.search(plain):
        words = plain.split()
        bare = {re.sub(r"[\d.]+$", "", word).casefold() for word in words}
        if plain.isupper():
            bare -= {"the"}  # THE COURT
        if len(words) > _MOST_WORDS or bare & _LATIN_WORDS or plain.casefold() in _LATIN_ALONE:
            return False
        return len(words) == 1 or all(word in _PARTICLES or not word[0].islower() for word in words)
    bare_name = re.sub(r"[\d ]+$", "", plain)
    if len(_HAN.findall(plain)) > _MOST_HAN or _NEVER_IN_NAMES & set(plain):
        return False
    if re.match("第[一二三四五六七八九十0-9]", plain) or bare_name.endswith(_ENDS):
        return False
    # A word that introduces something, or an ending of two characters and more that is one.
    return bare_name not in _HAN_WORDS and not any(
        len(word) > 1 and bare_name.endswith(word) for word in _HAN_WORDS
    )


def is_person(name: str) -> bool:
    """Whether `name`, which `is_name` accepts, is hardly anything but a person or a role."""
    han = _HAN.findall(name)
    if not han:
        return name[0].isupper() or is_role(name)
    mixed = any(char.isalnum() and not _HAN.match(char) for char in name)
    surname = name[0] in DISTINCT_SURNAMES | NICKNAME_PREFIXES
    return mixed or is_role(name) or (surname and len(han) <= 4)


def is_role(name: str) -> bool:
    """Whether it names a part in a conversation: 主持人, 嘉宾2, Speaker 1, 问."""
    if name.casefold() in _QUESTION_AND_ANSWER or _NUMBERED.fullmatch(name):
        return True
    return name.startswith(_ROLES) or name.endswith(_ROLES)


def name_quality(name: str) -> int:
    """How much a tidy text before a colon or alone on a line looks like a speaker's name.

    NUMBERED (Speaker 1, 说话人 2), PERSON (陈倩, Bruce, 主持人), NAME (一鸣, bruce), POSSIBLE for what only
    recurrence can make one (berlin office; Mary, PhD; Ann | North), or NO_NAME.
    """
    if _NUMBERED.fullmatch(name):
        return NUMBERED
    if is_name(name):
        return PERSON if is_person(name) else NAME
    plain = name.casefold()
    if not name or len(name) > _LONGEST_PREFIX or len(name.split()) > _MOST_PREFIX_WORDS:
        return NO_NAME
    if _PREFIX_FORBIDS.search(name) or not any(map(str.isalpha, name)):
        return NO_NAME
    if plain in _LATIN_ALONE or plain in _LATIN_WORDS or name in _HAN_WORDS:
        return POSSIBLE if plain in _QUESTION_AND_ANSWER else NO_NAME
    if _HAN.search(name):
        return (
            POSSIBLE
            if len(name) <= 12
            and not _NEVER_IN_NAMES & set(name)
            and not name.endswith(_ENDS)
            and not any(len(word) > 1 and re.sub(r"[\d ]+$", "", name).endswith(word) for word in _HAN_WORDS)
            else NO_NAME
        )
    words = {word.strip(".,()|&").casefold() for word in name.split()}
    return (
        NO_NAME
        if len(words & (_LATIN_WORDS | {"is", "are", "was", "of", "to", "it", "we", "you", "i"}))
        else POSSIBLE
    )
