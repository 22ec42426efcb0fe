"""Quizzes. The question bank, attempts and marking come with their own issue; today there is none."""


def includeme(_config):
    """Nothing to add yet: a site without quizzes includes this house and is none the worse."""
