"""The command `daybridge`: names, fields and exit codes are promises (docs: contracts)."""

import argparse
import os
import sys
from importlib import import_module

from daybridge.config.commands import output
from daybridge.kit.errors import BadInput, CannotRun, DaybridgeError

DONE, NO, CANNOT_RUN, INTERRUPTED = 0, 1, 2, 130
COMMANDS: dict[str, str] = {
    "init": "start an empty, real program",
    "serve": "serve the program and run its background work",
    "demo": "build a demo program by simulation",
    "refer": "take referral packets in",
    "level-of-care": "recommend a level of care (needs no database)",
    "schedule": "solve, check, repair and explain a week (needs no database)",
    "consent": "say what of a record may leave (needs no database)",
    "verify": "prove the ledger's chain",
    "keys": "show the keys in use, or change them while serving",
    "doctor": "look after the installation",
    "backup": "write an encrypted backup, also while serving",
    "restore": "restore a backup into an empty home",
}


def main(argv: list[str] | None = None) -> int:
    """Run one command; its exit code: 0 done, 1 the input is bad or the answer is no, 2 cannot run."""
    arguments = parser().parse_args(argv)
    try:
        return arguments.run(arguments)
    except DaybridgeError as error:
        return _tell(error, arguments)
    except KeyboardInterrupt:
        output.say("Stopped.")
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output went away: nothing to tell it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        if not _is_database(error):
            raise
        return _tell(CannotRun("The database cannot be used: {why}.", why=str(error).partition("\n")[0]), arguments)


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments; a command's module loads Django only when it runs."""
    whole = argparse.ArgumentParser(prog="daybridge", description="Runs an intensive outpatient program.")
    whole.add_argument("--version", action="version", version=_version())
    names = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, does in COMMANDS.items():
        module = import_module(f"daybridge.config.commands.{name.replace('-', '_')}")
        command = names.add_parser(name, help=does, description=module.__doc__)
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return whole


def _version() -> str:
    from importlib.metadata import version

    return f"daybridge {version('daybridge')}"


def _tell(error: DaybridgeError, arguments: argparse.Namespace) -> int:
    problems = error.problems if isinstance(error, BadInput) else ()
    output.say(str(error))
    for problem in problems:
        output.say(f"  {problem.path}: {problem.message}")
    if getattr(arguments, "json", False):
        told = [{"path": problem.path, "message": problem.message} for problem in problems]
        output.data({"error": str(error), "problems": told})
    return CANNOT_RUN if isinstance(error, CannotRun) else NO


def _is_database(error: Exception) -> bool:
    """Whether the database gave this up; asked without loading Django for commands that need none."""
    django = sys.modules.get("django.db")
    return django is not None and isinstance(error, (django.OperationalError, django.InterfaceError))


if __name__ == "__main__":
    sys.exit(main())
