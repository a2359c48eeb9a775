"""Tokens with symbols, written out in plain words and numbers: the ways of each kind, the likeliest first."""

from __future__ import annotations

import re

from align.pronounce.units_of_measure import UNITS

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
FOLDED = str.maketrans("＋＝＆＜＞～∼−﹣－＄￡￥％．＃♯✕*", "+=&<>~~---$£¥%.##××")
"""One character for each symbol that has several."""

CURRENCIES = {
    "$": (("美元", "美金", "块", "刀"), ("dollars",)),
    "US$": (("美元", "美金"), ("U S dollars", "dollars")),
    "HK$": (("港元", "港币"), ("Hong Kong dollars",)),
    "NT$": (("新台币", "台币"), ("N T dollars", "Taiwan dollars")),
    "A$": (("澳元",), ("Australian dollars",)), "AU$": (("澳元",), ("Australian dollars",)),
    "C$": (("加元",), ("Canadian dollars",)), "CA$": (("加元",), ("Canadian dollars",)),
    "S$": (("新元", "新加坡元"), ("Singapore dollars",)), "R$": (("雷亚尔",), ("reals",)),
    "£": (("英镑", "镑"), ("pounds",)), "€": (("欧元",), ("euros", "euro")),
    "¥": (("元", "块", "元人民币", "人民币", "日元"), ("yuan", "R M B", "yen")),
    "₩": (("韩元",), ("won",)), "₹": (("卢比",), ("rupees",)),
}  # fmt: skip
_CENTS = {"$": ("美分", "cents"), "£": ("便士", "pence"), "€": ("欧分", "cents"), "¥": ("分", "fen")}
_SIGNS = {"-": (("负", "减"), ("minus", "negative")), "+": (("加", "正"), ("plus",)),
          "~": (("约", "大约", "大概", "差不多"), ("about", "around", "approximately", "roughly")),
          "±": (("正负",), ("plus or minus", "plus minus"))}  # fmt: skip
