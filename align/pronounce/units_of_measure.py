"""Units of measurement as they are said in Mandarin and in English."""

from __future__ import annotations

import re

_DEGREES_CELSIUS = (
    ("{}度", "{}摄氏度", "摄氏{}度"), ("degrees Celsius", "degrees", "degrees centigrade", "degrees C"),
)  # fmt: skip
_DEGREES_FAHRENHEIT = (
    ("华氏{}度", "{}华氏度", "{}度"), ("degrees Fahrenheit", "degrees", "degrees F"),
)  # fmt: skip
_SQUARE_METERS = (("平方米", "平米", "平方", "平"), ("square meters", "meters squared"))
_CUBIC_METERS = (("立方米", "立方", "方"), ("cubic meters", "meters cubed"))

UNITS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "℃": _DEGREES_CELSIUS, "°C": _DEGREES_CELSIUS, "℉": _DEGREES_FAHRENHEIT, "°F": _DEGREES_FAHRENHEIT,
    "°": (("{}度",), ("degrees",)),
    "㎡": _SQUARE_METERS, "m²": _SQUARE_METERS, "m2": _SQUARE_METERS, "㎥": _CUBIC_METERS,
    "m³": _CUBIC_METERS, "m3": _CUBIC_METERS,
    "km²": (("平方公里", "平方千米"), ("square kilometers",)),
    "㎢": (("平方公里", "平方千米"), ("square kilometers",)),
    "cm²": (("平方厘米",), ("square centimeters",)), "ft²": (("平方英尺",), ("square feet",)),
    "km/h": (
        ("{}公里每小时", "每小时{}公里", "{}公里", "{}千米每小时", "每小时{}千米"),
        ("kilometers per hour", "kilometers an hour", "K P H", "K M H"),
    ),
    "m/s": (("{}米每秒", "每秒{}米"), ("meters per second", "meters a second")),
    "m/s²": (("米每二次方秒",), ("meters per second squared",)),
    "mph": (("{}英里每小时", "每小时{}英里"), ("miles per hour", "miles an hour", "M P H")),
    "km": (("公里", "千米", "K M"), ("kilometers", "K", "K M", "klicks")),
    "㎞": (("公里", "千米"), ("kilometers",)), "cm": (("厘米", "公分"), ("centimeters",)),
    "㎝": (("厘米", "公分"), ("centimeters",)), "mm": (("毫米",), ("millimeters", "M M", "mils")),
    "㎜": (("毫米",), ("millimeters",)), "nm": (("纳米", "N M"), ("nanometers", "N M")),
    "μm": (("微米",), ("micrometers", "microns")), "µm": (("微米",), ("micrometers", "microns")),
    "m": (("米", "兆"), ("meters", "million", "M")), "ft": (("英尺",), ("feet", "foot")),
    "kg": (("公斤", "千克", "K G"), ("kilograms", "kilos", "K G")), "㎏": (("公斤", "千克"), ("kilograms",)),
    "mg": (("毫克",), ("milligrams", "M G")), "㎎": (("毫克",), ("milligrams",)),
    "lb": (("磅",), ("pounds",)), "lbs": (("磅",), ("pounds",)), "oz": (("盎司",), ("ounces",)),
    "ml": (("毫升",), ("milliliters", "mils")), "mL": (("毫升",), ("milliliters", "mils")),
    "L": (("升",), ("liters", "L")), "min": (("分钟",), ("minutes",)), "ms": (("毫秒",), ("milliseconds",)),
    "μs": (("微秒",), ("microseconds",)), "ns": (("纳秒",), ("nanoseconds",)),
    "GB": (("G B", "G", "吉字节"), ("gigabytes", "G B", "gigs")),
    "MB": (("M B", "兆", "M", "兆字节"), ("megabytes", "M B", "megs")),
    "TB": (("T B", "T"), ("terabytes", "T B")), "KB": (("K B", "K"), ("kilobytes", "K B")),
    "GB/s": (("G B 每秒", "G B per second"), ("gigabytes per second", "gigabytes a second")),
    "MB/s": (("兆每秒", "M B 每秒"), ("megabytes per second", "megabytes a second")),
    "TB/s": (("T B 每秒",), ("terabytes per second", "terabytes a second")),
    "Mbps": (("兆", "兆每秒", "M B P S"), ("megabits per second", "M B P S")),
    "Gbps": (("G", "G B P S"), ("gigabits per second", "gigabits", "G B P S")),
    "GHz": (("G 赫兹", "吉赫兹", "G H Z"), ("gigahertz",)), "MHz": (("兆赫兹", "兆赫"), ("megahertz",)),
    "kHz": (("千赫兹", "千赫"), ("kilohertz",)), "Hz": (("赫兹", "赫"), ("hertz",)),
    "kWh": (("千瓦时", "度", "度电"), ("kilowatt hours",)), "MWh": (("兆瓦时",), ("megawatt hours",)),
    "kW": (("千瓦",), ("kilowatts",)), "MW": (("兆瓦",), ("megawatts",)),
    "GW": (("吉瓦", "G 瓦"), ("gigawatts",)), "mAh": (("毫安时", "毫安"), ("milliamp hours",)),
    "dB": (("分贝",), ("decibels", "D B")), "rpm": (("转每分钟", "转"), ("R P M",)),
    "fps": (("帧每秒", "帧", "F P S"), ("frames per second", "F P S")),
    "kPa": (("千帕",), ("kilopascals",)), "ppm": (("P P M",), ("parts per million", "P P M")),
}  # fmt: skip
"""Unit to its names in Mandarin and in English, the likeliest first.

{} is the place of the number, which else comes before.
"""

_LONGEST_FIRST = sorted(UNITS, key=len, reverse=True)
UNIT = "|".join(map(re.escape, _LONGEST_FIRST))
"""For a regular expression: every unit."""

SYMBOL_UNITS = "|".join(
    re.escape(unit) for unit in _LONGEST_FIRST if not unit.isalnum() or not unit.isascii()
)
"""For a regular expression: those that are no ordinary word, so that they are known without a number."""
