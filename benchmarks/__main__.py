"""Which benchmarks are there, and how is one run? `python -m benchmarks` lists them."""

import gc
from collections.abc import Callable
from typing import Any, Final

import click

from benchmarks.results import Result, in_text
from services.ingest.worker import COLLECTS

SHORT: Final = "Small numbers: to see that it runs, not how fast."


class Ordered(click.Group):
    """Commands in the order in which they were added."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=Ordered)
def main() -> None:
    """Waymark's benchmarks; each measures beside ours what an engineer would pick instead, in the same run."""
    gc.set_threshold(*COLLECTS)


def benchmark(name: str, help_: str, **numbers: tuple[int, int]) -> Callable[[Callable[..., Result]], None]:
    """Makes a command of a function; its numbers by name: as usual, and in short."""

    def add(measure: Callable[..., Result]) -> None:
        def run(*, short: bool, as_json: bool, keep: bool, **given: Any) -> None:
            chosen = {one: given[one] or numbers[one][short] for one in numbers}
            found = measure(**chosen)
            if keep:
                found.keep()
            click.echo(found.model_dump_json() if as_json else in_text(found))

        command = click.command(name, help=help_)(run)
        for number, (usual, small) in numbers.items():
            option = click.Option([f"--{number}"], type=click.IntRange(1), help=f"[default: {usual}, in short {small}]")
            command.params.append(option)
        command.params += [
            click.Option(["--short"], is_flag=True, help=SHORT),
            click.Option(["--json", "as_json"], is_flag=True, help="One JSON document and nothing else."),
            click.Option(["--keep"], is_flag=True, help="Keep the result for `report`."),
        ]
        main.add_command(command)

    return add


def _passage(**given: int) -> Result:
    from benchmarks.passage import measure

    return measure(**given)


benchmark("passage", "Rows a second from sending to settled.", rows=(25_000, 500), repeats=(3, 1), workers=(1, 1))(
    _passage
)

if __name__ == "__main__":
    main()
