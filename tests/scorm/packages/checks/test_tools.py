"""Packages in the shapes that authoring tools give them: nothing is told but what is the case."""

import base64
import json

HEAD = '<!DOCTYPE html><html lang="en"><head><title>A</title><meta name="viewport" content="w">'
DRIVER = """
function scan(win) { while (win.API == null && win.parent != win) win = win.parent; return win.API }
function scan2004(win) { while (!win.API_1484_11 && win.parent != win) win = win.parent }
var api = scan(window) || (window.opener && scan(window.opener)); api.LMSInitialize('');
addEventListener('pagehide', save); addEventListener('unload', save); api.LMSFinish('');
"""
DRIVER_2004 = "var a; for (w = window; !(a = w.API_1484_11); ) w = w.parent; a.Initialize('')"


def test_one_page_that_a_bundle_fills_with_its_whole_course_in_base64(found):
    course = {"lessons": [{"media": f"{n:032x}.jpg", "text": "x" * 50} for n in range(40)]}
    data = base64.b64encode(json.dumps(course).encode()).decode()
    files = {
        "scormdriver/indexAPI.html": "<html><head><script src='driver.js'></script></head>"
        "<frameset><frame src='blank.html' name='content'></frameset></html>",
        "scormdriver/blank.html": "<html><body></body></html>",
        "scormdriver/driver.js": DRIVER + "document.title = t; load('../scormcontent/index.html')",
        "scormcontent/index.html": f"{HEAD}</head><body><div id='app'></div>"
        f'<script src="lib/main.bundle.js"></script><script>window.courseData = "{data}"</script>',
        "scormcontent/lib/main.bundle.js": "e.setAttribute('lang',x);r(dragstart,keydown)",
        **{f"scormcontent/assets/{n:032x}.jpg": "" for n in range(40)},
    }
    assert found(files, launch="scormdriver/indexAPI.html", listed=["index.html"]) == {}


def test_one_page_whose_data_are_scripts_that_a_player_loads(found):
    data = json.dumps({"url": "story_content/6abC.jpg", "film": "story_content/video_1.mp4"})
    files = {
        "index_lms.html": f"{HEAD}<script src='lms/scormdriver.js'></script></head>"
        "<body><div id='slide'></div><script>load('html5/lib/player.js')</script></body></html>",
        "lms/scormdriver.js": DRIVER,
        "html5/lib/player.js": "load('html5/data/js/' + id + '.js'); load('data.js')",
        "html5/data/js/data.js": f"provide('data', '{json.dumps(data)}')",
        "html5/data/js/6x2.js": "provide('slide', '{}'); style('output.min.css')",
        "html5/data/css/output.min.css": "a{background:url(data:image/png;base64,AAAA)}",
        "story_content/6abC.jpg": "",
        "story_content/video_1.mp4": "",
    }
    listed = ["index.html", "index_lms.html", "html5/data/js/6x2.js"]
    findings = found(files, launch="index_lms.html", listed=listed)
    assert findings.keys() == {"video-captions-unseen"}


def test_one_page_with_its_assets_named_in_course_data(found):
    files = {
        "index.html": f"{HEAD}</head><body><div id='wrapper'></div>"
        "<script src='libraries/require.js' data-main='adapt/js/adapt.min.js'></script></body>",
        "libraries/require.js": "require(x)",
        "adapt/js/adapt.min.js": DRIVER + DRIVER_2004 + "load('course/en/components.json')",
        "adapt/css/adapt.css": "@font-face{src:url('fonts/vanilla.woff2?abc#x')}",
        "adapt/css/fonts/vanilla.woff2": "",
        "course/en/components.json": '{"_graphic": {"src": "course/en/images/one.jpg"}}',
        "course/en/images/one.jpg": "",
        "languagemanifest.js": "",
    }
    listed = ["index.html", "languagemanifest.js", "adapt/css/adapt.css"]
    assert found(files, listed=listed) == {}


def test_many_pages_of_which_each_links_to_the_next(found):
    pages = {
        f"page{n}.html": f"{HEAD}<link rel='stylesheet' href='base.css'></head><body>"
        f"<h1>Page {n}</h1><p>Text</p><img src='pictures/p%20{n}.png' alt='A picture'>"
        f"<a href='page{(n + 1) % 9}.html'>Next</a><a href='https://example.org' target='_blank'>"
        f"more</a><script src='scorm.js'></script></body></html>"
        for n in range(9)
    }
    files = {
        **pages,
        **{f"pictures/p {n}.png": "" for n in range(9)},
        "base.css": "body{background:url(pictures/p%200.png)}",
        "scorm.js": DRIVER,
    }
    listed = ["index.html", "page0.html"]
    assert found(files, launch="page0.html", listed=listed) == {}


def test_many_scos_that_share_scripts_and_are_filled_from_xml(found):
    shell = f"{HEAD}<script src='../common/shell.js'></script></head><body onload='start()'>"
    files = {
        "dm/one.htm": shell,
        "dm/one.xml": "<dmodule><graphic infoEntityIdent='ICN-S1000D-A-01'/></dmodule>",
        "common/shell.js": DRIVER_2004 + "load('dm/' + name + '.xml'); show(ident + '.jpg')",
        "common/images/ICN-S1000D-A-01.jpg": "",
    }
    listed = [*files, "index.html"]
    assert found(files, launch="dm/one.htm", edition="3rd", listed=listed) == {}


def test_one_page_with_a_player_that_keeps_captions_in_its_own_data(found):
    files = {
        "index.html": f"{HEAD}</head><body><div id='main'></div><script>{DRIVER}"
        "load('assets/js/CPM.js')</script></body></html>",
        "assets/js/CPM.js": "project = {slides: ['dr/Slide1.png', 'vr/Video1.mp4']}",
        "dr/Slide1.png": "",
        "vr/Video1.mp4": "",
        "ar/Mouse.mp3": "",
    }
    findings = found(files, listed=["index.html", "ar/Mouse.mp3"])
    assert findings.keys() == {"video-captions-unseen"}
    assert findings["video-captions-unseen"].severity == "note"
