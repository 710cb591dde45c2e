"""What a text says about itself is found: who, to whom, when, where, what."""

import pytest

from amity.documents.head import find_metadata
from amity.documents.kinds import kind_of_heading
from amity.documents.letterhead import split_dateline, state_of_office
from amity.documents.names import parse_heading
from amity.documents.speakers import find_speakers

from .make import BODY, NOTE, SPEECH


def test_a_resolution_names_its_body_number_and_date() -> None:
    found = find_metadata(
        f"Resolution 17 (1951) of 4 May 1951\n\nThe Security Council,\n\nRecalling its resolution 9 (1950),\n\n1. {BODY}"
    )
    assert found.issuers == ("United Nations Security Council",)
    assert (found.date, found.kind) == ("1951-05-04", "resolution")
    assert found.title == "Resolution 17 (1951) of 4 May 1951"


def test_other_bodies_adopt_too() -> None:
    found = find_metadata(
        f"FIFTH SESSION\n\nThe Assembly of the League of River States,\n\nDeploring the raid,\n\n{BODY}"
    )
    assert found.issuers == ("Assembly of the League of River States",)


def test_a_sentence_about_a_union_is_no_adoption() -> None:
    assert find_metadata(f"The Northern Union, which had asked for it, got nothing.\n\n{BODY}").issuers == ()


def test_sponsors_issue_a_draft() -> None:
    found = find_metadata(
        f"Agenda item 4\n\nSylvania, Freedonia and the Republic of Vera: draft resolution\n\nThe General Assembly,\n\nRecalling the Charter,\n\n{BODY}"
    )
    assert (found.issuers, found.kind) == (("Sylvania", "Freedonia", "Republic of Vera"), "draft resolution")


def test_a_letter_with_heading_dateline_and_letterhead() -> None:
    found = find_metadata(
        f"No. 12. Mr. Bloom to Mr. Oduya.\n\nLegation of Sylvania, Port Esker, April 2, 1931. (Received May 9.)\n\nSir: {BODY}\n\nI am, etc.,\n\nADA BLOOM."
    )
    assert (found.issuers, found.addressees) == (("Sylvania (Mr. Bloom)",), ("Mr. Oduya",))
    assert (found.date, found.place, found.kind) == ("1931-04-02", "Port Esker", "letter")


def test_letterhead_and_signature_without_heading() -> None:
    found = find_metadata(
        f"Consulate of Sylvania, Verane, 2 April 1931.\n\nSir: {BODY}\n\nI have the honour to be, Sir, your obedient servant,\n\nADA BLOOM,\nConsul.\n\nHis Excellency Jon Hale, Governor of Verane."
    )
    assert found.issuers == ("Sylvania (Ada Bloom)",)
    assert found.addressees == ("His Excellency Jon Hale, Governor of Verane",)


def test_a_note_verbale() -> None:
    found = find_metadata(f"{NOTE}\n\nPort Esker, 4 May 1951")
    assert found.issuers == ("Sylvania (Embassy of Sylvania)",)
    assert found.addressees == ("Ministry of Foreign Affairs of Freedonia",)
    assert (found.date, found.kind, found.place) == ("1951-05-04", "note verbale", "Port Esker")


def test_a_letter_circulated_by_an_organisation() -> None:
    text = f"UNITED NATIONS\n\nLetter dated 3 March 1957 from the Permanent Representative of Sylvania to the United Nations addressed to the President of the Security Council\n\n{BODY}"
    found = find_metadata(text)
    assert found.issuers == ("Sylvania (Permanent Representative to the United Nations)",)
    assert found.addressees == ("President of the Security Council",)
    assert found.date == "1957-03-03"


def test_joint_issuers() -> None:
    joint = find_metadata(
        f"Joint Communiqué\n\nVerane, May 3, 1951.\n\nTalks were held between the Government of Sylvania and the Government of the Free Republic of Vera on 2 May. {BODY}"
    )
    assert joint.issuers == ("Government of Sylvania", "Government of the Free Republic of Vera")
    treaty = find_metadata(
        "TREATY OF THE STRAIT\n\nWe, the Republic of Sylvania, Freedonia and the Kingdom of Vera, hereby agree as follows:\n\nArticle 1\n\nThe strait is open.\n\nDone at Port Esker on 9 June 1951 in two copies."
    )
    assert treaty.issuers == ("Republic of Sylvania", "Freedonia", "Kingdom of Vera")
    assert (treaty.date, treaty.place) == ("1951-06-09", "Port Esker")


def test_organisations_letterhead_before_a_statement() -> None:
    found = find_metadata(f"CENTRAL COMMITTEE OF THE WORKERS' UNION OF VERA\n\nSTATEMENT\n\n{BODY}")
    assert found.issuers == ("Central Committee of the Workers' Union of Vera",)
    assert found.kind == "statement"


def test_who_speaks_on_behalf_of_whom() -> None:
    found = find_metadata(
        f"Mr. President, on behalf of the Government and people of Vera I congratulate you. {SPEECH}\n\n{BODY}"
    )
    assert (found.issuers, found.kind) == (("Vera",), "speech")


