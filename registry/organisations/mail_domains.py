"""Which email domains say nothing about where a person belongs."""

from pathlib import Path


def _read(name: str) -> frozenset[str]:
    lines = (Path(__file__).parent / "content" / name).read_text().splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and line[0] != "#")


PUBLIC_MAIL_DOMAINS = _read("public_mail_domains.txt")


def email_domain(email: str) -> str:
    """The part behind the @, in small letters; empty where there is none."""
    return email.rpartition("@")[2].lower() if "@" in email else ""
