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
    结论 总结 小结 例如 比如 譬如 举例 例子 其中 其次 首先 然后 最后 另外 此外 同时 因此 所以 但是 而且
    结果 目标 目的 方法 步骤 背景 摘要 关键词 关键字 参会人 参会人员 参与者 与会者 记录 纪要 录音 来源
    链接 网址 作者 译者 编辑 语言 时长 章节 目录 简介 介绍 优点 缺点 特点 重点 要点 答案 观点 建议 意思
    区别 关系 数据 名称 姓名 电话 邮箱 微信 如下 以下 一句话 换句话说 还有 接下来 知道 说道 问道 认为 觉得
    发现 表示 指出 强调 谢谢 好 对 对的 好的 没错 哈哈 大家 大家好 当然 可以 音乐 掌声 笑声 笑 听不清 静音
    噪音 注 附 版权
"""
_INTRODUCE_IN_LATIN = """
    note notes time date place topic title subject example warning caution important tip tips ps re http
    https ftp mailto file www summary agenda participants attendees keywords duration language kind source
    url link email tel phone fax step chapter part section figure fig table update answer reason problem
    result first second third finally however because also yes no ok okay music laughter laughs applause
    silence noise inaudible crosstalk webvtt style region here this that there what why how when where who
    so and but or the fact point
"""
_HAN_WORDS = frozenset(_INTRODUCE_IN_HAN.split())
_LATIN_WORDS = frozenset(_INTRODUCE_IN_LATIN.split())
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
_ROLES = (
    "主持人",
    "主持",
    "主播",
    "嘉宾",
    "嘉賓",
    "旁白",
    "记者",
    "記者",
    "发言人",
    "說話人",
    "说话人",
    "讲者",
    "讲师",
    "老师",
)
_ENDS = ("说", "說", "地说", "问到", "指的", "包括", "叫", "叫做", "称")


def tidy_name(text: str) -> str:
    """`text` without emphasis marks, a role in brackets at its end, and spaces around it."""
    return " ".join(_ROLE.sub("", text.strip(" \t\u3000*_")).split()).strip(" *_")


def is_name(name: str) -> bool:
    """Whether `name`, already tidy, can name a speaker: 陈倩, Bruce, bruce刘, 发言人 1, Dr. Jane van Dyke."""
    plain = unicodedata.normalize("NFKC", name)
    if not (0 < len(plain) <= _LONGEST and _SHAPE.fullmatch(plain) and re.search(r"[^\W\d_]", plain)):
        return False
    return _is_han_name(plain) if _HAN.search(plain) else _is_other_name(plain)


def is_person(name: str) -> bool:
    """Whether `name`, which `is_name` accepts, is hardly anything but a person."""
    han = _HAN.findall(name)
    if not han:
        return name[0].isupper()
    mixed = any(char.isalnum() and not _HAN.match(char) for char in name)
    surname = name[0] in DISTINCT_SURNAMES | NICKNAME_PREFIXES
    return mixed or name.startswith(_ROLES) or name.endswith(_ROLES) or (surname and len(han) <= 4)


def _is_han_name(name: str) -> bool:
    bare = re.sub(r"[\d ]+$", "", name)
    if len(_HAN.findall(name)) > _MOST_HAN or _NEVER_IN_NAMES & set(name):
        return False
    return not (re.match("第[一二三四五六七八九十0-9]", name) or bare.endswith(_ENDS) or _is_common(bare))


def _is_common(name: str) -> bool:
    """Whether it is, or for words of two characters and more ends in, a word that introduces something."""
    return name in _HAN_WORDS or any(len(word) > 1 and name.endswith(word) for word in _HAN_WORDS)


def _is_other_name(name: str) -> bool:
    words = name.split()
    bare = {re.sub(r"[\d.]+$", "", word).casefold() for word in words}
    if len(words) > _MOST_WORDS or bare & _LATIN_WORDS:
        return False
    return len(words) == 1 or all(word in _PARTICLES or not word[0].islower() for word in words)
