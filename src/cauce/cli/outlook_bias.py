"""`cauce outlook bias`: how far employers' earlier expectations came true."""

from cauce.cli.outlook_packs import OutlookArgument, PacksOption, outlook_named
from cauce.cli.places import DEFAULT_STORE, StoreOption
from cauce.cli.screen import console, plain_errors
from cauce.model.projected import NotProducible
from cauce.pipeline.outlook.past import past_bias
from cauce.store import Reader


def bias(
    outlook: OutlookArgument, store: StoreOption = DEFAULT_STORE, packs: PacksOption = None
) -> None:
    """Say how far employers' earlier expectations came true, and what a pack would say of it."""
    with plain_errors():
        found = past_bias(Reader(store).snapshot(), outlook_named(outlook, packs))
    if isinstance(found, NotProducible):
        console.print(f"Not known: {found.because.en}", markup=False)
        return
    one = found.known
    console.print(
        f"What employers expected came out {one.bias:+.1%} off on average, "
        f"{one.square**0.5:.1%} in the root of the mean square less sampling, in "
        f"{one.occupations} pairs of an occupation and a year.\n"
        "A run uses this by itself. To state it, or another of the same firms, in the pack:\n\n"
        f"[employers.bias]\nmean = {one.bias:.4f}\nsquare = {one.square:.6f}\n"
        f"occupations = {one.occupations}\n"
        f'source = {{ en = "{found.source.en}", es = "{found.source.es}" }}',
        markup=False,
    )
