"""The run-time on the server: registrations, launches, commits. No HTTP here.

``launch`` starts and resumes, ``commit`` takes what the player's outbox sends, ``launchdata``
says what content may read, ``view`` is the answer to the player. Contract: protocol in
``docs/runtime.md``; rules: SCORM 2004 4th Ed. RTE, SCORM 1.2 RTE.
"""
