"""The run-time on the server: registrations, launches, commits. No HTTP here.

``launch`` starts and resumes, ``commit`` takes what the player's outbox sends, ``writer`` puts all
that waits into one transaction. ``attempt`` holds an activity's data while content runs and judges
it at the end, ``launchdata`` says what content may read, ``state`` keeps the tree's state,
``standing`` works out where the learner stands while content is open, ``view`` is the answer to
the player. ``record`` is everything a registration holds, as plain data, ``explain`` says why it
counts as it does, in the words of ``reasons``. ``preview`` is an author's own try, ``inspector``
what its author sees of sequencing.

Contract: protocol in ``docs/runtime.md``; rules: SCORM 2004 4th Ed. RTE, SCORM 1.2 RTE.
"""
