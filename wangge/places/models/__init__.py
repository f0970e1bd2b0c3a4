"""Areas with explicit parents and validity dates, grids, compounds, buildings, dwellings, addresses."""

from wangge.places.models.areas import Area, AreaCode, Belonging, FormerName, Grid
from wangge.places.models.changes import Change, ChangePart
from wangge.places.models.classes import GridClass
from wangge.places.models.grids import FormerGrid, GridDraft, MicroGrid, MicroUnit
from wangge.places.models.homes import Address, Building, Compound, Dwelling
from wangge.places.models.layers import Layer, LayerGrid, Serving
from wangge.places.models.names import BaseMap, Name
from wangge.places.models.premises import Dedicated

__all__ = [
    "Address",
    "Area",
    "AreaCode",
    "BaseMap",
    "Belonging",
    "Building",
    "Change",
    "ChangePart",
    "Compound",
    "Dedicated",
    "Dwelling",
    "FormerGrid",
    "FormerName",
    "Grid",
    "GridClass",
    "GridDraft",
    "Layer",
    "LayerGrid",
    "MicroGrid",
    "MicroUnit",
    "Name",
    "Serving",
]
