"""How light a colour is, as WCAG 2 reckons it (relative luminance)."""


def linear(code: str) -> list[float]:
    channels = [int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def luminance(code: str) -> float:
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(code), strict=True))
