"""Transcripts as recognition garbles them, for the properties that must hold for any."""

from __future__ import annotations

from hypothesis import strategies as st

from align.transcript.cleaning.glossary import Glossary, Term

GLOSSARY = Glossary(
    (
        Term("Ethan", ("伊than", "一心", "伊森"), english="Ethan", alike=80),
        Term("任洋", ("任阳",), english="Ren Yang", alike=85),
        Term("OpenAI", ("open ai", "open I", "op爱")),
        Term("Oracle", ("acl e", "taa cle")),
        Term("AI", ("AAAI", "AAI")),
    )
)

_SCRAPS = (
    *(
        "我",
        "我们",
        "就",
        "就是",
        "这",
        "这个",
        "天天",
        "慢慢",
        "谢谢",
        "可能",
        "能够",
        "一个",
        "对",
        "好",
        "是",
        "否",
    ),
    *("呃", "呃呃", "嗯", "啊", "哦", "那个", "然后", "对对对", "哈哈哈", "的", "目的"),
    *("，", "。", "、", "？", "！", ",", ".", "?", ";", ":", "：", "……", "...", "，。", "“", "”", "(", ")"),
    *(" ", "  ", "\u3000", "\u00a0", "\t", "\u200b", "\ufeff"),
    *("202", "2021", "1", "0", "10", "14", "15", "年", "亿", "%", "1.4", "０", "ＡＩ", "％"),
    *(
        "inve",
        "stment",
        "capac",
        "ity",
        "acl",
        "e",
        "op爱",
        "伊than",
        "一心",
        "一意",
        "open",
        "ai",
        "I",
        "AAAI",
    ),
    *(
        "um",
        "the",
        "say",
        "hi",
        "GPU",
        "B",
        "ru",
        "ce",
        "任",
        "阳",
        "洋",
        "頭髮",
        "干",
        "😀",
        "é",
        "에",
        "あ",
    ),
)

scraps = st.lists(st.sampled_from(_SCRAPS), max_size=30).map("".join)
"""Texts of one line."""

loose = st.one_of(scraps, st.text(max_size=40))
"""Those, and any text at all."""
