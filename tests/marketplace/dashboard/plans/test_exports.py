"""Files of a plan in the back office: asked for, waited for, handed to their scope alone."""

import pytest

from catalog.assistance.models import Batch
from marketplace.reports.models import Export
from tests.factories.goods import QINGSHUIHE, WUCHUAN
from tests.factories.reports import CUTOFF, batch_of, cell_of, export_of, line_of, plan_of
from tests.marketplace.dashboard.conftest import posted

pytestmark = pytest.mark.django_db
PLANS = "/en/dashboard/plans/"
OURS = f"/en/dashboard/county/{WUCHUAN}/plan/"


@pytest.fixture
def plan():
    plan = plan_of()
    line_of(plan)
    return plan


@pytest.fixture
def batch():
    batch = batch_of(cutoff=CUTOFF)
    cell_of(batch, "100")
    return batch


@pytest.fixture
def county(client):
    client.force_login(posted("county", "county_confirmer", WUCHUAN))
    return client


@pytest.fixture
def ask(django_capture_on_commit_callbacks):
    def ask(client, path, **typed):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(path, typed)

    return ask


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_an_operator_asks_for_a_file_and_takes_it(office, operator, plan, batch, ask):
    answer = ask(office, f"{PLANS}{plan.pk}/export/", kind="csv", batch=batch.number)
    export = Export.objects.get()
    assert (export.state, export.county, export.by) == ("ready", None, operator)
    assert answer["Location"] == f"{PLANS}exports/{export.pk}/"
    page = office.get(answer["Location"]).content.decode()
    assert f"{answer['Location']}file/" in page
    assert "1 of 1 sales rows" in page
    file = office.get(f"{answer['Location']}file/")
    assert file["Content-Type"] == "text/csv; charset=utf-8"
    assert file["Content-Disposition"].startswith("attachment; ")
    assert "no-store" in file["Cache-Control"]
    content = body(file)
    assert content.startswith(b"\xef\xbb\xbf")
    assert int(file["Content-Length"]) == len(content)
    assert f"exports/{export.pk}/" in office.get(f"{PLANS}{plan.pk}/").content.decode()


def test_a_county_asks_for_its_own(county, plan, batch, ask):
    answer = ask(county, f"{OURS}export/?plan={plan.pk}", kind="xlsx", batch=batch.number)
    export = Export.objects.get()
    assert (export.county_id, export.kind) == (WUCHUAN, "xlsx")
    assert answer["Location"] == f"{OURS}exports/{export.pk}/"
    assert body(county.get(f"{answer['Location']}file/")).startswith(b"PK")


@pytest.mark.parametrize("typed", [{}, {"kind": "pdf"}, {"kind": "csv", "batch": "none"}])
def test_no_kind_or_no_batch_is_refused_in_words_and_nothing_is_made(
    office, plan, batch, ask, typed
):
    answer = ask(office, f"{PLANS}{plan.pk}/export/", **{"batch": batch.number, **typed})
    assert answer["Location"] == f"{PLANS}{plan.pk}/"
    assert "Nothing was made" in office.get(answer["Location"]).content.decode()
    assert not Export.objects.exists()


def test_a_batch_that_is_not_published_makes_no_file(office, plan, ask):
    batch = batch_of(cutoff=CUTOFF, state=Batch.State.READY)
    ask(office, f"{PLANS}{plan.pk}/export/", kind="csv", batch=batch.number)
    assert not Export.objects.exists()


def test_a_county_without_a_plan_asks_in_vain(county, batch, ask):
    answer = ask(county, f"{OURS}export/", kind="csv", batch=batch.number)
    assert answer.status_code == 404


def test_a_file_is_for_officials_of_its_scope_alone(client, plan):
    of_market, of_wuchuan = export_of(plan), export_of(plan, WUCHUAN)
    seats = {
        "operator": posted("operator-2", "operator"),
        "wuchuan": posted("wuchuan", "county_confirmer", WUCHUAN),
        "qingshuihe": posted("qingshuihe", "county_confirmer", QINGSHUIHE),
    }
    theirs = OURS.replace(WUCHUAN, QINGSHUIHE)
    expected = {
        "operator": {f"{PLANS}exports/{of_market.pk}/"},
        "wuchuan": {f"{OURS}exports/{of_wuchuan.pk}/"},
        "qingshuihe": set(),
    }
    addresses = [
        f"{room}exports/{one.pk}/"
        for room in (PLANS, OURS, theirs)
        for one in (of_market, of_wuchuan)
    ]
    for name, user in seats.items():
        client.force_login(user)
        for end in ("", "file/"):
            open_ones = {path for path in addresses if client.get(path + end).status_code == 200}
            assert open_ones == expected[name]


def test_while_it_is_made_the_page_asks_again_and_hands_out_nothing(office, plan):
    export = export_of(plan)
    Export.objects.update(state="making", file="", done=500, total=2000)
    path = f"{PLANS}exports/{export.pk}/"
    page = office.get(path).content.decode()
    assert f'hx-get="{path}" hx-trigger="every 1s"' in page
    assert 'max="2000" value="500"' in page
    part = office.get(path, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="export"')
    assert office.get(f"{path}file/").status_code == 404


def test_a_file_that_could_not_be_made_says_so(office, plan):
    export = export_of(plan)
    Export.objects.update(state="failed", file="")
    page = office.get(f"{PLANS}exports/{export.pk}/").content.decode()
    assert "The file could not be made." in page
    assert "hx-get" not in page


def test_a_file_that_is_lost_is_not_found(office, plan):
    export = export_of(plan)
    export.file.storage.delete(export.file.name)
    assert office.get(f"{PLANS}exports/{export.pk}/file/").status_code == 404
