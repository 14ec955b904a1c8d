"""One effect a form, however often it is sent."""

import uuid

import pytest
from django.db import transaction

from casework.models import FormUse
from casework.services import form_use
from casework.services.form_use import AlreadyUsed
from tests.cast import Cast
from tests.conftest import NOW


def test_second_use_of_a_token_tells_where_the_first_led(cast: Cast) -> None:
    token = uuid.uuid4()
    form_use.led_to(form_use.use(by=cast.asha, at=NOW, token=token), address="/exclusions/26-0001/")

    with pytest.raises(AlreadyUsed) as twice:
        form_use.use(by=cast.asha, at=NOW, token=token)

    assert twice.value.led_to == "/exclusions/26-0001/"
    assert form_use.used_before(by=cast.asha, token=token) == "/exclusions/26-0001/"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/" + "z" * 199, "/" + "z" * 199),
        ("/search/?" + "z" * 191, "/search/?" + "z" * 191),
        ("/search/?" + "z" * 192, "/search/"),
        ("/" + "z" * 200, "/"),
    ],
)
def test_address_too_long_to_keep_leads_a_second_click_to_its_path(address: str, kept: str, cast: Cast) -> None:
    token = uuid.uuid4()

    form_use.led_to(form_use.use(by=cast.asha, at=NOW, token=token), address=address)

    assert form_use.used_before(by=cast.asha, token=token) == kept


def test_token_of_another_person_leads_to_the_first_page(cast: Cast) -> None:
    token = uuid.uuid4()
    form_use.led_to(form_use.use(by=cast.asha, at=NOW, token=token), address="/exclusions/26-0001/")

    with pytest.raises(AlreadyUsed) as twice:
        form_use.use(by=cast.imran, at=NOW, token=token)

    assert twice.value.led_to == "/"
    assert form_use.used_before(by=cast.imran, token=token) is None


def test_token_of_work_that_failed_may_be_used_again(cast: Cast) -> None:
    token = uuid.uuid4()
    with transaction.atomic():
        form_use.use(by=cast.asha, at=NOW, token=token)
        transaction.set_rollback(True)

    assert form_use.use(by=cast.asha, at=NOW, token=token)
    assert FormUse.objects.count() == 1
