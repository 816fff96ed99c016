"""A password is more than the name over the door."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from daybridge.access.passwords import NotOurWords

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("poor", ["Daybridge2026!", "HarborRecovery1", "harborstreet99", "Welcome-Harbor"])
def test_words_of_the_clinic_make_no_password(site, poor):
    with pytest.raises(ValidationError, match="words of the clinic"):
        NotOurWords().validate(poor)


@pytest.mark.parametrize("good", ["seven slow brown rivers", "harbor lights over slow water", "xK9#mPq2$vLw"])
def test_other_words_do_even_beside_one_of_ours(site, good):
    validate_password(good)
    assert "number behind it" in NotOurWords().get_help_text()
