"""Sentences from which an answer is put together; staff add own words where these do not say enough."""

from django.utils.translation import gettext as _

from wangge.people.models.rights_words import Right


def blocks(kind: Right) -> list[str]:
    """The sentences that fit what was asked, in the language of the page."""
    return [*_of(kind), *_always()]


def _of(kind: Right) -> list[str]:
    return {
        Right.SEE: [_("You find everything that is held about you on the sheet that goes with this answer.")],
        Right.LOOKED: [_("The sheet that goes with this answer lists each look: when, in which post, and what for.")],
        Right.CORRECT: [
            _("It is put right as you said. Who said so and when is kept with it."),
            _("We checked, and it is right as it stands."),
        ],
        Right.WITHDRAW: [_("Your consent is withdrawn, and what rested on it is taken out.")],
        Right.DELETE: [
            _("What is held about you is deleted; within 30 days from the backups too."),
            _("The law asks to keep this for now. Until then it is stored and not used."),
        ],
        Right.COPY: [_("Your copy goes with this answer.")],
        Right.EXPLAIN: [
            _("What is held, what for and by which law stands on the sheet. People decide here, no machine does.")
        ],
    }[kind]


def _always() -> list[str]:
    return [
        _("Nothing changes in the services you get."),
        _("You may ask again at any time: at the community, through your grid worker, or by telephone."),
    ]
