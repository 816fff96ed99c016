"""The room alone: its own addresses, no gates in front (the gates stand in access, above)."""

import pytest


@pytest.fixture
def room(settings):
    settings.ROOT_URLCONF = "daybridge.ui.tests.urls"
    settings.LOGIN_URL = "/sign-in/"
    settings.MIDDLEWARE = [
        *(name for name in settings.MIDDLEWARE if not name.startswith("daybridge.") and "allauth" not in name),
        "daybridge.ui.middleware.drafts",
    ]
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    processors = settings.TEMPLATES[0]["OPTIONS"]["context_processors"]
    kept = [name for name in processors if not name.startswith("daybridge.")]
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "OPTIONS": {"context_processors": kept}}]


@pytest.fixture
def signed_in(room, client, db):
    from daybridge.ui.tests import factories

    client.user = factories.person()
    client.force_login(client.user)
    return client
