"""The levels of administration in their order, and colours that tell them apart, also for colour-blind eyes.

The colours are those of Okabe and Ito (2008).
"""

from __future__ import annotations

LEVELS = ("trung ương", "tỉnh", "huyện", "xã", "đơn vị sự nghiệp")
UNKNOWN_LEVEL = "không rõ cấp"

LEVEL_COLOURS = {
    "trung ương": "#0072b2",
    "tỉnh": "#d55e00",
    "huyện": "#009e73",
    "xã": "#aa4499",
    "đơn vị sự nghiệp": "#e69f00",
    UNKNOWN_LEVEL: "#7a828c",
}
