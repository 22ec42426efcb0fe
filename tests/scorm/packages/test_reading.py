"""A manifest's meaning: editions, organizations, items, resources, and what is mended."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorm.packages.addresses import MISSED, MOST_ADDRESSES
from scorm.packages.document import ManifestRefused, parse
from scorm.packages.manifest import CompletionThreshold, DataMap, Edition
from scorm.packages.reading import DEEPEST, MOST_ITEMS, Reader, edition_of

SCO = '<resource identifier="{}" adlcp:scormType="sco" href="{}"/>'
ITEM = '<item identifier="{0}" identifierref="{0}"><title>{0}</title>{1}</item>'


def rules_of(report):
    return [finding.rule for finding in report.findings]


def only(manifest):
    return manifest.organization.items[0]


@pytest.mark.parametrize(
    ("said", "edition", "rules"),
    [
        ("1.2", Edition.SCORM_12, []),
        ("SCORM 1.2", Edition.SCORM_12, []),
        ("1.3", Edition.SECOND, []),
        ("CAM 1.3", Edition.SECOND, []),
        ("2004", Edition.SECOND, []),
        ("2004 2nd Edition", Edition.SECOND, []),
        ("2004 3rd Edition", Edition.THIRD, []),
        (" 2004 3RD EDITION\n", Edition.THIRD, []),
        ("2004 4th Edition", Edition.FOURTH, []),
        ("SCORM 2004 4 th edition", Edition.FOURTH, []),
        ("2004 1st Edition", Edition.SECOND, ["edition-unsupported"]),
        ("2004 5th Edition", Edition.FOURTH, ["edition-unsupported"]),
        ("1.1", Edition.THIRD, ["edition-unsupported"]),
        ("", Edition.THIRD, ["edition-unknown"]),
    ],
)
def test_the_edition_is_what_the_manifest_says(read, said, edition, rules):
    report, manifest = read(edition="3rd", version=said)
    assert (manifest.edition, rules_of(report)) == (edition, rules)


@pytest.mark.parametrize(
    ("namespaces", "edition"),
    [
        ("", Edition.SCORM_12),
        ('xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"', Edition.THIRD),
        ('xmlns:x="http://www.adlnet.org/xsd/adlcp_v1p3"', Edition.THIRD),
        (
            'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"'
            ' xmlns:x="http://www.adlnet.org/xsd/adlcp_rootv1p2"',
            Edition.SCORM_12,
        ),
    ],
)
def test_without_a_version_the_namespaces_tell_the_edition(namespaces, edition):
    root, _ = parse(f"<manifest {namespaces}><resources/></manifest>".encode())
    findings = []
    assert edition_of(root, findings) is edition
    assert [finding.severity for finding in findings] == ["note"]


def test_what_is_no_manifest_is_refused():
    with pytest.raises(ManifestRefused, match="begins with <html>"):
        Reader(parse(b"<html/>")[0], [])


@pytest.mark.parametrize("organizations", ["", "<organizations/>"])
def test_a_manifest_without_organization_has_nothing_to_open(read, organizations):
    report, manifest = read(organizations=organizations)
    assert manifest is None
    assert rules_of(report) == ["nothing-launchable"]


TWO = (
    "<organizations {}>"
    '<organization identifier="a"><title>A</title>' + ITEM.format("r", "") + "</organization>"
    '<organization identifier="b"><title>B</title>'
    '<item identifier="x" identifierref="r"/></organization></organizations>'
)


@pytest.mark.parametrize(
    ("default", "taken", "rules"),
    [
        ('default="b"', "b", []),
        ('default="a"', "a", []),
        ('default="none"', "a", ["organization-default"]),
        ("", "a", ["organization-default"]),
    ],
)
def test_the_default_organization_is_taken_or_the_first(read, default, taken, rules):
    report, manifest = read(organizations=TWO.format(default))
    assert manifest.organization.identifier == taken
    assert [found.identifier for found in manifest.organizations] == ["a", "b"]
    assert rules_of(report) == rules


def test_an_organization_that_can_be_opened_is_taken_before_an_empty_default(read):
    both = TWO.format('default="e"').replace("</organizations>", "") + (
        '<organization identifier="e"><title>E</title></organization></organizations>'
    )
    report, manifest = read(organizations=both)
    assert manifest.organization.identifier == "a"
    assert rules_of(report) == ["organization-default"]


def test_organizations_of_one_name_are_told_apart(read):
    twins = TWO.format('default="a"').replace('identifier="b"', 'identifier="a"')
    _, manifest = read(organizations=twins)
    assert [found.identifier for found in manifest.organizations] == ["a", "a-2"]


def test_items_of_one_name_are_told_apart(read):
    items = '<item identifier="i" identifierref="r"/>' * 2 + '<item identifierref="r"/>' * 2
    report, manifest = read(items)
    assert [item.identifier for item in manifest.organization.items] == [
        "i",
        "i-2",
        "item",
        "item-2",
    ]
    assert set(rules_of(report)) == {"identifier"}


def test_an_item_without_title_is_called_by_its_identifier(read):
    _, manifest = read('<item identifier="i" identifierref="r"><title> \n </title></item>')
    assert only(manifest).title == "i"


@pytest.mark.parametrize(
    ("title", "root", "expected"),
    [
        ("<title> The\n course </title>", "", "The course"),
        ("", "", "One"),
        ("", "metadata", "From metadata"),
    ],
)
def test_the_title_falls_back_on_what_there_is(package, title, root, expected):
    lom = "<lom><general><title><langstring>From metadata</langstring></title></general></lom>"
    root, _ = parse(
        f"<manifest><metadata><schemaversion>1.2</schemaversion>{lom if root else ''}</metadata>"
        f"<organizations default='o'><organization identifier='o'>{title}"
        "<item identifier='i' identifierref='r'><title>One</title></item></organization>"
        "</organizations><resources><resource identifier='r' scormtype='sco' href='a'/>"
        "</resources></manifest>".encode()
    )
    assert Reader(root, ["a"]).manifest().title == expected


def test_a_title_without_end_is_cut(read):
    _, manifest = read(f'<item identifier="i" identifierref="r"><title>{"x" * 5000}</title></item>')
    assert len(only(manifest).title) == 1000


def test_parts_in_parts_and_a_part_that_also_opens_are_kept_in_scorm_12(read):
    inner = ITEM.format("s", "")
    report, manifest = read(
        ITEM.format("r", inner),
        SCO.format("r", "index.html") + SCO.format("s", "b.html"),
        files=["b.html"],
    )
    assert only(manifest).launch == "index.html"
    assert only(manifest).children[0].launch == "b.html"
    assert report.items == 2
    assert report.findings == ()


@pytest.mark.parametrize(
    "items",
    [
        ITEM.format("r", '<item identifier="x" identifierref="r"/>'),
        '<item identifier="x"/><item identifier="i" identifierref="r"/>',
    ],
)
def test_in_2004_a_part_opens_something_or_holds_parts(read, items):
    report, _ = read(items, edition="4th")
    assert rules_of(report) == ["item-shape"]


def nested(depth):
    return '<item identifier="i" identifierref="r">' * depth + "</item>" * depth


@pytest.mark.parametrize(
    "items",
    [nested(DEEPEST + 1), '<item identifier="i" identifierref="r"/>' * (MOST_ITEMS + 1)],
)
def test_more_parts_than_can_be_walked_are_refused(read, items):
    report, manifest = read(items)
    assert manifest is None
    assert "items-too-many" in rules_of(report)


def clusters(levels, items):
    """Clusters in one another, the innermost with so many items."""
    opened = "".join(f'<item identifier="c{n}"><title>C</title>' for n in range(levels - 1))
    inner = '<item identifierref="r"><title>x</title></item>' * items
    return opened + inner + "</item>" * (levels - 1)


@pytest.mark.parametrize(("levels", "items"), [(2, 2900), (5, 1400), (10, 700), (40, 100)])
def test_a_large_course_is_taken_in(read, levels, items):
    report, manifest = read(clusters(levels, items), edition="4th")
    assert manifest is not None
    assert report.items == items


@pytest.mark.parametrize(("levels", "items"), [(4, 2900), (40, 300)])
def test_more_parts_on_more_levels_than_can_be_gone_through_at_each_step_are_refused(
    read, levels, items
):
    report, manifest = read(clusters(levels, items), edition="4th")
    assert manifest is None
    assert "course-too-laborious" in rules_of(report)


def test_an_address_that_all_parts_share_cannot_fill_the_memory(read):
    item = '<item identifierref="r"><title>x</title></item>'
    resource = SCO.format("r", "index.html?" + "x" * 1900)
    assert read(item * 2000, resource)[1] is not None
    report, manifest = read(item * 2900, resource)
    assert manifest is None
    assert "manifest-too-large" in rules_of(report)


def test_an_identifier_without_end_is_not_kept(read):
    long = "x" * 4001
    report, manifest = read(
        f'<item identifier="{long}" identifierref="r"><title>One</title><adlcp:data>'
        f'<adlcp:map targetID="{long}"/><adlcp:map targetID="{long[1:]}"/></adlcp:data></item>',
        edition="4th",
    )
    assert only(manifest).identifier == "item"
    assert only(manifest).data_maps == (DataMap(long[1:]),)
    assert rules_of(report) == ["identifier-too-long", "data-map", "identifier"]


def test_the_deepest_contents_survive_storage(read):
    _, manifest = read(nested(DEEPEST))
    assert type(manifest).from_plain(manifest.to_plain()) == manifest


@pytest.mark.parametrize(
    ("href", "launch", "mended"),
    [
        ("index.html", "index.html", []),
        ("INDEX.html", "index.html", ["launch-case"]),
        (".\\index.html", "index.html", ["launch-address"]),
        ("file:///index.html", "index.html", ["launch-address"]),
        ("../index.html", "index.html", ["launch-address"]),
        ("a%20b/C%23.html?x#y", "a b/C%23.html?x#y", []),
    ],
)
def test_an_address_as_tools_write_it_is_mended(read, href, launch, mended):
    report, manifest = read(resources=SCO.format("r", href), files=["a b/C#.html"])
    assert only(manifest).launch == launch
    assert rules_of(report) == mended


@pytest.mark.parametrize(
    "href", ["https://example.org/x", "//example.org/x", "javascript:alert(1)", "ftp://a/b"]
)
def test_a_part_that_opens_something_outside_is_refused(read, href):
    report, manifest = read(resources=SCO.format("r", href))
    assert manifest is None
    assert rules_of(report) == ["launch-elsewhere", "nothing-launchable"]


def test_a_base_outside_is_refused_like_an_address(read):
    report, _ = read(holder='xml:base="http://example.org/"')
    assert rules_of(report)[0] == "launch-elsewhere"


def test_bases_of_manifest_resources_and_resource_add_up(read):
    resource = SCO.format("r", "d.html").replace("href", 'xml:base="c/" href')
    report, manifest = read(
        resources=resource, root='xml:base="a/"', holder='xml:base="b/"', files=["a/b/c/d.html"]
    )
    assert only(manifest).launch == "a/b/c/d.html"
    assert report.findings == ()


def test_parameters_of_an_item_follow_the_address(read):
    item = '<item identifier="i" identifierref="r" parameters="{}"/>'
    _, manifest = read(item.format("?a=1"), SCO.format("r", "index.html?b=2#c"))
    assert only(manifest).launch == "index.html?b=2&a=1#c"


def test_two_resources_of_one_name_and_a_lost_dependency_are_told(read):
    resources = SCO.format("r", "index.html") + (
        '<resource identifier="r" href="other.html"><dependency identifierref="none"/></resource>'
    )
    report, manifest = read(resources=resources)
    assert only(manifest).launch == "index.html"
    assert rules_of(report) == ["resource-duplicate", "dependency-missing"]


def test_when_no_resource_says_it_is_a_sco_those_that_open_are_taken_as_scos(read):
    items = ITEM.format("r", "") + ITEM.format("s", "")
    resources = SCO.replace(' adlcp:scormType="sco"', "")
    report, manifest = read(
        items, resources.format("r", "index.html") + resources.format("s", "index.html")
    )
    assert [item.sco for item in manifest.organization.items] == [True, True]
    assert rules_of(report) == ["scorm-type"]


@pytest.mark.parametrize(
    ("written", "sco"),
    [('adlcp:scormtype="SCO"', True), ('adlcp:scormType="asset"', False), ("", False)],
)
def test_a_resource_is_what_it_says_and_else_an_asset(read, written, sco):
    resources = (
        SCO.format("s", "index.html") + f'<resource identifier="r" {written} href="a.html"/>'
    )
    report, manifest = read(resources=resources, files=["a.html"])
    assert only(manifest).sco is sco
    assert report.findings == ()


def test_what_says_asset_stays_one_when_there_is_no_sco(read):
    _, manifest = read(resources=SCO.format("r", "index.html").replace('"sco"', '"asset"'))
    assert not only(manifest).sco


def test_the_elements_of_scorm_12_are_read_however_they_are_written(read):
    _, manifest = read(
        ITEM.format(
            "r",
            "<adlcp:prerequisites type='aicc_script'>(a&amp;b)|c</adlcp:prerequisites>"
            "<adlcp:maxTimeAllowed>01:00:00</adlcp:maxTimeAllowed>"
            "<adlcp:timelimitaction>exit,message</adlcp:timelimitaction>"
            "<adlcp:datafromlms>launch data</adlcp:datafromlms>"
            "<adlcp:masteryscore>80</adlcp:masteryscore>",
        ).replace("<item", '<item isvisible="false"')
    )
    item = only(manifest)
    assert (item.prerequisites, item.max_time_allowed) == ("(a&b)|c", "01:00:00")
    assert (item.time_limit_action, item.data_from_lms) == ("exit,message", "launch data")
    assert (item.mastery_score, item.visible) == ("80", False)


ATTRIBUTES = '<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="{}"/>'
TEXT = "<adlcp:completionThreshold>{}</adlcp:completionThreshold>"


@pytest.mark.parametrize(
    ("edition", "written", "threshold", "rules"),
    [
        ("4th", ATTRIBUTES.format("0.8"), CompletionThreshold(True, 0.8), []),
        ("4th", "<adlcp:completionThreshold/>", CompletionThreshold(False, 1.0), []),
        ("4th", TEXT.format("0.8"), CompletionThreshold(True, 0.8), ["threshold-form"]),
        ("3rd", TEXT.format("0.8"), CompletionThreshold(True, 0.8), []),
        ("2nd", TEXT.format("0.5"), CompletionThreshold(True, 0.5), []),
        ("3rd", ATTRIBUTES.format("0.8"), CompletionThreshold(True, 0.8), ["threshold-form"]),
        ("4th", ATTRIBUTES.format("80"), CompletionThreshold(True, 1.0), ["value-invalid"]),
        ("3rd", TEXT.format("nan"), CompletionThreshold(True, 1.0), ["value-invalid"]),
    ],
)
def test_a_completion_threshold_is_read_in_both_forms(read, edition, written, threshold, rules):
    report, manifest = read(ITEM.format("r", written), edition=edition)
    assert only(manifest).completion_threshold == threshold
    assert rules_of(report) == rules


def test_the_course_has_a_completion_threshold_of_its_own(read):
    _, manifest = read(ITEM.format("r", "") + ATTRIBUTES.format("0.6"), edition="4th")
    assert manifest.organization.completion_threshold == CompletionThreshold(True, 0.6)


def test_the_controls_that_a_package_hides_are_read(read):
    hidden = "".join(
        f"<adlnav:hideLMSUI>{name}</adlnav:hideLMSUI>"
        for name in ("continue", "SuspendAll", "", "everything")
    )
    report, manifest = read(
        ITEM.format(
            "r",
            "<adlnav:presentation><adlnav:navigationInterface>"
            f"{hidden}</adlnav:navigationInterface></adlnav:presentation>",
        ),
        edition="3rd",
    )
    assert only(manifest).hide_lms_ui == {"continue", "suspendAll"}
    assert rules_of(report) == ["hide-unknown"]


@pytest.mark.parametrize(
    ("edition", "told"), [("2nd", ["hide-edition"] * 3), ("3rd", []), ("4th", [])]
)
def test_controls_that_could_not_be_hidden_at_first_are_hidden_all_the_same(read, edition, told):
    names = ("exit", "exitAll", "abandonAll", "suspendAll")
    hidden = "".join(f"<adlnav:hideLMSUI>{name}</adlnav:hideLMSUI>" for name in names)
    report, manifest = read(
        '<item identifier="i" identifierref="r"><adlnav:presentation><adlnav:navigationInterface>'
        f"{hidden}</adlnav:navigationInterface></adlnav:presentation></item>",
        edition=edition,
    )
    assert only(manifest).hide_lms_ui == set(names)
    assert [(one.severity, one.rule) for one in report.findings] == [
        ("note", rule) for rule in told
    ]


def test_shared_data_may_be_read_and_written_unless_the_manifest_says_otherwise(read):
    maps = '<adlcp:map targetID="a"/><adlcp:map targetID="b" writeSharedData="false"/><adlcp:map/>'
    report, manifest = read(ITEM.format("r", f"<adlcp:data>{maps}</adlcp:data>"), edition="4th")
    assert only(manifest).data_maps == (DataMap("a"), DataMap("b", write=False))
    assert rules_of(report) == ["data-map"]


def test_what_an_organization_shares_is_read(read):
    organizations = (
        '<organizations default="o"><organization identifier="o"'
        ' adlseq:objectivesGlobalToSystem="false" adlcp:sharedDataGlobalToSystem="false">'
        "<title>T</title>" + ITEM.format("r", "") + "</organization></organizations>"
    )
    _, manifest = read(organizations=organizations, edition="4th")
    assert not manifest.organization.objectives_global_to_system
    assert not manifest.organization.shared_data_global_to_system


TAGS = ("manifest", "organizations", "organization", "item", "resources", "resource", "title")
NAMES = ("identifier", "identifierref", "href", "default", "parameters", "scormType")


def element(tag, values, inner):
    attributes = "".join(f' {name}="{value}"' for name, value in values.items())
    return f"<{tag}{attributes}>{''.join(inner)}</{tag}>"


VALUES = st.dictionaries(st.sampled_from(NAMES), st.sampled_from("ab/?#"), max_size=3)
TREES = st.recursive(
    st.just(""),
    lambda inner: st.builds(element, st.sampled_from(TAGS), VALUES, st.lists(inner, max_size=3)),
    max_leaves=8,
)
ORGANIZATIONS = st.builds(
    element,
    st.just("organization"),
    VALUES,
    st.lists(TREES, max_size=3),
)


@settings(max_examples=100)
@given(VALUES, st.lists(ORGANIZATIONS, max_size=2), TREES)
def test_any_tree_of_elements_is_read_or_refused(values, organizations, other):
    resource = '<resources><resource identifier="a" href="a" scormType="sco"/></resources>'
    text = (
        f"<manifest>{element('organizations', values, organizations)}{resource}{other}</manifest>"
    )
    reader = Reader(parse(text.encode())[0], ["a", "b"])
    manifest = reader.manifest()
    if manifest is None:
        assert any(finding.severity == "error" for finding in reader.findings)
    else:
        assert type(manifest).from_plain(manifest.to_plain()) == manifest


def test_the_edition_is_told_by_a_namespace_that_is_declared_anywhere():
    root, _ = parse(
        b'<manifest><a><b xmlns:x="http://www.adlnet.org/xsd/adlcp_v1p3"/></a></manifest>'
    )
    assert edition_of(root, []) is Edition.THIRD


def test_listed_files_beyond_what_is_looked_for_are_told_as_such(manifest):
    files = "".join(f'<file href="{n:04}{"x" * 1900}"/>' for n in range(2200))
    resource = f'<resource identifier="r" href="index.html">{files}</resource>'
    root, _ = parse(manifest(resources=resource).encode())
    rules = [finding.rule for finding in Reader(root, {"index.html"}).missing_files()]
    assert rules == ["file-missing"] * (MOST_ADDRESSES // (1904 + MISSED)) + ["files-too-many"]
