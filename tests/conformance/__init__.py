"""ADL's SCORM 2004 4th Edition conformance cases, walked through as a learner walks.

``cases`` says what each case asks; ``offline`` answers it with the server's own code alone, in
``test_offline``; ``test_in_chromium`` answers it on the running site.
"""
