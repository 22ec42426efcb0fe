"""Interactions that are a choice of a list (QTI 2.2 §7)."""

from assessments.qti.interactions import Interaction
from assessments.questions.controls import Choose, Pick
from assessments.questions.qti_asking.elements import choices_of, options_of, whole_number
from assessments.questions.qti_asking.scene import Asking, Scene
from assessments.questions.qti_asking.values import as_chosen, chosen_by, is_many


def choice(interaction: Interaction, name: str, scene: Scene) -> Asking:
    most = whole_number(interaction.element, "maxChoices", 1)
    # A variable of one value can hold only one, whatever the interaction lets through.
    many = is_many(scene, interaction) and most != 1
    control = Choose(
        name,
        options=options_of(choices_of(interaction), name, scene),
        many=many,
        most=most if many else 0,
        across=interaction.element.get("orientation") == "horizontal",
    )
    return Asking(
        interaction.response,
        f"<div>[[{name}]]</div>",
        [control],
        chosen_by(name, is_many(scene, interaction)),
        as_chosen(name),
    )


def inline_choice(interaction: Interaction, name: str, scene: Scene) -> Asking:
    return Asking(
        interaction.response,
        f"[[{name}]]",
        [Pick(name, options=options_of(choices_of(interaction), name, scene))],
        chosen_by(name, is_many(scene, interaction)),
        as_chosen(name),
    )


def hottext(interaction: Interaction, name: str, scene: Scene) -> Asking:
    made = choice(interaction, name, scene)
    made.html = scene.inner(interaction.element) + made.html
    return made
