"""Headings as they are met, and headings of ordinary tables that must stay what they are."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watcher.vocabulary.columns import heading, headings, nearest
from watcher.vocabulary.fields import PHRASES, Field

SEEN = {
    "Srvce No.": Field.NUMBER,
    "Service No": Field.NUMBER,
    "Emp. No": Field.NUMBER,
    "Staff Num": Field.NUMBER,
    "Vetting lvl": Field.VETTING,
    "Vetting Level": Field.VETTING,
    "Pay Ref": Field.PAY_NUMBER,
    "PayNumber": Field.PAY_NUMBER,
    "Payroll No.": Field.PAY_NUMBER,
    "Collar No": Field.COLLAR_NUMBER,
    "Shoulder number": Field.COLLAR_NUMBER,
    "shoulder_number": Field.COLLAR_NUMBER,
    "Warrant #": Field.WARRANT_NUMBER,
    "Wrrnt No": Field.WARRANT_NUMBER,
    "SURNAME ": Field.SURNAME,
    "Last Name": Field.SURNAME,
    "First name(s)": Field.FORENAME,
    "firstName": Field.FORENAME,
    "Forname": Field.FORENAME,
    "Initial(s)": Field.INITIALS,
    "Officer": Field.NAME,
    "Officer's Name": Field.NAME,
    "Employee Name": Field.NAME,
    "Name": Field.NAME,
    "Known As": Field.KNOWN_AS,
    "Maiden name": Field.PREVIOUS_SURNAME,
    "Rank/Grade": Field.RANK,
    "Rank (substantive)": Field.RANK,
    "Home Unit": Field.UNIT,
    "Dept.": Field.UNIT,
    "Locaton": Field.LOCATION,
    "E-mail": Field.EMAIL,
    "Work E-Mail Address": Field.EMAIL,
    "DoB": Field.BIRTH_DATE,
    "Date of Birth": Field.BIRTH_DATE,
    "NI Number": Field.NATIONAL_INSURANCE,
    "Next of Kin": Field.NEXT_OF_KIN,
    "Post Code": Field.POSTCODE,
    "Mobile": Field.PHONE,
    "Start Date": Field.HR,
    "Password": Field.PASSWORD,
    # crime reports
    "Crime Ref": Field.CRIME_REFERENCE,
    "Crime Number": Field.CRIME_REFERENCE,
    "Custody Record No.": Field.CRIME_REFERENCE,
    "Victim Surname": Field.SURNAME,
    "Victim's Forename": Field.FORENAME,
    "Suspect DOB": Field.BIRTH_DATE,
    "Witness address": Field.ADDRESS,
    # directories, address books, databases
    "displayName": Field.NAME,
    "givenName": Field.FORENAME,
    "telephoneNumber": Field.PHONE,
    "physicalDeliveryOfficeName": Field.LOCATION,
    "postalCode": Field.POSTCODE,
    "employeeID": Field.NUMBER,
    "sAMAccountName": Field.NUMBER,
    "E-mail 1 - Value": Field.EMAIL,
    "E-mail Display Name": Field.NAME,
    "Business Street": Field.ADDRESS,
    "Home Postal Code": Field.POSTCODE,
    "emp_no": Field.NUMBER,
    "empno": Field.NUMBER,
    "lname": Field.SURNAME,
    "addr1": Field.ADDRESS,
    "rank_cd": Field.RANK,
    "Name of officer": Field.NAME,
    "Officer in case": Field.NAME,
    "Surname, Forename": Field.NAME,
    "Epaulette": Field.COLLAR_NUMBER,
    "Div No": Field.COLLAR_NUMBER,
    "Vetted to": Field.VETTING,
    # two fields in one cell
    "Rank & Name": Field.NAME,
    "Name / No.": Field.NAME,
    "Rank, Name & Number": Field.NAME,
    "Officer Name / Collar": Field.NAME,
    "Surname & Initials": Field.NAME,
    "Pay No/Collar No": Field.NUMBER,
    "Warrant no. and shoulder no.": Field.NUMBER,
}

_ORDINARY = """
Total|Notes|Amount|Product name|Room|Room No|Order No|Employer|Employer name|Warranty No|Contact|ID|No.
Date|Description|Quantity|Price|Invoice No|Supplier|Item|Category|Type|Value|Comments|Country|Company
Title|Author|Year|URL|Customer Name|File name|Cllr No|Account No|Version no|Event name|Service|Brand
Colour|Score|Points|Rate|Tender|Phase|Genre|Album|Course|Module|Postage|Project name|Line|Time
Subject|From|To|Size|Weight|Code|Stage|Species|Bank|Term|Grant|Sales|Sender|Table|Figure
S/N|SN|CN|L|OU|UID|Name & Address|Name / Price|Name / Club|Planning officer|Name & No of pages
Bib No / Name of club|No / Ref|Team / No|Home|Away|Home team|Chief Officer Group|File as is|Officer comments
Crime|Crime type|Victim|Victims|Witness|Offence|Incident|Case No|Case|Accused of|No of officers|Amount (officer)|Total (rank)|Domain name|Street value|Stuff|Statue|Result|Venue
"""
ORDINARY = [each for line in _ORDINARY.split("\n") if line for each in line.split("|")]


@pytest.mark.parametrize(("text", "field"), SEEN.items())
def test_a_heading_of_a_staff_list_is_recognised(text: str, field: Field) -> None:
    """Written as people write them: abbreviated, punctuated, misspelt."""
    assert heading(text) is field


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_heading_is_not_mistaken(text: str) -> None:
    """What merely resembles one of ours names no field."""
    assert heading(text) is None


@pytest.mark.parametrize(
    "field", [field for field in Field if field not in (Field.NUMBER, Field.HR)]
)
def test_a_field_names_itself(field: Field) -> None:
    """`pay_number`, as a roster's documentation spells it, is the pay number."""
    assert heading(field.value) is field


