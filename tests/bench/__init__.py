"""`python -m tests.bench` (make bench): what pages cost at 300 and at 20,000 products, and what
a stock django-oscar pays for the same ones."""
