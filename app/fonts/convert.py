#!/usr/bin/env python3
"""Makes the typeface files beside this script from their npm package.

The window's typeface is Atkinson Hyperlegible Next, drawn by the Braille Institute for people who see
little (OFL 1.1, see OFL.txt). Its web package holds each weight cut in two, `latin` and `latin-ext`, as
woff2; the window needs one ttf a weight. To make them again:

    npm pack @fontsource/atkinson-hyperlegible-next@5.3.0
    pip install fonttools==4.68.0 brotli
    python3 convert.py fontsource-atkinson-hyperlegible-next-5.3.0.tgz
"""
import io
import pathlib
import sys
import tarfile

from fontTools import merge
from fontTools.ttLib import TTFont

NAME = "atkinson-hyperlegible-next"
WEIGHTS = {400: "Regular", 600: "SemiBold", 700: "Bold"}
HERE = pathlib.Path(__file__).parent


def main(package: str) -> None:
    with tarfile.open(package) as tar:
        for weight, word in WEIGHTS.items():
            parts = []
            for subset in ("latin", "latin-ext"):
                member = tar.extractfile(f"package/files/{NAME}-{subset}-{weight}-normal.woff2")
                font = TTFont(io.BytesIO(member.read()))
                font.flavor = None
                plain = io.BytesIO()
                font.save(plain)
                plain.seek(0)
                parts.append(plain)
            merged = merge.Merger().merge(parts)
            merged.save(HERE / f"AtkinsonHyperlegibleNext-{word}.ttf")
        licence = tar.extractfile("package/LICENSE").read()
        (HERE / "OFL.txt").write_bytes(licence)


if __name__ == "__main__":
    main(sys.argv[1])
