"""Sources out as CSV and in again: nothing lost on the way, nothing done that was not shown."""

import csv
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.desk.errors import NotAllowed, Refused
from factcheck.sources import exchange, importing, naming, planning, services
from factcheck.sources.history import changes_of
from factcheck.sources.models import Source, SourceAlias, SourceDomain
from tests.factories import SourceFactory

pytestmark = pytest.mark.django_db
IMPORT = "/sources/import/"


def exported():
    return "".join(exchange.csv_lines(Source.objects.order_by("pk"))).encode()


def planned(text, user):
    data = text if isinstance(text, bytes) else text.encode()
    return planning.plan(exchange.read(data), user)


def outcomes(plan):
    return [row.outcome for row in plan.rows]


def upload(browser, text):
    data = text if isinstance(text, bytes) else text.encode()
    return browser.post(IMPORT, {"file": SimpleUploadedFile("sources.csv", data)})


def confirm(browser, shown, **more):
    return browser.post(
        IMPORT, {"table": shown.context["table"], "digest": shown.context["plan"].digest, **more}
    )


# Lines, marks, quotes, formulas and right-to-left text, as people and pages put them into names and notes.
TEXT = st.text(
    st.one_of(
        st.sampled_from("=+-@'\"|;,\t \n\r<>&%éא🙂ß\u200b＝"),
        st.characters(exclude_categories=("Cs",), exclude_characters="\0"),
    ),
    max_size=30,
)
NAME = TEXT.map(lambda text: " ".join(text.split())).filter(bool)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "name": NAME,
                "kind": st.sampled_from(Source.Kind.values),
                "aliases": st.lists(NAME, max_size=3),
                "interests": TEXT,
                "notes": TEXT,
                "country": st.sampled_from(["", "NO", "US"]),
                "rated": st.sampled_from(["", "high", "low"]),
                "reason": NAME,
                "on": st.none() | st.dates(date(1990, 1, 1), date(2020, 1, 1)),
                "robots": st.booleans(),
                "delay": st.none() | st.floats(0, 600),
                "below": st.booleans(),
            }
        ),
        max_size=4,
        unique_by=lambda made: made["name"].lower(),
    )
)
def test_what_was_exported_changes_nothing_when_imported(admin, made):
    Source.objects.all().delete()
    parent = None
    taken = {one["name"].lower() for one in made}
    for one in made:
        source = SourceFactory(
            name=one["name"],
            kind=one["kind"],
            interests=one["interests"],
            notes=one["notes"],
            country=one["country"],
            reliability=one["rated"],
            reliability_reason=one["reason"] if one["rated"] else "",
            reliability_on=one["on"],
            obeys_robots=one["robots"],
            fetch_delay=one["delay"],
            parent=parent if one["below"] else None,
        )
        for alias in one["aliases"]:
            if alias.lower() not in taken and not SourceAlias.objects.filter(name__iexact=alias).exists():
                SourceAlias.objects.create(source=source, name=alias)
        parent = source
    data = exported()
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
        assert not any(exchange.is_formula(cell) for cell in row)
    if made:
        plan = planned(data, admin)
        assert outcomes(plan) == ["unchanged"] * len(made), [row.errors or row.changes for row in plan.rows]
    Source.objects.update(parent=None)
    Source.objects.all().delete()


@pytest.mark.parametrize(
    "text", ["=1+1", "'=1+1", "''=1", "'plain", "  =x", "-5", "'", "", "\n@x", "＝x", "it's"]
)
def test_formula_is_disarmed_and_comes_back_as_it_was(text):
    assert not exchange.is_formula(exchange.safe(text))
    assert exchange.plain(exchange.safe(text)) == text


