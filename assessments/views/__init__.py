"""Pages of the bank and of quizzes: for authors, learners and markers."""
