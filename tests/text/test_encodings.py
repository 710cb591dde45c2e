"""Encodings are told apart, and line ends are the only thing that reading changes."""

import pytest

from amity.errors import UnreadableFile
from amity.text.encodings import clean_characters, decode

RUSSIAN = "Совет Лиги осуждает нападение на гавань и призывает обе стороны к переговорам."
FRENCH = "Le Conseil condamne l’attaque du port d’Esker et réclame l’ouverture de négociations à Vérane."
POLISH = "Rada Ligi potępia napaść na port i żąda, aby obie strony wróciły do rozmów w łagodnym tonie."


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251", "koi8-r", "cp866"],
)
def test_russian_text_is_read_in_every_usual_encoding(encoding: str) -> None:
    assert decode(RUSSIAN.encode(encoding)).text == RUSSIAN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_french_text_is_read_in_every_usual_encoding(encoding: str) -> None:
    assert decode(FRENCH.encode(encoding)).text == FRENCH


def test_polish_text_is_not_taken_for_western() -> None:
    assert decode(POLISH.encode("cp1250")).text == POLISH


def test_latin_1_and_its_windows_extension_are_told_apart() -> None:
    assert decode("Señores".encode("latin-1")).encoding == "latin-1"
    assert decode("“Señores”".encode("cp1252")).encoding == "cp1252"


def test_a_guess_is_no_certainty() -> None:
    assert decode(FRENCH.encode("cp1252")).is_certain is False
    assert decode(FRENCH.encode()).is_certain is True


def test_a_declared_encoding_is_used_where_it_fits() -> None:
    assert decode("ışık".encode("cp1254"), declared="windows-1254").text == "ışık"
    assert decode("über".encode("cp1252"), declared="no-such-encoding").text == "über"


@pytest.mark.parametrize(
    ("given", "kind"),
    [("a\r\nb\r\n", "crlf"), ("a\rb\r", "cr"), ("a\nb\n", "lf"), ("a\r\nb\n", "mixed"), ("ab", "none")],
)
def test_line_ends_become_lf_and_are_remembered(given: str, kind: str) -> None:
    text, newlines, _ = clean_characters(given)
    assert "\r" not in text
    assert newlines == kind
    assert text.replace("\n", "") == "ab"


def test_what_no_text_can_hold_is_replaced_and_counted() -> None:
    assert clean_characters("a\x00b\ud800") == ("a\ufffdb\ufffd", "none", 2)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="not text"):
        decode(bytes(range(1, 32)) * 50)
