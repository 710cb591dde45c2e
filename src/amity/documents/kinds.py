"""Which kind of document a heading names."""

import re

_KINDS: tuple[tuple[str, str], ...] = (
    (
        "joint communiqué",
        r"joint\s+(?:press\s+)?communiqu[eé]|communiqu[eé]\s+(?:commun|conjoint)|comunicado\s+conjunto|gemeinsames\s+kommuniqu[eé]|совместное\s+коммюнике",
    ),
    (
        "joint statement",
        r"joint\s+(?:press\s+)?(?:statement|declaration)|déclaration\s+(?:commune|conjointe)|declaración\s+conjunta|gemeinsame\s+erklärung|совместное\s+заявление",
    ),
    ("communiqué", r"communiqu[eé]|comunicado|kommuniqu[eé]|коммюнике"),
    ("draft resolution", r"draft\s+resolution|projet\s+de\s+résolution|proyecto\s+de\s+resolución"),
    ("resolution", r"resolutions?|résolution|resolución|resolução|risoluzione|entschließung|резолюция"),
    ("note verbale", r"note\s+verbale"),
    ("press release", r"press\s+release|communiqué\s+de\s+presse|nota\s+de\s+prensa|pressemitteilung"),
    ("press statement", r"press\s+statements?"),
    ("manifesto", r"manifesto|manifeste|manifiesto|manifest|манифест"),
    ("proclamation", r"proclamation|proclama(?:ción|ção)?|proklamation"),
    ("treaty", r"treaty|traité|tratado|trattato|vertrag|договор"),
    (
        "agreement",
        r"agreement|accords?|acuerdo|acordo|abkommen|convention|соглашение|truce|armistice|memorandum\s+of\s+understanding",
    ),
    ("protest", r"protest"),
    ("declaration", r"declaration|déclaration|declaración|declaração|dichiarazione|erklärung|декларация"),
    ("telegram", r"telegram|cable(?:gram)?|télégramme|telegrama|telegramm|телеграмма"),
    ("letter", r"letters?|lettre|carta|lettera|brief|письмо"),
    ("message", r"message|mensaje|mensagem|messaggio|botschaft|послание"),
    ("diplomatic note", r"(?:identic|diplomatic|circular)?\s*note|nota|ноты?"),
    ("memorandum", r"memorandum|aide[- ]m[eé]moire|mémorandum"),
    ("appeal", r"appeal|open\s+letter|aufruf|appel|llamamiento|обращение"),
    ("speech", r"speech|discours|discurso|discorso|rede|remarks|address|речь|general\s+debate|broadcast"),
    ("debate", r"debates?|sitting|verbatim\s+record|aussprache|séance|plenarprotokoll"),
    ("statement", r"statements?|заявление"),
    ("interview", r"interview|entrevista|интервью"),
    ("report", r"report|rapport|informe|bericht|доклад"),
)
_COMPILED = tuple((name, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)) for name, words in _KINDS)
KIND_WORDS = re.compile(rf"(?<!\w)(?:{'|'.join(words for _, words in _KINDS)})(?!\w)", re.IGNORECASE)
"""Any word that names a kind of document."""


def kind_of_heading(heading: str) -> str:
    """
    Return the kind of document that a heading names.

    Parameters
    ----------
    heading : str
        A title, in English, French, Spanish, Portuguese, Italian, German or Russian.

    Returns
    -------
    str
        English, lower case; of several the one named first; empty for none.

    Examples
    --------
    >>> kind_of_heading("Joint Communiqué of the two Presidents")
    'joint communiqué'
    """
    best, start = "", len(heading) + 1
    for name, pattern in _COMPILED:
        if (match := pattern.search(heading)) and match.start() < start:
            best, start = name, match.start()
    return best
