"""endAttemptInteraction: a wish that goes with a try, such as for a hint (QTI 2.2 §7.4).

The standard has a button that ends the try. Here it is a box to tick before the one button that
every question is checked with, so that nothing is sent by a slip. Only an item that adapts can
answer a wish; in others there is nothing to ask.
"""

import html

from assessments.qti.interactions import Interaction
from assessments.questions.base import Html
from assessments.questions.controls import Choose, Option
from assessments.questions.qti_asking import Asking

ENDING = "endAttemptInteraction"


def ending(interaction: Interaction, name: str) -> Asking:
    """How the wish is asked; its variable is a boolean."""
    title = html.escape(str(interaction.element.get("title", "")).strip(), quote=False)
    return Asking(
        interaction.response,
        f"<div>[[{name}]]</div>",
        [Choose(name, options=(Option("true", Html(title)),), many=True)],
        lambda response: bool(response.get(name)),
    )