_BIG = {"k": (1_000, "thousand"), "m": (10**6, "million"), "b": (10**9, "billion"), "t": (10**12, "trillion")}
OPERATORS = {
    "+": (("加", "加上", "和"), ("plus", "and")), "=": (("等于", "是"), ("equals", "is", "is equal to")),
    "×": (("乘", "乘以"), ("times", "by", "multiplied by")), "÷": (("除以",), ("divided by", "over")),
    "±": (("正负", "加减"), ("plus or minus", "plus minus")),
    "≈": (("约等于", "约", "大约"), ("approximately", "is about", "about", "is approximately")),
    "≠": (("不等于",), ("is not equal to", "does not equal", "is not")),
    "≥": (("大于等于", "大于或等于", "不低于"), ("greater than or equal to", "at least")),
    "≤": (("小于等于", "小于或等于", "不超过"), ("less than or equal to", "at most")),
    "<": (("小于", "低于", "少于"), ("less than", "under", "below", "is less than")),
    ">": (("大于", "超过", "高于"), ("greater than", "more than", "over", "above", "is greater than")),
    "/": (("每", "一", "一个", "每个"), ("per", "a", "an")),
    "&": (("和", "与", "and"), ("and",)),
}  # fmt: skip
_SIGNS_IN_ADDRESSES = {
    ".": ("点", "dot"), "@": ("艾特", "at"), "/": ("斜杠", "slash"), "-": ("杠", "dash"),
    "_": ("下划线", "underscore"), "+": ("加", "plus"), ":": ("冒号", "colon"),
}  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_HAN_DIGITS = "零一二三四五六七八九"
_ENGLISH_DIGITS = ["oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def quantity_forms(shape: re.Match[str], language: str, bare: bool) -> list[str]:
    """Signed numbers, money, and numbers with a unit."""
    english = language == "en"
    number = shape["number"].translate(FOLDED)
    sign = (shape["sign"] or shape["minus"] or "").translate(FOLDED)
    unit = (shape["unit"] or "").translate(FOLDED)
    signs = [*_SIGNS[sign][english], ""] if sign else [""]
    amounts = _with_multiple(number, shape["multiple"], english)
    if unit in ("%", "‰"):
        return [f"{each} {amount}{unit}" for amount in amounts for each in signs]
    if currency := (shape["currency"] or "").translate(FOLDED):
        if bare:
            return [f"{each} {amount}" for amount in amounts for each in signs]
        names = CURRENCIES[currency][english]
        if number == "1" and english and not shape["multiple"]:
            names = (*(name.removesuffix("s") for name in names), *names)
        whole = [f"{amount} {name}" for name in names for amount in amounts]
        return [
            *(f"{each} {way}" for each in signs for way in (*_cents(number, currency, english), *whole)),
            *amounts,
        ]
    ways = UNITS[unit][english] if unit else ("",)
    if english and unit:
        single = tuple(re.sub(r"^(\w+?)s\b", r"\1", way) for way in ways)
        ways = (*single, *ways) if number == "1" else (*ways, *single[:1])
    if "度" in "".join(ways[:1]) and sign == "-":
        signs = ["零下", "负", ""]
    forms = []
    for each in signs:
        for way in ways:
            for amount in amounts:
                value = f"{each} {amount}" if english else f"{each}{amount}"
                forms.append(way.replace("{}", value) if "{}" in way else f"{value} {way}")
    return forms


def _with_multiple(number: str, multiple: str | None, english: bool) -> list[str]:
    """12.5M as "12.5 million", and in Mandarin as 1250万."""
    if not multiple:
        return [number]
    factor, name = _BIG[multiple[0].lower()]
    if english:
        return [f"{number} {name}", f"{number} {multiple[0].upper()}"]
    if number.count(".") > 1:
        return [f"{number} {name}"]
    value = round(float(number.replace(",", "")) * factor, 3)
    for size, han in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")):
        if value >= size:
            return [f"{value / size:.10g}{han}", f"{number} {multiple}", f"{number} {name}"]
    return [f"{value:.10g}", f"{number} {multiple}"]


def _cents(number: str, currency: str, english: bool) -> list[str]:
    """Two decimals of money as cents."""
    amount = re.fullmatch(r"([\d,]+)\.(\d)(\d)", number)
    if not amount or currency not in _CENTS:
        return []
    whole, cents = amount[1], f"{int(amount[2] + amount[3])}"
    name = CURRENCIES[currency][english][0]
    if english:
        small = _CENTS[currency][1]
        return [
            f"{whole} {name} and {cents} {small}",
            f"{whole} {name} {cents} {small}",
            f"{whole} {name} {cents}",
            f"{whole} {cents}",
        ]
    if currency != "¥":
        return [f"{whole}{name}{cents}{_CENTS[currency][0]}"]
    tenths, hundredths = (_HAN_DIGITS[int(amount[place])] for place in (2, 3))
    last = "" if hundredths == "零" else f"{hundredths}分"
    return [f"{whole}元{tenths}角{last}", f"{whole}块{tenths}毛{last[:1]}", f"{whole}块{cents}"]


def _address(shape: re.Match[str], english: bool) -> list[str]:
    """E-mail and web addresses."""
    text = shape[0]
    bare = re.sub(r"^https?://", "", text)
    forms = []
    for address in dict.fromkeys((bare, bare.removeprefix("www."), text)):
        for spoken_in in (True,) if english else (False, True):
            words = []
            for part in re.findall(r"[A-Za-z]+|\d+|[^A-Za-z\d]", address.rstrip("/")):
                short = part.isalpha() and (len(part) <= 2 or part.lower() in ("www", "http", "https"))
                sign = _SIGNS_IN_ADDRESSES.get(part, ("", ""))[spoken_in]
                words.append(" ".join(part.upper()) if short else part if part.isalnum() else sign)
            forms.append(" ".join(words))
    return forms


def _date(shape: re.Match[str], english: bool) -> list[str]:
    """2024-05-06 and 2024-05."""
    year, month, day = shape[1], int(shape[2]), int(shape[3] or 0)
    name = _MONTHS[(month - 1) % 12]
    if english and not day:
        return [f"{name} {year}", f"{year} {shape[2]}", f"{year} {name}"]
    if english:
        last = {1: "st", 2: "nd", 3: "rd"}.get(day % 10 if day // 10 != 1 else 0, "th")
        nth = f"{day}{last}"
        return [
            f"{name} {nth} {year}",
            f"{year} {name} {nth}",
            f"the {nth} of {name} {year}",
            f"{nth} of {name} {year}",
            f"{year} {shape[2]} {shape[3]}",
            f"{name} {day} {year}",
        ]
    if not day:
        return [f"{year}年{month}月", f"{year} {shape[2]}"]
    return [f"{year}年{month}月{day}日", f"{year}年{month}月{day}号", f"{year} {shape[2]} {shape[3]}"]


def _short_date(shape: re.Match[str], english: bool) -> list[str]:
    """5/6/2024, the month first."""
    whole = f"{shape[3]}-{shape[1]}-{shape[2]}"
    other = f"{shape[3]}-{shape[2]}-{shape[1]}" if int(shape[2]) <= len(_MONTHS) else whole
    forms = [_date(date, english) for each in (whole, other) if (date := _DATE.fullmatch(each))]
    return [form for pair in zip(*forms, strict=True) for form in pair]


def _hour(shape: re.Match[str], english: bool) -> list[str]:
    """9:30am."""
    time = f"{shape[1]} {shape[2]}" if shape[2] and shape[2] != "00" else shape[1]
    ways = [f"{time} {shape[3].upper()} M", time]
    half = "上午" if shape[3] in "aA" else "下午"
    return (
        ways if english else [f"{half}{shape[1]}点{shape[2] or ''}", f"{shape[1]}点{shape[2] or ''}", *ways]
    )


def _phone(shape: re.Match[str], english: bool) -> list[str]:
    """Digit by digit, and in other ways that people have."""
    parts = shape[0].lstrip("+").split("-")
    plus = ("plus " if english else "加") if shape[0][0] == "+" else ""
    if not english:
        by_digit = "".join(_HAN_DIGITS[int(digit)] for part in parts for digit in part)
        ways = [by_digit.replace("一", "幺"), by_digit, "杠".join(parts)]
    else:
        digits = [" ".join(_ENGLISH_DIGITS[int(digit)] for digit in part) for part in parts]
        hundreds = [
            f"{_ENGLISH_DIGITS[int(part[0])]} hundred" if re.fullmatch("[1-9]00", part) else way
            for part, way in zip(parts, digits, strict=True)
        ]
        ways = [" ".join(hundreds), " ".join(digits)]
        ways += [way.replace("oh", "zero") for way in ways]
    to = " to " if english else "到"
    span = [to.join(parts), " ".join(parts)] if len(parts) == 2 else [" ".join(parts)]
    return [*(plus + way for way in ways), *ways, *span]


def _scientific(shape: re.Match[str], english: bool) -> list[str]:
    """1e-5."""
    number, sign, power = shape[1], shape[2].translate(FOLDED), shape[3]
    if english:
        signs = {"-": ("minus", "negative"), "+": ("plus", ""), "": ("",)}[sign]
        powers = [f"10 to the {each} {power}{end}" for end in ("", "th") for each in signs]
        powers += [f"10 to the power of {each} {power}" for each in signs]
        return [
            *(f"{number} E {each} {power}" for each in signs),
            *(f"{number} times {way}" for way in powers),
            *(powers if number == "1" else ()),
        ]
    minus = "负" if sign == "-" else ""
    product = [f"{number}乘{by}10的{minus}{power}次方" for by in ("", "以")]
    letters = [f"{number} E {each}{power}" for each in (("负", "减", "minus ") if minus else ("",))]
    return [*product[:1], *letters, *product[1:], *([f"10的{minus}{power}次方"] if number == "1" else [])]


def _power(shape: re.Match[str], english: bool) -> list[str]:
    """10⁻⁵, x², 2^10."""
    base = shape[1]
    minus = bool(shape[2] or shape[4])
    power = shape[3] or "".join(str(SUPERSCRIPTS.index(char)) for char in shape[5])
    if english:
        if power in "23" and not minus:
            return [f"{base} {'squared' if power == '2' else 'cubed'}", f"{base} to the power of {power}"]
        signs = ("minus", "negative") if minus else ("",)
        ways = [f"{base} to the {each} {power}{end}" for end in ("", "th") for each in signs]
        return [*ways, *(f"{base} to the power of {each} {power}" for each in signs)]
    named = {"2": "平方", "3": "立方"}.get(power) if not minus else None
    ways = [f"{base}的{'负' if minus else ''}{power}次方"]
    return [f"{base}的{named}", f"{base} {named}", *ways] if named else ways


def _product(shape: re.Match[str], english: bool) -> list[str]:
    """7×24, 1920x1080."""
    parts = re.split("[×✕xX*]", shape[0])
    links = (" by ", " times ", " ", " x ") if english else ("乘", "乘以", " ", " x ")
    return [link.join(parts) for link in links]


def _times(shape: re.Match[str], english: bool) -> list[str]:
    """10x."""
    return [f"{shape[1]} x", f"{shape[1]} times"] if english else [f"{shape[1]}倍", f"{shape[1]} x"]


def _version(shape: re.Match[str], english: bool) -> list[str]:
    """v2.0.1 and 2.0.1."""
    parts = shape[2].split(".")
    if not english:
        parts = [_HAN_DIGITS[int(part)] if len(part) == 1 else part for part in parts]
    links = (" point ", " dot ", " ") if english else ("点", " ", " dot ")
    names = ((shape[1], "version") if english else (shape[1], "版本", "version")) if shape[1] else ("",)
    return [f"{name} {link.join(parts)}" for link in links for name in names]


def _pluses(shape: re.Match[str], english: bool) -> list[str]:
    """A+, C++, C++17."""
    count = len(shape[2])
    ways = [" ".join([shape[1], *["plus"] * count, shape[3]])]
    return ways if english else [f"{shape[1]} {'加' * count} {shape[3]}", *ways]


def _sharp(shape: re.Match[str], english: bool) -> list[str]:
    """C#."""
    return [f"{shape[1]} sharp"] if english else [f"{shape[1]} sharp", f"{shape[1]} 井"]


def _more(shape: re.Match[str], english: bool) -> list[str]:
    """500+."""
    number = shape[1]
    if english:
        return [f"{number} plus", f"over {number}", f"more than {number}", number]
    return [f"{number}多", f"{number}以上", f"{number}加", f"超过{number}", number]


WRITERS = {
    "address": _address, "date": _date, "short_date": _short_date, "hour": _hour, "phone": _phone,
    "scientific": _scientific, "power": _power, "product": _product, "times": _times, "version": _version,
    "pluses": _pluses, "more": _more, "sharp": _sharp,
}  # fmt: skip
"""For each kind of token, what writes the match of its shape out, in English or in Mandarin."""
