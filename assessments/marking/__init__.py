"""What authors do with answers and results: marking, marking anew, looking at how it went.

- :mod:`assessments.marking.marks`: persons' marks, what they come to, and correcting them
- :mod:`assessments.marking.queue`: which answers wait, in an order that tells nothing
- :mod:`assessments.marking.points`: marks as people type them
- :mod:`assessments.marking.regrade`: marking anew by machine, seen before it is done
- :mod:`assessments.marking.rows`: attempts as the statistics take them
- :mod:`assessments.marking.results`: the list of attempts
- :mod:`assessments.marking.exports`: tables for a spreadsheet
"""
