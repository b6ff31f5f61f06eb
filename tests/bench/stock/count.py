"""`python -m tests.bench.stock.count`: counts on what is asked as JSON on standard input."""

import json
import sys

if __name__ == "__main__":
    import django

    django.setup()
    from tests.bench.counting import count_all
    from tests.bench.stock import buying

    asked = json.load(sys.stdin)
    sys.stdout.write(json.dumps(count_all(buying, **asked)))
