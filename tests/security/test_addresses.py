"""Links that people give: only where a browser shows a page, never what it would run."""

import pytest
from django.urls import reverse

from factcheck.verdicts.models import Exhibit

pytestmark = pytest.mark.django_db

NOT_A_PAGE = ["javascript:alert(1)", "data:text/html,x", "ftp://files.example/list", "file:///etc/passwd"]


@pytest.mark.parametrize("address", NOT_A_PAGE)
def test_evidence_is_no_script_and_no_file(claim, editor, signed_in, address):
    data = {"stance": "supports", "url": address, "title": "A list"}
    answer = signed_in(editor).post(reverse("verdicts:add_evidence", args=[claim.pk]), data)
    assert answer.status_code == 422
    assert not Exhibit.objects.exists()


@pytest.mark.parametrize("address", NOT_A_PAGE)
@pytest.mark.parametrize("field", ["url", "recording_url"])
def test_an_article_comes_from_a_page(editor, signed_in, address, field):
    data = {"text": "Rents rose 3 percent.", "medium": "speech", field: address}
    answer = signed_in(editor).post(reverse("articles:add"), data)
    assert answer.status_code == 422
    assert f"id_{field}_error" in answer.content.decode()
