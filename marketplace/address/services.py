"""Writing Chinese addresses onto Oscar's columns, and keeping them for their owner.

Every change of what a user keeps holds the user's row: parallel requests neither pass the limit
nor leave two defaults or none.
"""

from dataclasses import dataclass

from django.db import transaction

from catalog.origins.models import Region
from marketplace.accounts.models import User
from marketplace.address.models import CHINA, ChineseAddress, UserAddress
from marketplace.address.refusals import MOST_KEPT, AlreadyKept, TooManyAddresses

CALLING_CODE = "+86"


@dataclass(frozen=True)
class Destination:
    """Where a parcel goes: eleven digits of mobile, a region read with_parents(), the door.

    The region is a street or township, or what has none below it: in most of China the list ends
    with the district, in Dongguan, Zhongshan and Danzhou with the city.
    """

    recipient: str
    mobile: str
    region: Region
    detail: str

    @property
    def district(self) -> str:
        """The code of the district, or of the city that has none."""
        is_street = self.region.level == Region.Level.STREET
        return self.region.parent_id if is_street else self.region.pk


def fill_address(*, address: ChineseAddress, destination: Destination) -> None:
    """Copy the destination onto an address; the caller saves it."""
    address.first_name = destination.recipient
    address.phone_number = CALLING_CODE + destination.mobile
    address.line1 = destination.detail
    address.country_id = CHINA
    address.place(destination.region)


def destination_of(address: ChineseAddress) -> Destination:
    """Where a kept address leads; its region must come with_parents()."""
    return Destination(
        recipient=address.recipient,
        mobile=address.mobile,
        region=address.region,
        detail=address.line1,
    )


@transaction.atomic
def keep_address(*, user: User, destination: Destination) -> UserAddress:
    """Keep a new address; the first one becomes the default.

    The same recipient at the same door is kept once: asked for again, it gets the new mobile
    number. Raises TooManyAddresses.
    """
    hold(user)
    kept = UserAddress.objects.filter(user=user)
    address = UserAddress(user=user)
    fill_address(address=address, destination=destination)
    if same := kept.filter(hash=address.generate_hash()).first():
        address = same
        fill_address(address=address, destination=destination)
    elif kept.count() >= MOST_KEPT:
        raise TooManyAddresses
    else:
        address.is_default_for_shipping = not kept.filter(is_default_for_shipping=True).exists()
    address.save()
    return address


@transaction.atomic
def change_address(*, user: User, address_id: int, destination: Destination) -> UserAddress:
    """Write a kept address anew. Raises AlreadyKept, or UserAddress.DoesNotExist."""
    hold(user)
    address = UserAddress.objects.get(user=user, pk=address_id)
    fill_address(address=address, destination=destination)
    same = UserAddress.objects.filter(user=user, hash=address.generate_hash())
    if same.exclude(pk=address.pk).exists():
        raise AlreadyKept
    address.save()
    return address


@transaction.atomic
def make_default(*, user: User, address_id: int) -> UserAddress:
    """Let the confirm page begin with this address. Raises UserAddress.DoesNotExist."""
    hold(user)
    address = UserAddress.objects.get(user=user, pk=address_id)
    address.is_default_for_shipping = True
    address.save()
    return address


@transaction.atomic
def drop_address(*, user: User, address_id: int) -> None:
    """Forget a kept address; the newest one follows a default that goes.

    Orders keep their own copy. Raises UserAddress.DoesNotExist.
    """
    hold(user)
    address = UserAddress.objects.get(user=user, pk=address_id)
    address.delete()
    newest = UserAddress.objects.filter(user=user).order_by("-pk").first()
    if address.is_default_for_shipping and newest:
        newest.is_default_for_shipping = True
        newest.save()


def hold(user: User) -> None:
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
