#!/usr/bin/env bash
# Makes the pictures of the samples from what is drawn in the .mvg files beside this one. Needs ImageMagick and the
# program's own typeface; the pictures are committed, so nobody who builds the program needs either.
set -euo pipefail
cd "$(dirname "$0")"
typeface=../../../../../app/fonts/AtkinsonHyperlegibleNext-Regular.ttf
for drawing in *.mvg; do
    size=$(sed -n 's/^fill .* rectangle 0,0 \([0-9]*\),\([0-9]*\)$/\1x\2/p' "$drawing" | head -1)
    convert -size "$size" xc:white -font "$typeface" -draw "$(grep -v '^#' "$drawing")" \
        -strip +dither -colors 64 -define png:exclude-chunks=all -define png:compression-level=9 "${drawing%.mvg}.png"
done
