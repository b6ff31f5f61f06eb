"""Addresses of agreements and benefit records, below /dashboard/."""

from django.urls import path

from marketplace.dashboard.assistance import cooperative, county_records, operator
from marketplace.dashboard.assistance import county_agreements as agreements

AGREEMENTS = "county/<slug:county>/agreements/"
AGREEMENT = f"{AGREEMENTS}<slug:number>/"
RECORDS = "county/<slug:county>/records/"
RECORD = f"{RECORDS}<slug:number>/"
ROOM = "c/<slug:cooperative>/assistance/"
OWN = f"{ROOM}records/<slug:number>/"

urlpatterns = [
    path(AGREEMENTS, agreements.show_list, name="county_agreements"),
    path(f"{AGREEMENTS}new/", agreements.make, name="county_agreement_new"),
    path(AGREEMENT, agreements.show, name="county_agreement"),
    path(f"{AGREEMENT}households/", agreements.choose, name="county_agreement_households"),
    path(
        f"{AGREEMENT}households/<int:position>/remove/",
        agreements.take_off,
        name="county_agreement_remove",
    ),
    path(f"{AGREEMENT}end/", agreements.end, name="county_agreement_end"),
    path(f"{AGREEMENT}pages/", agreements.add_pages, name="county_agreement_pages"),
    path(f"{AGREEMENT}pages/<int:pk>/", agreements.show_file, name="county_agreement_page"),
    path(f"{AGREEMENT}print/", agreements.print_list, name="county_agreement_print"),
    path(RECORDS, county_records.show_list, name="county_records"),
    path(RECORD, county_records.show, name="county_record"),
    path(f"{RECORD}evidence/<int:pk>/", county_records.show_file, name="county_record_file"),
    path(f"{RECORD}<slug:decision>/", county_records.decide, name="county_record_decide"),
    path(ROOM, cooperative.show_room, name="coop_assistance"),
    path(f"{ROOM}agreements/<slug:number>/", cooperative.show_agreement, name="coop_agreement"),
    path(f"{ROOM}agreements/<slug:number>/record/", cooperative.new_record, name="coop_record_new"),
    path(OWN, cooperative.show_record, name="coop_record"),
    path(f"{OWN}again/", cooperative.hand_in_again, name="coop_record_again"),
    path(f"{OWN}counter/", cooperative.counter, name="coop_record_counter"),
    path(f"{OWN}evidence/<int:pk>/", cooperative.show_file, name="coop_record_file"),
    path("records/", operator.show_list, name="benefit_records"),
    path("records/<slug:number>/", operator.show, name="benefit_record"),
]
