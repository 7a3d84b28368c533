"""Fetches a Debian source package, with deb-src enabled for that alone: the
machine's own mirror, a list of sources and package indexes in a folder of ours."""

import pathlib
import subprocess


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def source_lines():
    """deb-src lines for what the machine's Debian package lists come from."""
    lines = set()
    targets = output("apt-get", "indextargets", "--format",
                     "$(SITE)|$(RELEASE)|$(COMPONENT)|$(ORIGIN)", "Created-By: Packages")
    for target in targets.splitlines():
        site, release, component, origin = target.split("|")
        if component == "main" and origin == "Debian":
            lines.add(f"deb-src {site} {release} main")
    if not lines:
        raise SystemExit("fetch: no Debian package list on this machine; run apt-get update")
    return sorted(lines)


def fetch(package, folder):
    """Unpacks the source of `package` into `folder`/source, once."""
    folder = pathlib.Path(folder)
    source = folder / "source"
    if source.exists():
        return source
    lists, parts = folder / "lists", folder / "parts"
    (lists / "partial").mkdir(parents=True, exist_ok=True)
    parts.mkdir(exist_ok=True)
    (folder / "sources.list").write_text("\n".join(source_lines()) + "\n")
    apt = ["apt-get", "-qq",
           "-o", f"Dir::Etc::sourcelist={folder}/sources.list",
           "-o", f"Dir::Etc::sourceparts={parts}",
           "-o", f"Dir::State::lists={lists}",
           "-o", "APT::Sandbox::User=root"]
    subprocess.run([*apt, "update"], check=True)
    subprocess.run([*apt, "--download-only", "source", package], check=True, cwd=folder)
    description = sorted(folder.glob("*.dsc"))[-1]
    subprocess.run(["dpkg-source", "--no-check", "-x", description.name, "unpacking"],
                   check=True, cwd=folder, stdout=subprocess.DEVNULL)
    (folder / "unpacking").rename(source)
    return source
