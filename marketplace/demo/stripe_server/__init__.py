"""The demonstration's payment server: Stripe's wire format on this machine, no money, no internet.

A process of its own, on the standard library alone: it imports nothing of the shop and the shop
nothing of it. `python -m marketplace.demo.stripe_server --help` names its options; with this
package's parent folder on PYTHONPATH, `python -m stripe_server` starts it without the shop's
libraries, in a fraction of the time.
"""