@pytest.mark.parametrize(
    "data",
    [
        "name,kind,notes\nDagbladet Sør,outlet,“Åpen”\n".encode(),
        "\ufeffname,kind,notes\r\nDagbladet Sør,outlet,“Åpen”\r\n".encode(),
        "name;kind;notes\nDagbladet Sør;outlet;“Åpen”\n".encode("cp1252"),
        "NAME\tKind\tNotes\nDagbladet Sør\tOutlet\t“Åpen”\n".encode("utf-16"),
        "\n\nnotes , kind,name\n“Åpen”,outlet,Dagbladet   Sør\n\n , ,\n".strip("\n").encode(),
    ],
)
def test_file_is_read_as_spreadsheets_write_it(admin, data):
    row = planned(data, admin).rows[0]
    assert (row.outcome, row.name, row.kind, row.values["notes"]) == (
        "new",
        "Dagbladet Sør",
        "outlet",
        "“Åpen”",
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\n\n", "must name the columns"),
        (b"title,kind\nx,outlet\n", "must name the columns"),
        (b"name,kind,name\nx,outlet,y\n", "two columns"),
        (b"name,kind\n", "no row"),
        (b"PK\x03\x04\0\0", "binary"),
        (b"name,kind\n" + b"x,outlet\n" * 5_001, "more than 5000 rows"),
        (b'name,kind\n"' + b"x" * 200_000 + b'",outlet\n', "Line "),
        (b"\xff\xfe\x00", "cannot be read as text"),
        (b"x" * 5_000_001, "larger than 5 MB"),
    ],
)
def test_what_is_no_such_file_is_told_in_words(signed_in, admin, data, said):
    answer = upload(signed_in(admin), data)
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",outlet,,", "The name is missing"),
        ("New,,,", "say its kind"),
        ("New,pirate,,", "“pirate” is no kind"),
        ("Old Lady,outlet,,", "another name of Norland Herald"),
        ("New,outlet,old lady,", "“old lady” is taken: Norland Herald has it"),
        ("New,outlet,,herald.example", "“herald.example” is taken"),
        ("New,outlet,,co.uk", "too wide"),
        ("New,outlet,,https://", "is not a domain"),
        ("norland herald,outlet,,gazette.example", "“gazette.example” is taken: Gazette has it"),
        (f"{'x' * 201},outlet,,", "at most 200"),
    ],
)
def test_wrong_row_says_what_is_wrong(admin, row, said):
    services.add_source(
        actor=admin, name="Norland Herald", kind="outlet", aliases=["Old Lady"], domains=["herald.example"]
    )
    services.add_source(actor=admin, name="Gazette", kind="outlet", domains=["gazette.example"])
    found = planned(f"name,kind,aliases,domains\n{row}\n", admin).rows[0]
    assert found.outcome == "error"
    assert said in " ".join(found.errors)


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("reliability", "superb", "Reliability"),
        ("reliability", "low", "needs its reason"),
        ("reliability_on", "03/11/2026", "2026-11-03"),
        ("country", "Norway", "Country"),
        ("homepage", "javascript:x", "Homepage"),
        ("fetch_delay", "fast", "Seconds between fetches"),
        ("obeys_robots", "perhaps", "neither yes nor no"),
        ("parent", "Nobody", "neither on the desk nor in this file"),
    ],
)
def test_wrong_cell_says_what_is_wrong(admin, column, cell, said):
    found = planned(f"name,kind,{column}\nNew,outlet,{cell}\n", admin).rows[0]
    assert said in " ".join(found.errors)


def test_name_twice_in_the_file_is_an_error_in_the_second(admin):
    plan = planned("name,kind,domains\nA,outlet,a.example\na,outlet,\nB,outlet,a.example\n", admin)
    assert outcomes(plan) == ["new", "error", "error"]
    assert "line 2" in plan.rows[1].errors[0]
    assert "A has it" in plan.rows[2].errors[0]


