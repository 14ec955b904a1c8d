"""Exit with the reason when requirements.txt does not hold the versions of uv.lock, or the lock names another host."""

import re
import sys
import tomllib
from pathlib import Path

lock_text = Path("uv.lock").read_text()
locked = {
    (package["name"], package["version"])
    for package in tomllib.loads(lock_text)["package"]
    if package["source"] != {"virtual": "."}
}
listed = set(re.findall(r"^([a-z0-9-]+)==([^ \\;]+)", Path("requirements.txt").read_text(), re.MULTILINE))
hosts = set(re.findall(r"https?://([^/\"]+)", lock_text))
if hosts - {"pypi.org", "files.pythonhosted.org"}:
    sys.exit(f"uv.lock names another host: {hosts}")
if listed - locked:
    sys.exit(f"requirements.txt is out of date, run make requirements: {sorted(listed - locked)}")
