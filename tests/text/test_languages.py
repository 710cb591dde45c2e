"""The language of a text is told from its small words."""

import pytest

from amity.text.languages import guess_language


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The Council condemns the raid on the harbour and calls for talks between the two sides."),
        (
            "fr",
            "Le Conseil condamne l'attaque du port et demande que les deux parties se rencontrent dans la ville.",
        ),
        (
            "es",
            "El Consejo condena el ataque contra el puerto y pide que las dos partes se reúnan en la ciudad.",
        ),
        (
            "pt",
            "O Conselho condena o ataque ao porto e pede que as duas partes não voltem à guerra, como em maio.",
        ),
        (
            "it",
            "Il Consiglio condanna l'attacco al porto e chiede che le due parti si incontrino nella città.",
        ),
        ("de", "Der Rat verurteilt den Angriff auf den Hafen und ruft die beiden Seiten zu Gesprächen auf."),
        ("nl", "De Raad veroordeelt de aanval op de haven en roept het land op om niet te schieten."),
        ("ru", "Совет осуждает нападение на гавань и призывает обе стороны к тому, чтобы они не стреляли."),
    ],
)
def test_each_language_is_recognised(code: str, text: str) -> None:
    assert guess_language(text) == code


@pytest.mark.parametrize(
    "text", ["", "1931", "Esker Verane Oduya Halvorsen Bloom", "Neuvosto tuomitsee hyökkäyksen satamaan."]
)
def test_what_cannot_be_told_stays_open(text: str) -> None:
    assert guess_language(text) == ""
