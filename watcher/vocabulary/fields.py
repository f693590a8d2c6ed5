"""What a column can hold, and the headings under which it is met."""

from __future__ import annotations

import enum


class Field(enum.StrEnum):
    """What a column can hold. The first group are the roster's own columns."""

    REF = "ref"
    FORENAME = "forename"
    MIDDLE = "middle"
    SURNAME = "surname"
    KNOWN_AS = "known_as"
    PREVIOUS_SURNAME = "previous_surname"
    RANK = "rank"
    PAY_NUMBER = "pay_number"
    WARRANT_NUMBER = "warrant_number"
    COLLAR_NUMBER = "collar_number"
    EMAIL = "email"
    VETTING = "vetting"
    UNIT = "unit"
    LOCATION = "location"
    PHOTO = "photo"
    RISK_GROUP = "risk_group"
    PUBLIC = "public"
    # met in leaks only
    NAME = "name"  # a full name in one cell
    INITIALS = "initials"
    NUMBER = "number"  # an id of a kind the heading does not tell
    PHONE = "phone"
    ADDRESS = "address"
    POSTCODE = "postcode"
    BIRTH_DATE = "birth_date"
    NEXT_OF_KIN = "next_of_kin"
    VEHICLE = "vehicle"
    NATIONAL_INSURANCE = "national_insurance"
    PASSWORD = "password"  # noqa: S105  # a heading's name
    HR = "hr"  # gender, contract, start date and the like
    CRIME_REFERENCE = "crime_reference"  # the number of a crime, an occurrence or a custody record


