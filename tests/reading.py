"""Reads an answer the way a browser does."""

from typing import Any

from bs4 import BeautifulSoup
from bs4.element import Tag


def read(response: Any) -> BeautifulSoup:
    """The page that an answer holds."""
    return BeautifulSoup(response.content.decode(), "html5lib")


def is_whole_page(response: Any) -> bool:
    """Whether an answer is a page, not a part of one."""
    return bool(response.content.lstrip().lower().startswith(b"<!doctype html>"))


def pressed(page: BeautifulSoup | Tag, name: str) -> set[str]:
    """The values of the fields called `name` that are chosen: buttons pressed, boxes checked."""
    fields = page.select(f'[name="{name}"]')
    return {str(field["value"]) for field in fields if field.get("aria-pressed") == "true" or field.has_attr("checked")}