def test_row_with_a_column_left_out_leaves_it_alone_and_an_empty_cell_empties_it(admin):
    services.add_source(actor=admin, name="Herald", kind="outlet", notes="Kept", country="NO", aliases=["H"])
    row = planned("name,country\nHerald,\n", admin).rows[0]
    assert row.changes == [("Country", "NO", "")]
    assert row.values == {"country": ""}


def test_plan_shows_old_and_new_of_each_field(signed_in, admin):
    services.add_source(actor=admin, name="Herald", kind="outlet", notes="Old <b>", aliases=["H"])
    text = "name,kind,notes,aliases,reliability,reliability_reason\nHerald,outlet,New,H | The H,mixed,Late\n"
    shown = upload(signed_in(admin), text)
    page = " ".join(shown.content.decode().split())
    assert shown.status_code == 200
    assert "<del><bdi>Old &lt;b&gt;</bdi></del> → <bdi>New</bdi>" in page
    assert "H, The H" in page
    assert Source.objects.get().notes == "Old <b>"


def test_confirmed_import_does_what_was_shown(signed_in, admin):
    services.add_source(actor=admin, name="Herald", kind="outlet", notes="Old")
    text = (
        "name,kind,aliases,domains,parent,notes,reliability,reliability_reason\n"
        "Child,person,C | Kid,,House,,,\n"
        "Herald,outlet,The H,herald.example,House (organisation),New,low,Invents\n"
        "House,organisation,,house.example www.house.test,,,,\n"
    )
    browser = signed_in(admin)
    shown = upload(browser, text)
    assert outcomes(shown.context["plan"]) == ["new", "changed", "new"]
    assert Source.objects.count() == 1
    assert confirm(browser, shown).url == reverse("sources:list")
    house, child, herald = (Source.objects.get(name=name) for name in ("House", "Child", "Herald"))
    assert (child.parent, herald.parent) == (house, house)
    assert (herald.notes, herald.reliability) == ("New", "low")
    assert herald.reliability_on is not None
    assert {alias.name for alias in child.aliases.all()} == {"C", "Kid"}
    assert {one.domain for one in house.domains.all()} == {"house.example", "house.test"}
    assert outcomes(planned(text, admin)) == ["unchanged"] * 3
    event = Source.pgh_event_model.objects.filter(pgh_obj_id=house.pk).first()
    assert event.pgh_context.metadata["action"] == "import sources"


def test_another_rating_is_of_today_and_the_plan_shows_it(admin):
    old = {"reliability": "high", "reliability_reason": "Corrects", "reliability_on": date(2020, 1, 1)}
    services.add_source(actor=admin, name="Herald", kind="outlet", **old)
    table = exchange.read(b"name,reliability,reliability_on\nHerald,low,2020-01-01\n")
    plan = planning.plan(table, admin)
    today = timezone.localdate()
    assert ("Rated on", "2020-01-01", today.isoformat()) in plan.rows[0].changes
    importing.apply(actor=admin, table=table, digest=plan.digest)
    assert Source.objects.get().reliability_on == today


def test_parent_that_comes_with_the_file_is_shown_as_it_is_written(admin):
    plan = planned("name,kind,parent\nChild,person,the HOUSE\nThe House,organisation,\n", admin)
    assert plan.rows[0].changes == [("Belongs to", "", "The House")]


def test_import_is_not_done_over_what_changed_since_it_was_shown(signed_in, admin):
    source = services.add_source(actor=admin, name="Herald", kind="outlet", notes="Old")
    browser = signed_in(admin)
    shown = upload(browser, "name,notes\nHerald,New\n")
    services.edit_source(actor=admin, source=source, revision=1, notes="Meanwhile")
    again = confirm(browser, shown)
    assert again.status_code == 409
    assert Source.objects.get().notes == "Meanwhile"
    assert "Meanwhile" in again.content.decode()
    assert confirm(browser, again).status_code == 302
    assert Source.objects.get().notes == "New"


