"""The application as a server loads it, told by environment variables."""

import os

from quizapp.web.app import create_app
from quizapp.web.settings import read_settings

app = create_app(read_settings(os.environ))
