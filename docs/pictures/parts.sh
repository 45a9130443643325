#!/usr/bin/env bash
# Makes docs/pictures/parts: the page of every part in a real window of the running program, light, 1280x800, from the
# sample plans. Needs what make.sh needs.
#
#     docs/pictures/parts.sh [PROGRAM] [PART…]      without parts: all of them
set -euo pipefail
. "$(dirname "$0")/window.sh"
shift || true
into=docs/pictures/parts
mkdir -p "$into"
export DISPLAY=${SCREEN:-:71}
screen "$DISPLAY"

# Whose plan shows a part: the family's what only families have, the coalition's what groups have, else Amina's.
sample_of() {
    case "$1" in
        coalition|resources) echo coalition ;;
        *) echo adult ;;
    esac
}
home_of() { # SAMPLE
    if [ ! -d "$work/$1" ]; then
        "$program" along --home "$work/$1" init --name "${2:-Amina}" >/dev/null
        "$program" along --home "$work/$1" sample "$1" >/dev/null
    fi
    echo "$work/$1"
}
parts=("$@")
[ ${#parts[@]} -gt 0 ] || mapfile -t parts < <(sed -n 's/^    row::<[A-Za-z:]*>("\([a-z-]*\)".*/\1/p' app/src/screens/pages.rs; echo front; echo who-sees-what)
for part in "${parts[@]}"; do
    home=$(home_of "$(sample_of "$part")")
    "$program" --home "$home" --no-mdns --listen 127.0.0.1:0 --page "$part" >/dev/null 2>&1 &
    window=$!
    for _ in $(seq 100); do
        id=$(xdotool search --onlyvisible --name '^Alongside' 2>/dev/null | tail -1) && [ -n "$id" ] && break
        sleep 0.2
    done
    xdotool windowsize --sync "$id" 1280 800 windowmove "$id" 0 0 mousemove 1275 795
    sleep "${SETTLE:-4}"
    import -window root -crop 1280x800+0+0 +repage "$into/$part.png"
    kill $window; wait $window 2>/dev/null || true
done
echo "The pictures are in $into"
