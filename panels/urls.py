from django.urls import path

from panels.views import connections, membership, panel, panels, terms

app_name = "panels"

urlpatterns = [
    path("panels/", panels.panels, name="panels"),
    path("panels/open/", panels.open_panel, name="open-panel"),
    path("panels/my-connections/", connections.my_connections, name="my-connections"),
    path("panels/my-connections/declare/", connections.declare_connection, name="declare-connection"),
    path("panels/my-connections/<int:number>/end/", connections.end_my_connection, name="end-my-connection"),
    path("panels/<slug:code>/", panel.panel, name="panel"),
    path("panels/<slug:code>/change/", panels.change_panel, name="change-panel"),
    path("panels/<slug:code>/close/", panels.close_panel, name="close-panel"),
    path("panels/<slug:code>/terms/add/", terms.add_terms, name="add-terms"),
    path("panels/<slug:code>/terms/<day:in_force_from>/", panel.terms, name="terms"),
    path("panels/<slug:code>/members/appoint/", membership.appoint_member, name="appoint-member"),
    path("panels/<slug:code>/members/<int:number>/end/", membership.end_membership, name="end-membership"),
    path(
        "panels/<slug:code>/members/<int:number>/connections/",
        connections.member_connections,
        name="member-connections",
    ),
    path(
        "panels/<slug:code>/members/<int:number>/connections/record/",
        connections.record_connection,
        name="record-connection",
    ),
    path(
        "panels/<slug:code>/members/<int:member>/connections/<int:number>/end/",
        connections.end_connection,
        name="end-connection",
    ),
]