@pytest.mark.parametrize(
    "text",
    ["", " \n\n ", "x", BODY, f"{BODY}\n\n{SPEECH}", "\n\n".join(["Title"] * 3), ":\n:\n:", "The Council,"],
)
def test_nothing_certain_gives_nothing_and_never_fails(text: str) -> None:
    found = find_metadata(text)
    assert found.date == ""
    assert found.addressees == ()


@pytest.mark.parametrize(
    ("heading", "issuers", "addressees"),
    [
        (
            "Letter From President Bloom to the Prime Minister of Freedonia",
            ("President Bloom",),
            ("Prime Minister of Freedonia",),
        ),
        (
            "Message from the Government of Vera to the Government of Sylvania, undated",
            ("Government of Vera",),
            ("Government of Sylvania",),
        ),
        (
            "The Veran Ambassador (Zed) to the Secretary of State",
            ("Veran Ambassador (Zed)",),
            ("Secretary of State",),
        ),
        ("Statement by President Bloom on the Raid in Verane", ("President Bloom",), ()),
        ("Proclamation of Osric II, King of the Isles.", ("Osric II, King of the Isles",), ()),
        ("Manifesto of the Free Companies", ("Free Companies",), ()),
        ("Joint Statement by Sylvania and the Kingdom of Vera", ("Sylvania", "Kingdom of Vera"), ()),
        (
            "Treaty of Peace between Sylvania and Bosnia and Herzegovina, signed 3 May 1951",
            ("Sylvania", "Bosnia and Herzegovina"),
            (),
        ),
        ("River League Leaders’ Statement", ("River League Leaders",), ()),
        ("Vera in the General Debate, 12th session", ("Vera",), ()),
        ("Discours de M. Moreau, ministre d’État", ("M. Moreau, ministre d’État",), ()),
        ("Declaration of Independence", (), ()),
        ("Fishermen vow to stay in port", (), ()),
        ("Council agrees to new talks", (), ()),
        ("", (), ()),
    ],
)
def test_headings(heading: str, issuers: tuple[str, ...], addressees: tuple[str, ...]) -> None:
    parsed = parse_heading(heading)
    assert (parsed.issuers, parsed.addressees) == (issuers, addressees)


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Joint Communiqué", "joint communiqué"),
        ("Communiqué de presse", "communiqué"),
        ("Draft resolution on the strait", "draft resolution"),
        ("Note verbale dated 3 May", "note verbale"),
        ("ПИСЬМО к Совету", "letter"),
        ("Gemeinsame Erklärung", "joint statement"),
        ("The noteworthy letterbox", ""),
    ],
)
def test_kinds(heading: str, kind: str) -> None:
    assert kind_of_heading(heading) == kind


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            f"Mr. HALVORSEN (Sylvania): {SPEECH}\n\nMrs. ODUYA (Vera) (interpretation from French): No.",
            ("Sylvania (Mr. Halvorsen)", "Vera (Mrs. Oduya)"),
        ),
        (
            f"Jana Wolff (SPD):\n\nFrau Präsidentin! Nein.\n\n(Zuruf: Doch!)\n\nUwe van Holt (FDP):\n\n{SPEECH}\n\nHerr Wolff: nein.",
            ("Jana Wolff (SPD)", "Uwe van Holt (FDP)"),
        ),
        (
            f"President of Vera Ada Bloom: {SPEECH}\n\nOsric al-Hale: Thank you.\n\nAda Bloom: Good.",
            ("President of Vera Ada Bloom", "Osric al-Hale"),
        ),
        (f"M. Moreau, ministre d’État: {SPEECH}", ("M. Moreau",)),
        (f"Mr. President: {SPEECH}", ()),
        (f"Dear Ada: {SPEECH}", ()),
        (f"Ada Bloom, secretary for foreign affairs, makes a communication:\n\n{SPEECH}", ()),
        (f"The parties agree as follows:\n\n{SPEECH}", ()),
        (SPEECH, ()),
    ],
)
def test_speakers(text: str, speakers: tuple[str, ...]) -> None:
    assert find_speakers(text) == speakers


@pytest.mark.parametrize(
    ("office", "state"),
    [
        ("Legation of the Republic of Vera in Sylvania", "Republic of Vera"),
        ("Royal Veran Embassy", "Veran"),
        ("Dutch Legation", "Netherlands"),
        ("Embassy of His Majesty the King of Vera", "Vera"),
        ("Department of State", "United States"),
        ("Ministry of Foreign Affairs of Vera", "Vera"),
        ("Office of the clerk", ""),
        ("", ""),
    ],
)
def test_states_behind_offices(office: str, state: str) -> None:
    assert state_of_office(office) == state


def test_offices_and_places_are_parted() -> None:
    assert split_dateline("Consulate of Vera,\nPort Esker") == ("Consulate of Vera", "Port Esker")
    assert split_dateline("Verane") == ("", "Verane")
    assert split_dateline("") == ("", "")
