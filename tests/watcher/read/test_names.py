from __future__ import annotations

from watcher.read.names import WHERE, Names, decoded, fields


def test_a_name_is_fields() -> None:
    """Stem, folders, extension; the separators that people write are spaces."""
    assert fields("photos/52855785_Lloyd_Bethan.jpg") == "52855785 Lloyd Bethan\tphotos\tjpg"
    assert fields("C\\old\\Quill, A.tar.gz") == "Quill, A.tar\tC old\tgz"
    assert fields("J. Adebayo") == "J. Adebayo"
    assert fields("x\ny/") == "x y"


def test_names_of_any_charset_are_text() -> None:
    """UTF-8, or else the Windows page."""
    assert decoded("Siân".encode()) == decoded("Siân".encode("cp1252")) == "Siân"


def test_names_are_a_part() -> None:
    """One line for each member, with what else it is called."""
    names = Names()
    said = [
        *names.add("a/b.txt", ""),
        *names.add("l", "Quill.jpg"),
        *names.add(""),
        *names.finish(),
    ]
    assert [(part.where, part.text) for part in said] == [(WHERE, "b\ta\ttxt\nl\tQuill\tjpg\n")]


def test_a_million_names_are_windows() -> None:
    """They are cut between lines, and none is lost."""
    names = Names()
    said = [part for at in range(100_000) for part in names.add(f"{at}_Quill.jpg")]
    said += names.finish()
    assert len(said) > 1
    assert sum(part.text[part.overlap :].count("Quill") for part in said) == 100_000
