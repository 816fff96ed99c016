"""Registers the room with Django."""

from django.apps import AppConfig


class Simulation(AppConfig):
    name = "daybridge.simulation"
    label = "simulation"
