"""The page server's app, for a WSGI server and for `flask --app wsgi`. Importing starts nothing."""

from __future__ import annotations

import sys

import bootstrap
from core.settings import Settings, UnsafeSettings
from webapp.factory import create_app

try:
    app = create_app(bootstrap.build(Settings()))
except UnsafeSettings as unsafe:
    sys.exit("The market was not started.\n" + str(unsafe))