# Normalised: lower case, no punctuation, `no` for number, `email` for e-mail,
# abbreviations written out (see `columns`). From staff lists that were
# published or leaked, and from the tables of HR systems.
PHRASES: dict[Field, tuple[str, ...]] = {
    Field.REF: ("ref", "refs", "officer ref", "person ref", "watcher ref", "opaque ref"),
    Field.FORENAME: (
        "forename", "forenames", "first name", "first names", "given name", "given names",
        "christian name", "fore name", "fore names", "name first", "fname", "officer forename",
        "employee forename", "employee first name", "officer first name",
    ),
    Field.MIDDLE: (
        "middle", "middle name", "middle names", "second name", "second forename",
        "middle initial", "middle initials", "other names", "other forenames",
    ),
    Field.SURNAME: (
        "surname", "surnames", "last name", "family name", "sname", "lname", "name last",
        "officer surname", "employee surname", "employee last name", "officer last name",
        "surname name",
    ),
    Field.KNOWN_AS: (
        "known as", "preferred name", "preferred forename", "preferred first name", "nickname",
        "nick name", "known as name", "known name", "preferred known as", "alias",
    ),
    Field.PREVIOUS_SURNAME: (
        "previous surname", "previous surnames", "previous name", "previous names", "maiden name",
        "former name", "former surname", "birth name", "name at birth", "surname at birth",
        "birth surname", "other surname", "previous last name", "previous family name",
        "married name", "nee", "name before marriage",
    ),
    Field.RANK: (
        "rank", "grade", "band", "rank grade", "grade rank", "rank band", "pay scale", "pay band",
        "employee group", "officer staff", "subst rank", "temp rank", "acting rank",
        "substantive rank", "current rank", "role", "job role", "role title", "post title",
        "job title", "position", "position title", "rank role", "rank title", "rank position",
        "officer rank", "job position",
        "rank code", "rank cd", "position text", "job title rank", "organisation 1 title",
    ),
    Field.PAY_NUMBER: (
        "pay no", "pay ref", "pay id", "payroll no", "payroll ref", "payroll id", "pay roll no",
        "salary no", "pay reference", "payroll reference", "pay reference no",
    ),
    Field.WARRANT_NUMBER: (
        "warrant no", "warrant card no", "warrant", "warrant card", "warrant id", "warrant ref",
    ),
    Field.COLLAR_NUMBER: (
        "collar no", "collar", "shoulder no", "shoulder", "epaulette no", "fin", "force id no",
        "collar id", "collar shoulder no", "divisional no", "shoulder collar no", "epaulette",
        "force no", "force identification no", "collar fin no",
        "division no", "collar ref", "shoulder ref",
    ),
    Field.NUMBER: (
        "service no", "staff no", "employee no", "employee id", "person id", "person no",
        "pers no", "personnel no", "personnel id", "pernr", "sap no", "sap id", "psi", "psi no",
        "origin id", "origin no", "assignment no", "card no", "serial no", "badge no", "badge id",
        "user id", "sam account", "sam account name", "staff id", "service id", "officer no",
        "officer id", "id no", "member no", "membership no", "employee ref", "staff ref",
        "works no", "employee code", "staff code", "collar serial no", "id card no",
        "police id", "police no", "username", "user name", "login", "login name", "user login",
        "staff payroll no", "payroll staff no", "payroll collar no", "person code", "employee id no", "officer ref no", "officer code",
    ),
    Field.EMAIL: (
        "email", "emails", "email address", "email addresses", "work email", "business email",
        "work email address", "office email", "office email address", "force email",
        "force email address", "police email", "police email address", "contact email", "smtp",
        "smtp address", "primary email", "email id", "official email", "mail", "user principal name",
        "home email", "personal email", "private email", "upn",
        "proxy addresses", "email 1 value", "email 2 value", "email 1 address", "email 2 address", "email 3 address", "email 2", "work mail", "internet address", "other email",
    ),
    Field.VETTING: (
        "vetting", "vetting level", "vetting status", "clearance", "clearance level",
        "security clearance", "security clearance level", "vetting expiry", "vetting expiry date",
        "vetting date", "vetting type", "mv date", "sc date", "dv date", "rv date", "nppv",
        "nppv level", "vetting grade", "vetting clearance", "clearance expiry", "level of vetting",
        "mv expiry", "sc expiry", "dv expiry", "vetting renewal date", "clearance date",
        "vetted to", "mv sc dv", "vetting code", "nppv status", "vetted",
    ),
    Field.UNIT: (
        "unit", "department", "home unit", "org unit", "organisational unit",
        "organisation unit", "section", "team", "branch", "district", "division", "bcu", "ocu",
        "command", "cost centre", "business group", "business unit", "posting", "current posting",
        "unit name", "team name", "department name", "directorate", "squad", "unit department",
        "department unit", "lpu", "unit team", "home department", "sub unit", "portfolio",
        "org unit text", "organisation unit text", "personnel area", "personnel subarea", "organisation 1 department", "unit code", "team unit", "bcu ocu", "home station unit",
    ),
    Field.LOCATION: (
        "location", "station", "base", "site", "building", "place of work", "region", "office",
        "work location", "location of post", "home station", "police station", "work base",
        "duty station", "office location", "base location", "station name", "station location",
        "location name", "workplace", "place of duty", "work site", "post location",
        "physical delivery office name", "location code", "duty location", "office building",
    ),
    Field.PHOTO: (
        "photo", "photos", "photograph", "picture", "photo file", "photo path", "photo id",
        "mugshot", "photo name", "photo url", "headshot", "thumbnail photo", "portrait",
    ),
    Field.RISK_GROUP: ("risk group", "high risk", "high risk group", "risk grouping", "at risk group"),
    Field.PUBLIC: ("public", "publicly known", "is public", "already public", "public role"),
    Field.NAME: (
        "name", "names", "full name", "officer", "officers", "officer name", "officers name",
        "employee name", "employee", "display name", "member", "staff name", "member name",
        "name of officer", "name of employee", "staff member", "person name", "member of staff",
        "name rank", "rank name", "rank and name", "name and rank", "surname forename",
        "surname first name", "surname forenames", "surname initials", "name full",
        "surname and forename", "surname and initials", "last name first name",
        "surname and first name", "forename surname", "first name last name", "police officer",
        "employee full name", "officer full name", "full names", "common name", "name of staff",
        "contact name",
        "email display name", "reporting officer", "investigating officer", "supervising officer", "arresting officer", "attending officer", "officer in case", "officer in charge", "oic", "officer in the case", "name of member", "full name of officer", "name full officer", "member of staff name", "name of police officer", "officer full", "file as",
    ),
    Field.INITIALS: ("initial", "initials", "forename initial", "forename initials", "first initial",
                     "first initials", "officer initials", "inits", "employee initials"),
    Field.PHONE: (
        "phone", "phone no", "mobile", "mobile no", "mobile phone", "mobile phone no", "telephone",
        "telephone no", "extension", "extension no", "contact no", "home phone", "home phone no",
        "work phone", "work phone no", "office phone", "cell", "cell phone", "home telephone",
        "home telephone no", "work telephone", "work mobile", "personal mobile", "phones",
        "telephone extension", "landline", "airwave no", "home no", "contact telephone no",
        "contact phone", "business phone", "business phones", "private mobile",
        "phone 1 value", "phone 2 value", "other phone", "telephone mobile", "telephone home", "telephone work", "home mobile", "mobile phone 1", "contact mobile no",
    ),
    Field.ADDRESS: (
        "address", "home address", "postal address", "street address", "street", "address line 1",
        "address line 2", "address line 3", "address 1", "address 2", "address 3", "addresses",
        "residential address", "house no", "town", "current address", "private address",
        "home street", "business street", "other street", "address1", "address2", "address3", "adr", "street name and no", "home address street",
    ),
    Field.POSTCODE: ("postcode", "post code", "postal code", "zip", "zip code", "home postcode",
                     "home post code",
        "home postal code", "business postal code", "other postal code",
    ),
    Field.BIRTH_DATE: ("dob", "date of birth", "birth date", "birthdate", "birthday", "d o b",
                       "year of birth", "born",
        "bday", "birth dt",
    ),
    Field.NEXT_OF_KIN: (
        "next of kin", "nok", "next of kin name", "emergency contact", "emergency contact name",
        "kin", "spouse", "partner name", "spouse name", "dependants", "emergency contact no",
        "next of kin no", "next of kin phone", "next of kin address",
    ),
    Field.VEHICLE: (
        "vehicle", "vrm", "vehicle registration", "vehicle registration no", "vehicle reg",
        "vehicle reg no", "car registration", "car reg", "number plate", "car registration no",
        "no plate", "vehicle no", "private vehicle", "car reg no",
    ),
    Field.NATIONAL_INSURANCE: (
        "national insurance", "national insurance no", "ni no", "nino", "ni", "nat ins no",
        "nat insurance no", "nat ins",
    ),
    Field.PASSWORD: ("password", "passwd", "pwd", "passcode", "plain password", "password hash",
                     "user password", "pass word", "passphrase"),
    Field.HR: (
        "contract type", "contract", "gender", "sex", "start date", "date of appointment",
        "length of service", "fte", "status", "employment status", "ethnicity", "ethnic origin",
        "religion", "line manager", "career break", "suspended", "appointment date", "date joined",
        "join date", "joining date", "leave date", "leaving date", "hours", "contract hours",
        "date of joining", "disability", "sexual orientation", "marital status", "nationality",
        "reporting manager", "employment type", "salary", "years of service", "hire date",
        "supervisor", "contracted hours", "pay point", "absence", "sickness",
        "line mgr", "line managers name", "manager name",
    ),
    Field.CRIME_REFERENCE: (
        "crime reference", "crime ref", "crime no", "crime ref no", "crime reference no", "crime id",
        "crime report no", "crime report ref", "crime report", "crime report id", "crime file no",
        "crime record no", "occurrence no", "occurrence ref", "occurrence id", "occurrence reference",
        "niche ref", "niche no", "niche occurrence", "niche occurrence no", "custody no", "custody ref",
        "custody record no", "custody record", "pnc id", "pnc id no", "pncid", "pnc no",
    ),
}  # fmt: skip

