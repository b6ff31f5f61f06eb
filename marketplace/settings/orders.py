"""How parcels go on by themselves when nobody says anything."""

# A parcel of which nothing is heard counts as delivered so many days after it left: the slowest
# carrier needs seven from Hohhot to the far districts of Beijing.
DELIVERED_AFTER_DAYS = 10
# So long after its arrival a buyer may claim; the right of return without reason ends with it
# (consumer law art. 25).
CLAIM_DAYS = 7
# Hour in Beijing of a parcel's ship-by day from which its cooperative is warned.
LATE_WARNING_HOUR = 12
