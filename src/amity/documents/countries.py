"""Names of the states behind three-letter codes, as corpora of speeches use them."""

from functools import cache
from importlib.resources import files


@cache
def _names() -> dict[str, str]:
    lines = files("amity.documents").joinpath("data/countries.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line and not line.startswith("#"))


def country_name(code: str, date: str = "") -> str:
    """
    Return the short English name of the state that a three-letter code stands for.

    Parameters
    ----------
    code : str
        ISO 3166-1 alpha-3 or, for former states, ISO 3166-3's and the UN General Debate Corpus's code.
    date : str
        When it spoke, year first; corpora use ``RUS`` for the Soviet Union before the end of 1991.

    Returns
    -------
    str
        Empty where the code is none.

    Examples
    --------
    >>> country_name("ZMB"), country_name("XXX")
    ('Zambia', '')
    """
    code = code.strip().upper()
    if code == "RUS" and "1922" <= date[:10] < "1991-12-26" and date[:4].isdecimal():
        code = "SUN"
    return _names().get(code, "")