# Written out before anything is looked up.
ABBREVIATIONS: dict[str, str] = {
    "number": "no", "numbers": "no", "num": "no", "nr": "no", "nbr": "no", "nos": "no", "nmbr": "no",
    "numb": "no",
    "svc": "service", "serv": "service", "lvl": "level", "emp": "employee", "empl": "employee",
    "ee": "employee", "dept": "department", "dep": "department", "loc": "location",
    "addr": "address", "tel": "telephone", "ph": "phone", "ext": "extension", "mob": "mobile",
    "nm": "name", "sur": "surname", "reg": "reg", "prev": "previous", "pref": "preferred",
    "exp": "expiry", "org": "org", "organization": "organisation", "organizational":
    "organisational", "div": "division", "desc": "description", "vett": "vetting",
    "ofc": "officer", "ofcr": "officer", "offr": "officer", "off": "officer", "stn": "station",
    "sect": "section", "eml": "email", "pers": "pers", "identity": "id", "identifier": "id",
    "empno": "employee no", "empid": "employee id", "empname": "employee name",
    "svcno": "service no", "telno": "telephone no", "mobno": "mobile no",
    "addr1": "address1", "addr2": "address2", "addr3": "address3",
    "wrnt": "warrant", "center": "centre", "insur": "insurance",
}  # fmt: skip

# What directories call their columns; in other tables these mean other things
# (serial numbers, lost games). By RFC 4519, RFC 2798 and Active Directory.
DIRECTORY: dict[str, Field] = {
    "sn": Field.SURNAME, "cn": Field.NAME, "title": Field.RANK, "l": Field.LOCATION,
    "ou": Field.UNIT, "uid": Field.NUMBER, "fn": Field.FORENAME,
}  # fmt: skip
# What a table has besides if it is a directory's.
OF_DIRECTORIES = frozenset(
    """
    givenname displayname samaccountname userprincipalname telephonenumber employeeid
    employeenumber physicaldeliveryofficename mail mailnickname proxyaddresses distinguishedname
    objectclass dn department postalcode streetaddress cn sn fn
    """.split()  # noqa: SIM905  # reads better than forty quoted words
)
# What may stand in one cell with a name: `Rank & Name`, `Name / No.`
WITH_NAMES = frozenset({
    Field.NAME, Field.SURNAME, Field.FORENAME, Field.MIDDLE, Field.INITIALS, Field.KNOWN_AS,
    Field.RANK, Field.PAY_NUMBER, Field.WARRANT_NUMBER, Field.COLLAR_NUMBER, Field.NUMBER,
})  # fmt: skip

# Ordinary headings that lie one edit from one of ours.
NOT_OURS = frozenset(
    """
    cllr commend contact contacts employer employers farce forge grace grads office
    offices official parson personal posters serials statue statute stuff surge
    warranty warranties warrants badger barge sector sectors stationery
    """.split()  # noqa: SIM905  # reads better than forty quoted words
)
