"""Addresses of admission and of papers, below /dashboard/."""

from django.urls import path

from marketplace.dashboard.admission import applicant, county, operator
from marketplace.dashboard.papers import views as papers

ONE, COUNTYS = "apply/<int:pk>/", "county/<slug:county>/"
ASKED, ADMISSION = f"{COUNTYS}applications/<int:pk>/", "applications/<int:pk>/"
PAPERS = "c/<slug:cooperative>/papers/"

urlpatterns = [
    path("apply/", applicant.show_list, name="apply"),
    path("apply/new/", applicant.start, name="apply_new"),
    path(ONE, applicant.show, name="application"),
    path(f"{ONE}edit/", applicant.edit, name="application_edit"),
    path(f"{ONE}submit/", applicant.submit, name="application_submit"),
    path(f"{ONE}withdraw/", applicant.withdraw, name="application_withdraw"),
    path(f"{ONE}papers/new/", applicant.new_paper, name="application_paper_new"),
    path(f"{ONE}papers/<int:paper>/", applicant.show_paper, name="application_paper"),
    path(
        f"{ONE}papers/<int:paper>/remove/",
        applicant.take_paper_away,
        name="application_paper_remove",
    ),
    path("applications/", operator.show_list, name="admissions"),
    path("applications/counties/", operator.show_counties, name="admission_counties"),
    path("applications/counties/new/", operator.add_county, name="admission_county_new"),
    path("applications/counties/<int:pk>/", operator.change_county, name="admission_county"),
    path("applications/objections/<int:pk>/", operator.answer, name="objection"),
    path(ADMISSION, operator.show, name="admission"),
    path(f"{ADMISSION}papers/<int:paper>/", operator.show_paper, name="admission_paper"),
    path(f"{ADMISSION}sheets/<int:sheet>/", operator.show_sheet, name="admission_sheet"),
    path(f"{ADMISSION}<slug:decision>/", operator.decide, name="admission_decide"),
    path(f"{COUNTYS}applications/", county.show_list, name="county_admissions"),
    path(ASKED, county.show, name="county_admission"),
    path(f"{ASKED}papers/<int:paper>/", county.show_paper, name="county_admission_paper"),
    path(f"{ASKED}sheets/<int:sheet>/", county.show_sheet, name="county_admission_sheet"),
    path(f"{ASKED}<slug:decision>/", county.decide, name="county_admission_decide"),
    path(f"{COUNTYS}papers/", papers.show_county, name="county_papers"),
    path(f"{COUNTYS}papers/<int:pk>/", papers.show_county_file, name="county_paper"),
    path("papers/", papers.show_all, name="all_papers"),
    path("papers/<int:pk>/", papers.show_any_file, name="any_paper"),
    path(PAPERS, papers.show_papers, name="papers"),
    path(f"{PAPERS}new/", papers.add, name="paper_new"),
    path(f"{PAPERS}<int:pk>/", papers.show_file, name="paper"),
    path(f"{PAPERS}<int:pk>/remove/", papers.remove, name="paper_remove"),
]
