"""Attempts: beginning, saving, checking, handing in, and what may be seen of them when.

The server's clock is the only one. ``now`` is given to every function; nothing here asks for it.

- :mod:`rules`, :mod:`timing`: what holds for a learner, and until when
- :mod:`start`, :mod:`draw`: who may begin, and what is asked; :mod:`pages`: what is seen in turn
- :mod:`save`, :mod:`files`, :mod:`history`: what was answered, all of it
- :mod:`behaviour`, :mod:`finish`: checking, trying again, handing in, closing
- :mod:`review`, :mod:`shown`: what a learner's page gets of a question, and when
- :mod:`result`, :mod:`pairs`: what it brought; :mod:`receipt`: what a learner can keep
"""
