"""A version's files are at hand while it is asked for them."""

import json

import pytest
import ZODB
import ZODB.FileStorage

from scorm.resources import PackageVersion
from scorm.runtime import files
from scorm.runtime.files import files_of


@pytest.fixture
def versions(tmp_path):
    """Three versions; all have the same files by their hash, and hold others, which none has."""
    storage = ZODB.FileStorage.FileStorage(
        str(tmp_path / "data.fs"), blob_dir=str(tmp_path / "blobs")
    )
    database = ZODB.DB(storage)
    with database.transaction() as connection:
        for name in "abc":
            index = json.dumps({name: [0, 1, 1, 0, 0]})
            version = PackageVersion(
                "5a", index=index, manifest="", report="", size=1, created=None
            )
            with version.blob.open("w") as file:
                file.write(name.encode())
            connection.root()[name] = version
    connection = database.open()
    yield [connection.root()[name] for name in "abc"]
    connection.close()
    database.close()


def test_what_is_at_hand_is_read_once_and_is_that_of_the_version(versions):
    found = [files_of(version) for version in versions]
    assert [each.source.read(0, 1) for each in found] == [b"a", b"b", b"c"]
    assert [each.members.find(name) for each, name in zip(found, "abc", strict=True)] == list("abc")
    assert [files_of(version) for version in versions] == found


def test_what_was_pushed_out_is_read_on_undisturbed(versions, monkeypatch):
    monkeypatch.setattr(files, "_kept", {})
    monkeypatch.setattr(files, "MOST", 2)
    first, *others = (files_of(version) for version in versions)
    assert [files_of(version) for version in versions[1:]] == others
    assert files_of(versions[0]) is not first
    assert first.source.read(0, 1) == b"a"
