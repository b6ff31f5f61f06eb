"""The addresses that a signed-in person keeps: list, add, change, delete, make the default.

Everything starts from the person's own addresses, so another one's is simply not there.
"""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from marketplace.address.forms import AddressForm, typed_so_far, written
from marketplace.address.models import UserAddress
from marketplace.address.refusals import MOST_KEPT, AddressRefused
from marketplace.address.services import (
    Destination,
    change_address,
    drop_address,
    keep_address,
    make_default,
)

signed_in = login_required(login_url=reverse_lazy("account_login"))


@never_cache
@signed_in
def kept(request: HttpRequest) -> HttpResponse:
    addresses = list(UserAddress.objects.kept_by(request.user))
    context = {"addresses": addresses, "most": MOST_KEPT, "is_full": len(addresses) >= MOST_KEPT}
    return render(request, "address/list.html", context)


@never_cache
@signed_in
def add(request: HttpRequest) -> HttpResponse:
    def keep(destination: Destination) -> None:
        keep_address(user=request.user, destination=destination)

    return fill_in(request, AddressForm(), keep, {"title": _("Add an address")})


@never_cache
@signed_in
def change(request: HttpRequest, address_id: int) -> HttpResponse:
    address = own(request, address_id)

    def write(destination: Destination) -> None:
        change_address(user=request.user, address_id=address_id, destination=destination)

    form = AddressForm(initial=written(address))
    return fill_in(request, form, write, {"title": _("Change the address"), "address": address})


def fill_in(
    request: HttpRequest,
    empty: AddressForm,
    write: Callable[[Destination], None],
    context: dict[str, object],
) -> HttpResponse:
    """Show the form, show it with the next list or a pasted address, or write it."""
    if request.method != "POST":
        return render(request, "address/edit.html", context | {"form": empty})
    if "next" in request.POST:
        form = AddressForm(initial=typed_so_far(request.POST))
        template = "address/fields.html" if request.htmx else "address/edit.html"
        return render(request, template, context | {"form": form})
    form = AddressForm(request.POST)
    if form.is_valid() and written_down(form, write):
        messages.success(request, _("The address is kept."))
        return redirect("address:list")
    return render(request, "address/edit.html", context | {"form": form}, status=422)


def written_down(form: AddressForm, write: Callable[[Destination], None]) -> bool:
    """Whether it was; the reason stands above the form when not."""
    try:
        write(form.destination())
    except AddressRefused as refused:
        form.add_error(None, refused.words)
    except UserAddress.DoesNotExist as error:
        raise Http404 from error
    return not form.errors


@never_cache
@signed_in
def delete(request: HttpRequest, address_id: int) -> HttpResponse:
    """Asks first."""
    address = own(request, address_id)
    if request.method != "POST":
        return render(request, "address/delete.html", {"address": address})
    drop_address(user=request.user, address_id=address.pk)
    messages.success(request, _("The address is deleted."))
    return redirect("address:list")


@never_cache
@signed_in
@require_POST
def default(request: HttpRequest, address_id: int) -> HttpResponse:
    make_default(user=request.user, address_id=own(request, address_id).pk)
    return redirect("address:list")


def own(request: HttpRequest, address_id: int) -> UserAddress:
    return get_object_or_404(UserAddress.objects.kept_by(request.user), pk=address_id)
