"""The WSGI application that the web server loads."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daybridge.config.settings")
application = get_wsgi_application()

# A page makes and drops thousands of small objects; the collector's defaults look at all of Django for each of them.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 100)
