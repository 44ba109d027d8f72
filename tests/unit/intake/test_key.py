"""Making the keys of the form: what opens stays in the key folder, what seals goes to the form."""

from typer.testing import CliRunner

from cauce.cli.intake import read_keys
from cauce.cli.main import app
from cauce.letterbox import public_of
from cauce.store.log.key_folder import KeyFolder


def test_a_country_has_a_key_that_seals_and_one_that_opens_and_a_new_one_when_asked(
    tmp_path,
) -> None:
    keys, public = tmp_path / "keys", tmp_path / "public"
    words = ["intake", "key", "GTM", "--keys", str(keys), "--public", str(public)]
    assert CliRunner().invoke(app, words).exit_code == 0
    first, names = read_keys(public)
    assert names["GTM"].es == "Guatemala"
    assert first["GTM"] == public_of(KeyFolder(keys).key("intake-GTM", make=False))
    assert KeyFolder(keys).key("intake-GTM").hex() not in (public / "GTM.pub").read_text()
    CliRunner().invoke(app, words)
    assert read_keys(public)[0] == first, "typed again it is the same key"
    CliRunner().invoke(app, [*words, "--renew"])
    assert read_keys(public)[0]["GTM"] == public_of(KeyFolder(keys).key("intake-GTM2"))


def test_a_country_nobody_knows_and_a_form_without_keys_are_told(tmp_path) -> None:
    wrong = CliRunner().invoke(app, ["intake", "key", "ZZZ", "--keys", str(tmp_path)])
    assert wrong.exit_code == 1
    assert not list(tmp_path.iterdir())
    bare = CliRunner().invoke(app, ["intake", "--public", str(tmp_path)])
    assert bare.exit_code == 1
