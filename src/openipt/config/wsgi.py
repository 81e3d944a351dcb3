"""The door for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openipt.config.settings")

if os.environ.get("OPENIPT_PARENT", "") == str(os.getppid()):
    # Started by our own server: a web process must not outlive it and keep the port.
    from openipt.config.lifetime import end_with_parent

    end_with_parent(os.getppid())

application = get_wsgi_application()
