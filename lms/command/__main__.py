"""``python -m lms.command``: the same as ``tutela``."""

import sys

from lms.command import main

sys.exit(main())
