"""English verb forms, made from the base form."""

_VOWELS = "aeiou"
_DOUBLED = frozenset(
    "stop plan plot drop ban commit rebel expel repel repeal permit admit submit transfer prefer refer occur compel propel rob trap strip stab".split()
) - {"repeal"}


def verb_forms(base: str, irregular: dict[str, tuple[str, str]]) -> dict[str, str]:
    """
    Return the forms of a verb and what each is.

    Parameters
    ----------
    base : str
        The infinitive, one word, lower case.
    irregular : dict
        Past and participle by base form.

    Returns
    -------
    dict of str to str
        ``base``, ``s``, ``past`` (which serves as participle too, unless irregular), ``participle`` or ``ing`` by form.

    Examples
    --------
    >>> sorted(verb_forms("deny", {}))
    ['denied', 'denies', 'deny', 'denying']
    """
    forms = {base: "base"}
    if base == "be":
        return forms
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        third = base + "es"
    elif base.endswith("y") and base[-2] not in _VOWELS:
        third = base[:-1] + "ies"
    else:
        third = base + "s"
    forms[third] = "s"
    stem = base + base[-1] if base in _DOUBLED else base
    if base.endswith("ie"):
        ing = base[:-2] + "ying"
    elif base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        ing = base[:-1] + "ing"
    else:
        ing = stem + "ing"
    forms[ing] = "ing"
    if base in irregular:
        past, participle = irregular[base]
        forms.setdefault(participle, "participle")
        forms.setdefault(past, "past")
    elif base.endswith("e"):
        forms[base + "d"] = "past"
    elif base.endswith("y") and base[-2] not in _VOWELS:
        forms[base[:-1] + "ied"] = "past"
    else:
        forms[stem + "ed"] = "past"
    return forms
