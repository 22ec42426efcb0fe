"""What the answers to a quiz say about its questions, and how sure that is.

The formulas are those of classical test theory as the Moodle quiz statistics report documents them
(https://docs.moodle.org/dev/Quiz_statistics_calculations). Everything here is a function from plain
rows (:mod:`~assessments.statistics.attempts`) to plain figures
(:mod:`~assessments.statistics.figures`).

- :func:`assessments.statistics.analysis.analyse`: a quiz, its questions, their answers
- :func:`assessments.statistics.certainty.analyse_certainty`: certainty-based marking
- :func:`assessments.statistics.gain.paired_gain`: a pre-test and a post-test
- :mod:`assessments.statistics.table`: all of it for a spreadsheet
"""
