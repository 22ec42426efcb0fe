"""The second storage: two processes' databases over one PostgreSQL."""

import pytest
import transaction
from persistent.mapping import PersistentMapping
from ZODB.blob import Blob

from lms.zodb import database_from_text
from postgresql import relstorage_conf

pytestmark = pytest.mark.postgresql


@pytest.fixture
def databases(postgresql, tmp_path):
    """Two databases, as two processes have them: own pools and caches, one server, one folder."""
    text = relstorage_conf(postgresql.database(), tmp_path / "blobs")
    both = database_from_text(text), database_from_text(text)
    yield both
    for database in both:
        database.close()


def test_what_one_commits_the_other_sees(databases):
    ours, theirs = databases
    reading = theirs.open(transaction.TransactionManager())
    assert "greeting" not in reading.root()

    with ours.transaction() as writing:
        writing.root()["greeting"] = PersistentMapping(words="hello")

    reading.transaction_manager.begin()
    assert reading.root()["greeting"]["words"] == "hello"
    with theirs.transaction() as answering:
        answering.root()["greeting"]["words"] = "hello to you"
    reading.close()
    with ours.transaction() as writing:
        assert writing.root()["greeting"]["words"] == "hello to you"


def test_a_blob_one_stores_the_other_reads(databases):
    ours, theirs = databases
    with ours.transaction() as writing:
        writing.root()["package"] = Blob(b"a package")

    with theirs.transaction() as reading, reading.root()["package"].open() as file:
        assert file.read() == b"a package"