@settings(max_examples=80)
@given(
    st.sampled_from([(p, f) for f, group in PHRASES.items() for p in group]),
    st.sampled_from([" ", "  ", "_", "-", ". ", "\u00a0", " / "]),
    st.sampled_from([str, str.upper, str.title]),
)
def test_case_and_punctuation_do_not_matter(
    known: tuple[str, Field], gap: str, case: type[str]
) -> None:
    """Every known heading is recognised however its words are joined and cased."""
    phrase, field = known
    assert heading(f" {case(phrase.replace(' ', gap))}: ") is field


@settings(max_examples=100)
@given(st.text(max_size=70))
def test_any_text_may_be_asked_about(text: str) -> None:
    """No text is too odd, and what is recognised is its own suggestion."""
    found = heading(text)
    assert found is None or nearest(text) is found


@settings(max_examples=60)
@given(st.text(alphabet=string.digits + ".,-/£ ", min_size=1, max_size=12))
def test_a_row_with_a_number_is_data(number: str) -> None:
    """One cell that is a number makes a row no row of headings."""
    if any(digit.isdigit() for digit in number):
        assert headings(["Surname", "Rank", number]) == {}


def test_a_row_of_headings() -> None:
    """Two recognised cells, or all that there are; positions are kept; sentences and addresses are not."""
    assert headings(["", "Surname", "Notes", "Rank"]) == {1: Field.SURNAME, 3: Field.RANK}
    assert headings(["Surname"]) == {0: Field.SURNAME}
    assert headings(["", "Officer", ""]) == {1: Field.NAME}
    assert headings(["Surname", "Notes"]) == {}
    assert headings([]) == {}
    assert headings(["", " "]) == {}
    assert headings(["Surname", "Rank", "someone@example.police.uk"]) == {}
    sentence = "the officer whose name and rank are given here was not on duty that day"
    assert headings(["Surname", "Rank", sentence]) == {}


def test_a_directory_has_headings_of_its_own() -> None:
    """`title` beside `givenName` and `mail` is a rank; beside an author it is a book's."""
    assert headings(["sn", "givenName", "title", "l", "mail"]) == {
        0: Field.SURNAME,
        1: Field.FORENAME,
        2: Field.RANK,
        3: Field.LOCATION,
        4: Field.EMAIL,
    }
    assert headings(["Title", "Surname", "Forename"]) == {1: Field.SURNAME, 2: Field.FORENAME}
    assert headings(["SN", "Name", "Location"]) == {1: Field.NAME, 2: Field.LOCATION}


def test_a_suggestion_reaches_further_than_recognition() -> None:
    """What is not certain enough to be used is near enough to be suggested."""
    assert heading("Srname of offcer") is None
    assert nearest("shouldr numbr") is Field.COLLAR_NUMBER
    assert nearest("reference") is not None
    assert nearest("Zebra crossing") is None
