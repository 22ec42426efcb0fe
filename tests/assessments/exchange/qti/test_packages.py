"""What a package, and a test in it, bring in beside their items."""

from fractions import Fraction

from assessments.exchange.qti import read_qti
from tests.assessments.exchange.qti.packages import (
    FILES,
    TEST,
    V22,
    package,
    section_of,
    whole_test,
)
from tests.assessments.questions.qti_items import (
    ASK,
    ITEMS,
    declared,
    item,
)
from tests.assessments.wording import english

STIMULUS = """<qti-assessment-stimulus xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
 identifier="s" title="S"><qti-stimulus-body><p>Read this.</p><img src="../files/map.png" alt="x"/>
</qti-stimulus-body></qti-assessment-stimulus>"""


def test_a_text_in_a_file_of_its_own_stands_before_the_question():
    xml = ITEMS["choice"].replace(
        "<itemBody>",
        '<assessmentStimulusRef identifier="s" href="texts/s.xml"/>'
        '<assessmentStimulusRef identifier="t" href="missing.xml"/><itemBody>',
    )
    files = {"item.xml": xml, "texts/s.xml": STIMULUS, "files/map.png": FILES["map.png"]}
    taken = read_qti(package(files, ["item.xml"]))
    (entry,) = taken.entries
    assert entry.question.body.startswith('<div><p>Read this.</p><img src="files/map.png"')
    assert set(entry.files) == {"map.png"}
    assert english(remark.message for remark in taken.remarks) == [
        "The text “missing.xml” that belongs to the question is missing."
    ]


def test_a_strangers_program_is_left_out_and_said():
    xml = item(declared("single", "string"), f"<customInteraction {ASK}/>")
    taken = read_qti(package({"item.xml": xml}))
    assert taken.entries == ()
    assert english(remark.message for remark in taken.remarks) == [
        "The question needs a program of its author’s. Programs of others are not run here."
    ]


def test_what_a_quiz_here_cannot_do_of_a_test_is_said():
    taken = read_qti(
        package({"test.xml": TEST, "a.xml": ITEMS["choice"], "b.xml": ITEMS["choices"]})
    )
    (test,) = taken.tests
    assert (test.seconds, test.sequential) == (600, True)
    assert [(each.title, each.pick, each.shuffle, each.entries) for each in test.sections] == [
        ("Inner", 1, True, (0, 1)),
        ("Outer", 0, False, ()),
    ]
    assert test.sections[0].marks == (Fraction(5, 2), None)
    said = " ".join(english(remark.message for remark in taken.remarks))
    for words in (
        "takes or orders whole sections by chance",
        "may take a question more than once",
        "The time for the section “Outer”",
        "The time for the question “a”",
        "has a weight of 0 or less",
        "The question “c” of the test is missing.",
        "gives “b” numbers to begin with",
        "some questions keep their places",
        "depends on earlier answers",
        "What the test says at its end",
    ):
        assert words in said


def test_items_that_only_a_test_names_are_read_too():
    files = {"test.xml": TEST, "a.xml": ITEMS["choice"], "b.xml": ITEMS["choices"]}
    taken = read_qti(package(files, ["test.xml"]))
    assert len(taken.entries) == 2


def test_a_package_may_lie_in_a_folder_and_hold_qti_1_2():
    old = (
        b'<questestinterop><objectbank title="Bank"><item ident="x" title="Read"><presentation>'
        b"<material><mattext>Rest.</mattext></material></presentation></item></objectbank>"
        b"</questestinterop>"
    )
    taken = read_qti(package({"old.xml": old, "broken.xml": "<questestinterop"}, prefix="a/b/"))
    (entry,) = taken.entries
    assert (entry.question.kind, entry.category) == ("description", ("Bank",))


def test_what_a_section_in_a_file_of_its_own_names_is_told_from_that_file():
    own = f' xmlns="{V22}"'
    files = {
        "item.xml": ITEMS["choice"],
        "a/other.xml": ITEMS["order"].replace("secret-item", "other"),
        "a/first.xml": section_of(
            '<assessmentItemRef identifier="q1" href="../item.xml"/>'
            '<assessmentItemRef identifier="q2" href="http://elsewhere/item.xml"/>'
            '<assessmentSectionRef identifier="r2" href="b/second.xml"/>',
            own,
        ),
        "a/b/second.xml": section_of(
            '<assessmentItemRef identifier="q3" href="../other.xml"/>', own
        ),
        "test.xml": whole_test('<assessmentSectionRef identifier="r1" href="a/first.xml"/>'),
    }
    taken = read_qti(package(files, ["item.xml", "a/other.xml", "test.xml"]))
    (test,) = taken.tests
    assert [each.entries for each in test.sections] == [(0,), (1,)]
    assert english(remark.message for remark in taken.remarks) == [
        "The question “q2” of the test is missing."
    ]


def test_what_goes_with_an_item_elsewhere_is_taken_out_and_said():
    more = (
        "<companionMaterialsInfo><calculator/></companionMaterialsInfo><stylesheet href='a.css'/>"
        "<itemBody><apipAccessibility/> After"
    )
    taken = read_qti(package({"item.xml": ITEMS["choice"].replace("<itemBody>", more)}))
    assert "After" in taken.entries[0].question.body
    assert english(remark.message for remark in taken.remarks) == [
        "The question’s own styles were left out: it looks like all others.",
        "Some mark-up cannot be kept here and was taken out (apipAccessibility, "
        "companionMaterialsInfo). Check how the question looks.",
    ]


def test_an_item_is_found_whatever_its_file_is_called():
    taken = read_qti(package({"item": ITEMS["choice"], "notes.txt": "x"}, ["item", "notes.txt"]))
    assert len(taken.entries) == 1
