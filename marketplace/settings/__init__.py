"""Settings by subject, never by environment: what differs between machines is in env.py."""

from .base import *
from .celery import *
from .logging import *
from .orders import *
from .oscar import *
from .security import *
from .storage import *
from .stripe import *
from .wagtail import *