def test_second_click_imports_nothing_twice(signed_in, admin):
    browser = signed_in(admin)
    shown = upload(browser, "name,kind\nHerald,outlet\n")
    assert confirm(browser, shown).status_code == 302
    second = confirm(browser, shown)
    assert second.status_code == 409
    assert second.context["plan"].counts["unchanged"] == 1
    assert Source.objects.count() == 1


def test_nothing_is_imported_while_a_row_is_in_error_unless_asked(signed_in, admin):
    browser = signed_in(admin)
    shown = upload(browser, "name,kind\nHerald,outlet\nOops,pirate\n")
    assert confirm(browser, shown).status_code == 422
    assert not Source.objects.exists()
    assert confirm(browser, shown, good_only="on").status_code == 302
    assert Source.objects.get().name == "Herald"


MOVED = [
    'A,outlet,"",a.example\nB,outlet,Bee | Ay,c.example b.example\n',
    'B,outlet,Bee | Ay,c.example b.example\nA,outlet,"",a.example\n',
    "A,outlet,Bee,a.example c.example\nB,outlet,Ay,b.example\n",
    "Ay,outlet,,b.example\nA,outlet,,a.example\n",
]


@pytest.fixture
def two(admin):
    services.add_source(
        actor=admin, name="A", kind="outlet", aliases=["Ay"], domains=["a.example", "b.example"]
    )
    services.add_source(actor=admin, name="B", kind="outlet", aliases=["Bee"], domains=["c.example"])


@pytest.mark.parametrize("rows", MOVED)
def test_what_one_row_gives_up_another_takes_in_whatever_order_they_stand(admin, two, rows):
    table = exchange.read(f"name,kind,aliases,domains\n{rows}".encode())
    plan = planning.plan(table, admin)
    assert "error" not in outcomes(plan)

    importing.apply(actor=admin, table=table, digest=plan.digest)

    assert outcomes(planning.plan(table, admin)) == ["unchanged"] * 2


@pytest.mark.parametrize("rows", MOVED)
def test_what_a_row_in_error_would_have_given_up_stays_where_it_is(admin, two, rows):
    broken = rows.replace("a.example", "a.example co.uk")
    taker = "Ay" if rows.startswith("Ay") else "B"

    plan = planned(f"name,kind,aliases,domains\n{broken}", admin)

    assert outcomes(plan) == ["error"] * 2
    (row,) = (row for row in plan.rows if row.name == taker)
    assert "A has it" in " ".join(row.errors)


def test_a_source_keeps_what_it_has_whoever_wants_it_further_up(admin, two):
    plan = planned("name,kind,domains\nB,outlet,b.example\nA,outlet,b.example\n", admin)
    assert outcomes(plan) == ["error", "changed"]


def test_child_of_a_row_in_error_is_in_error(admin):
    plan = planned("name,kind,parent\nA,outlet,B\nB,outlet,C\nC,outlet,Nobody\n", admin)
    assert outcomes(plan) == ["error"] * 3
    assert "line 4" in plan.rows[1].errors[0]
    assert "line 3" in plan.rows[0].errors[0]


def test_circle_in_a_file_is_an_error(admin):
    SourceFactory(name="D", parent=SourceFactory(name="E"))
    plan = planned("name,kind,parent\nA,outlet,B\nB,outlet,A\nE,outlet,D\nF,outlet,F\n", admin)
    assert outcomes(plan) == ["error"] * 4
    assert all("circle" in row.errors[0] for row in plan.rows)


def test_table_that_was_tampered_with_is_refused(signed_in, admin):
    answer = signed_in(admin).post(IMPORT, {"table": "x:y:z", "digest": "1"})
    assert answer.status_code == 422
    assert "Choose the file again" in answer.content.decode()


def test_only_who_manages_sources_imports(editor, admin):
    table = exchange.read(b"name,kind\nA,outlet\n")
    with pytest.raises(NotAllowed):
        importing.apply(actor=editor, table=table, digest=planning.plan(table, editor).digest)
    with pytest.raises(Refused):
        importing.apply(actor=admin, table=table, digest="other")


