"""What machine somebody sits at, in a few words."""

from django.http import HttpRequest

SYSTEMS = ("HarmonyOS", "Android", "iPhone", "iPad", "Windows", "Mac", "Linux")
BROWSERS = (
    ("MicroMessenger", "WeChat"), ("Firefox", "Firefox"), ("Edg", "Edge"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip


def label_of(request: HttpRequest) -> str:
    """A phone in a few words, out of what the browser says about itself."""
    agent = request.headers.get("User-Agent", "")
    system = next((name for name in SYSTEMS if name in agent), "")
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    return " · ".join(part for part in (system, browser) if part)
