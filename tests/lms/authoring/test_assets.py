"""The script's modules as the one classic script that a package has."""

import pytest

from lms.authoring import assets


@pytest.fixture
def joined(tmp_path, monkeypatch):
    """Call it with modules by name; gives the script that is made of them."""

    def of(**modules):
        for name, text in modules.items():
            (tmp_path / f"{name}.js").write_text(text)
        (tmp_path / "course.css").write_text("a { color: red; }\n")
        monkeypatch.setattr(assets, "CONTENT", tmp_path)
        assets.shared_files.cache_clear()
        try:
            return assets.shared_files()
        finally:
            assets.shared_files.cache_clear()

    return of


def test_modules_become_one_small_script_that_leaves_no_names_behind(joined):
    made = joined(
        course='import { half } from "./half.js";\n\n// Why.\nhalf(4);\n',
        half="export function half(whole) {\n  return whole / two;\n}\nexport const two = 2;\n",
    )
    assert made == {
        "course.css": b"a{color:red}",
        "course.js": b'(function(){"use strict";function half(whole){return whole/two;}\n'
        b"const two=2;half(4);})();",
    }


def test_a_classic_script_goes_through_as_it_is(joined):
    made = joined(course='(function () {\n  "use strict";\n  go();\n})();\n')
    assert made["course.js"] == b'(function(){"use strict";(function(){"use strict";go();})();})();'
