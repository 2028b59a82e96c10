"""The folder of knowledge is found in a checkout."""

from kg.resources import ontology_folder


def test_the_folder_holds_what_the_readers_need() -> None:
    assert (ontology_folder() / "patterns" / "reading.toml").is_file()
