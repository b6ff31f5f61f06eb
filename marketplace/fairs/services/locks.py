"""One lock for each fair: whatever is decided about it is decided one after another.

Quotas, booths and states of a fair depend on each other; the fair's row is always locked first,
then what is written, so that two decisions can never wait for each other. What visitors do at the
fair does not pass here, but for its organiser's form.
"""

from marketplace.fairs.models import Allotment, Exhibitor, Fair, Session


def hold_fair(fair_id: int) -> Fair:
    """Lock it until the transaction ends, and read it as it is now."""
    return Fair.objects.select_for_update(no_key=True).get(pk=fair_id)


def hold_with_programme(fair_id: int) -> Fair:
    """The fair for an editor's form, which writes all of it back: meanwhile nobody moves it, makes
    booths or signs up. Visitors hold sessions and wait for no fair, so the order is safe."""
    fair = hold_fair(fair_id)
    sessions = Session.objects.filter(fair=fair).order_by().values_list("pk", flat=True)
    list(Session.objects.lock(list(sessions)))
    return fair


def hold_exhibitor(exhibitor_id: int) -> Exhibitor:
    """With its `fair` and `cooperative` as they are now."""
    fair = hold_fair(Exhibitor.objects.values_list("fair", flat=True).get(pk=exhibitor_id))
    rows = Exhibitor.objects.select_for_update(no_key=True, of=("self",))
    exhibitor = rows.select_related("cooperative").get(pk=exhibitor_id)
    exhibitor.fair = fair
    return exhibitor


def hold_allotment(allotment_id: int) -> Allotment:
    """With its `fair`, `booth`, `exhibitor` and cooperative as they are now."""
    hold_fair(Allotment.objects.values_list("fair", flat=True).get(pk=allotment_id))
    rows = Allotment.objects.select_for_update(no_key=True, of=("self",))
    return rows.with_names().get(pk=allotment_id)
