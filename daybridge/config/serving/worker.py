"""Only the watched job cluster, for further machines on one PostgreSQL: `python -m daybridge.config.serving.worker`."""

from daybridge.config import ready


def main() -> None:
    ready.django()
    from daybridge.config.serving.parent import Parent

    Parent(None).run(lambda: print("The job cluster runs.", flush=True))


if __name__ == "__main__":
    main()
