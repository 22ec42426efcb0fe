"""Reading and writing questions in the formats of others. Every reader gives
:class:`assessments.exchange.entries.Taken`, every writer takes entries and tells what it could not
say."""
