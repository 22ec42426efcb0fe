"""The ini file, read once."""

from pathlib import Path

import pytest

from lms.settings import Settings, SettingsError


@pytest.fixture
def ini(tmp_path):
    return {
        "tutela.data": str(tmp_path / "data"),
        "tutela.zodb": str(tmp_path / "zodb.conf"),
        "tutela.site_url": "http://localhost:6543",
        "tutela.content_url": "http://*.localhost:6543",
    }


def test_what_is_not_said_has_a_sensible_value(ini):
    settings = Settings.from_ini(ini)
    assert settings.name == "Tutela"
    assert settings.upload_limit == 8 * 1024**3
    assert settings.trusted_proxy == ""


def test_the_keys_lie_in_the_data_folder_or_where_an_admin_wants_them(ini, tmp_path):
    assert Settings.from_ini(ini).keys == tmp_path / "data" / "keys"
    elsewhere = {**ini, "tutela.keys": "/srv/tutela-keys"}
    assert Settings.from_ini(elsewhere).keys == Path("/srv/tutela-keys")


def test_the_secret_is_made_once_and_is_the_owners_alone(ini, tmp_path):
    first = Settings.from_ini(ini).secret
    assert len(first) >= 32
    assert Settings.from_ini(ini).secret == first
    assert (tmp_path / "data" / "secret").stat().st_mode & 0o777 == 0o600


def test_the_environment_may_hold_the_secret(ini, tmp_path, monkeypatch):
    monkeypatch.setenv("TUTELA_SECRET", "from the environment, long enough")
    assert Settings.from_ini(ini).secret == "from the environment, long enough"
    assert not (tmp_path / "data" / "secret").exists()


def test_the_data_folder_is_the_owners_alone(ini, tmp_path):
    data = tmp_path / "data"
    Settings.from_ini(ini)
    assert data.stat().st_mode & 0o777 == 0o700
    data.chmod(0o755)
    Settings.from_ini(ini)
    assert data.stat().st_mode & 0o777 == 0o700


def test_a_folder_with_other_things_in_it_stays_open_to_those_who_had_it(ini, tmp_path):
    (tmp_path / "theirs").touch()
    tmp_path.chmod(0o755)
    Settings.from_ini({**ini, "tutela.data": str(tmp_path)})
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_a_file_is_no_data_folder(ini, tmp_path):
    (tmp_path / "data").touch()
    with pytest.raises(SettingsError, match="data folder"):
        Settings.from_ini(ini)


@pytest.mark.parametrize("name", ["", "  "])
def test_a_site_has_a_name_for_its_certificates_need_one(ini, name):
    assert Settings.from_ini({**ini, "tutela.name": name}).name == "Tutela"


@pytest.mark.parametrize("name", ["data", "zodb", "site_url", "content_url"])
def test_a_setting_that_is_missing_is_named(ini, name):
    del ini[f"tutela.{name}"]
    with pytest.raises(SettingsError, match=name):
        Settings.from_ini(ini)


def test_a_limit_that_is_no_number_is_named(ini):
    ini["tutela.upload_limit_mb"] = "2 GB"
    with pytest.raises(SettingsError, match="upload_limit_mb"):
        Settings.from_ini(ini)
