"""Addresses of the workbench of grids."""

from django.urls import path

from wangge.web.grids import classing, dedicated, drafting, layers, merging, rounds, views

urlpatterns = [
    path("grids/", views.divisions, name="grids"),
    path("grids/<int:pk>/", views.division, name="grids-of"),
    path("grids/classes/", classing.classed, name="grid-classes"),
    path("grids/classes/<int:pk>/", classing.classify, name="grid-class"),
    path("grids/<int:pk>/dedicated/new/", dedicated.new, name="grid-dedicated-new"),
    path("grids/dedicated/<int:pk>/", dedicated.dedicated, name="grid-dedicated"),
    path("grids/dedicated/<int:pk>/manager/", dedicated.manage, name="grid-dedicated-manager"),
    path("grids/dedicated/<int:pk>/post/", dedicated.post, name="grid-dedicated-post"),
    path("grids/dedicated/<int:pk>/end/", dedicated.end, name="grid-dedicated-end"),
    path("grids/<int:pk>/draw/", views.draw, name="grids-draw"),
    path("grids/layers/", layers.overview, name="layers"),
    path("grids/<int:pk>/layers/", layers.layers, name="layers-of"),
    path("grids/<int:pk>/layers/print/", layers.sheet, name="layers-print"),
    path("grids/<int:pk>/layers/new/", layers.lay, name="layer-new"),
    path("grids/<int:pk>/layers/draw/", merging.draw, name="layers-draw"),
    path("grids/<int:pk>/layers/<int:layer>/adopt/", merging.adopt, name="layer-adopt"),
    path("grids/<int:pk>/layers/<int:layer>/take-away/", layers.take_away, name="layer-take-away"),
    path("grids/rounds/<int:pk>/", rounds.rounds, name="grids-rounds"),
    path("grids/rounds/<int:pk>/print/", rounds.on_paper, name="grids-rounds-print"),
    path("grids/rounds/sheets.css", rounds.style, name="grids-rounds-style"),
    path("grids/drafts/<int:pk>/", drafting.bench, name="grid-draft"),
    path("grids/drafts/<int:pk>/edit/", drafting.edit, name="grid-draft-edit"),
    path("grids/drafts/<int:pk>/submit/", drafting.submit, name="grid-draft-submit"),
    path("grids/drafts/<int:pk>/handover/", drafting.handover, name="grid-draft-handover"),
    path("grids/drafts/<int:pk>/explain/", drafting.explain, name="grid-draft-explain"),
    path("grids/drafts/<int:pk>/discard/", drafting.decide, {"verb": "discard"}, name="grid-draft-discard"),
    path("grids/drafts/<int:pk>/draw-again/", drafting.decide, {"verb": "draw-again"}, name="grid-draft-draw-again"),
    path("grids/drafts/<int:pk>/take-back/", drafting.decide, {"verb": "take-back"}, name="grid-draft-take-back"),
]
