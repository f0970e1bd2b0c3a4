"""A sentence for the person at the machine, said in the language of whoever reads it."""


def gettext_noop(text: str) -> str:
    """Mark a sentence for the catalogue; the command line translates it when it prints."""
    return text


class Trouble(Exception):
    """Something the operator can mend; `msgid` and `values` let the command line say it in Chinese."""

    def __init__(self, msgid: str, **values: object) -> None:
        super().__init__(msgid % values if values else msgid)
        self.msgid = msgid
        self.values = values