def test_unknown_columns_are_named(signed_in, admin):
    page = upload(signed_in(admin), "name,kind,colour,<script>\nA,outlet,red,\n").content.decode()
    assert "colour, &lt;script&gt;" in page


def test_export_holds_what_the_list_shows(signed_in, viewer):
    SourceFactory(name="=HYPERLINK(1)", kind="person")
    SourceFactory(name="Elsewhere")
    answer = signed_in(viewer).get(reverse("sources:csv"), {"kind": "person"})
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeffname,kind,aliases")
    assert "\r\n'=HYPERLINK(1),person" in text
    assert "Elsewhere" not in text
    assert "attachment" in answer["Content-Disposition"]


def test_plan_of_many_rows_takes_the_queries_of_few(admin, django_assert_num_queries):
    def text(n):
        rows = "".join(f"Source {i},outlet,Also {i},s{i}.example,Outlet {i % 3}\n" for i in range(n))
        return f"name,kind,aliases,domains,parent\n{rows}"

    for n in range(3):
        SourceFactory(name=f"Outlet {n}")
    with CaptureQueriesContext(connection) as few:
        planned(text(2), admin)
    with django_assert_num_queries(len(few)):
        assert set(outcomes(planned(text(40), admin))) == {"new"}


def test_import_of_many_rows_takes_the_queries_of_few_and_tells_each_of_them(admin):
    """The parents stand in the file too, so that every kind of writing is in it."""

    def text(start, n):
        rows = "".join(
            f"Source {i},outlet,Also {i} | alias {i},new{i}.example,Parent {i},Note {i}\nParent {i},outlet,,,,\n"
            for i in range(start, start + n)
        )
        return f"name,kind,aliases,domains,parent,notes\n{rows}".encode()

    def imported(start, n):
        for i in range(start, start + n):
            services.add_source(
                actor=admin,
                name=f"Source {i}",
                kind="outlet",
                aliases=[f"Alias {i}"],
                domains=[f"old{i}.example"],
            )
        table = exchange.read(text(start, n))
        digest = planning.plan(table, admin).digest
        with CaptureQueriesContext(connection) as asked:
            importing.apply(actor=admin, table=table, digest=digest)
        return len(asked)

    assert imported(0, 2) == imported(2, 20)
    last = Source.objects.get(name="Source 21")
    assert (last.revision, last.notes, last.parent.name) == (2, "Note 21", "Parent 21")
    assert [one.name for one in last.aliases.all()] == ["Also 21", "alias 21"]
    assert [one.domain for one in last.domains.all()] == ["new21.example"]
    told = changes_of(last)
    assert {one.who for one in told} == {str(admin)}
    done = [field for one in told if one.action == "import sources" for field in one.fields]
    assert ("notes", "", "Note 21") in done
    assert ("domain", "old21.example", "") in done
    assert ("other name", "Alias 21", "alias 21") in done


def test_import_does_not_take_what_was_given_to_another_since(signed_in, admin, monkeypatch):
    services.add_source(actor=admin, name="Herald", kind="outlet")
    browser = signed_in(admin)
    shown = upload(browser, "name,kind,notes,domains\nHerald,outlet,New,herald.example\n")
    looked = naming._refuse_taken

    def slower(kind, wanted):
        looked(kind, wanted)
        if kind == "domains" and not Source.objects.filter(name="Faster").exists():
            SourceDomain.objects.create(source=SourceFactory(name="Faster"), domain="herald.example")

    monkeypatch.setattr(naming, "_refuse_taken", slower)
    answer = confirm(browser, shown)
    assert answer.status_code == 422
    assert "“herald.example” is taken: the desk has it as Faster" in answer.content.decode()
    assert Source.objects.get(name="Herald").notes == ""
