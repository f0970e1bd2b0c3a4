"""Addresses of imports and exports."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from wangge.exchange.views import deciding, desk, export, exports, mapping, reporting


class Ending(StringConverter):
    """The two endings of templates."""

    regex = "csv|xlsx"


register_converter(Ending, "sheet_ending")

urlpatterns = [
    path("imports/", desk.imports, name="imports"),
    path("imports/new/", desk.new_import, name="import-new"),
    path("imports/template/<slug:kind>.<sheet_ending:ending>", reporting.template, name="import-template"),
    path("imports/<int:pk>/", desk.one_import, name="import"),
    path("imports/<int:pk>/progress/", desk.progress, name="import-progress"),
    path("imports/<int:pk>/columns/", mapping.mapping, name="import-map"),
    path("imports/<int:pk>/preview/", deciding.preview, name="import-preview"),
    path("imports/<int:pk>/decide/", deciding.decide, name="import-decide"),
    path("imports/<int:pk>/confirm/", deciding.confirm, name="import-confirm"),
    path("imports/<int:pk>/rows/", reporting.rows, name="import-rows"),
    path("imports/<int:pk>/report/", reporting.report, name="import-report"),
    path("imports/<int:pk>/report/table/", reporting.report_csv, name="import-report-csv"),
    path("imports/<int:pk>/undo/", reporting.undo, name="import-undo"),
    path("imports/<int:pk>/give-up/", desk.give_up, name="import-refuse"),
    path("exports/", exports.exports, name="exports"),
    path("exports/new/", exports.new_export, name="export-new"),
    path("exports/new/<slug:kind>/", exports.ask, name="export-ask"),
    path("exports/new/<slug:kind>/count/", exports.count, name="export-count"),
    path("exports/<int:pk>/", export.one_export, name="export"),
    path("exports/<int:pk>/file/", export.download, name="export-file"),
    path("exports/<int:pk>/<slug:verb>/", export.move, name="export-do"),
]
