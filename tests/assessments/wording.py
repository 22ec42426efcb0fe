"""Translation strings as English, for comparing."""


def english(messages) -> list[str]:
    return [message.interpolate() for message in messages]
