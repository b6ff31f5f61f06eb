"""Upstream's migrations of this app, followed by ours (which lie in this folder)."""

from oscar.apps.catalogue import migrations as upstream

__path__ += upstream.__path__
