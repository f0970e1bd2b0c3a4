"""What every entry of the definition files is made of: codes, words in both languages, and whether it is in use."""

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from wangge.catalogue.words import Kind

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
DottedCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39}){1,3}$")]
BranchCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39}){0,2}$")]
Digits = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}$")]
Year = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]
Chinese = Annotated[str, StringConstraints(pattern=r"[一-鿿]", max_length=200)]
English = Annotated[str, StringConstraints(pattern=r"^[^一-鿿]*[A-Za-z][^一-鿿]*$", max_length=300)]
Source = Annotated[str, StringConstraints(min_length=2, max_length=200)]


class Part(BaseModel):
    """A table inside an entry."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Label(Part):
    """Words in both languages; one without the other is refused."""

    zh_hans: Chinese = Field(alias="zh-Hans")
    en: English

    def text(self, language: str) -> str:
        """Return the words for a language code of Django (zh-hans, en, ...); Chinese is the product's default."""
        return self.en if language.lower().startswith("en") else self.zh_hans


class Keywords(Part):
    """What people type when they mean it."""

    zh_hans: tuple[Chinese, ...] = Field(alias="zh-Hans", min_length=1)
    en: tuple[English, ...] = Field(min_length=1)


class Entry(Part):
    """What every entry has: a code unique within its kind, a label, and whether it is in use."""

    kind: ClassVar[Kind]
    label: Label
    active: bool = True
