"""Quizzes: what an author decides about them, and who may begin when."""
