#!/usr/bin/env bash
# Makes the pictures in this folder: real windows of the running program, with the sample plan and three people's
# devices connected in it. Needs Xvfb, openbox, xdotool and ImageMagick (Debian: xvfb openbox xdotool imagemagick).
#
#     docs/pictures/make.sh [PROGRAM]      PROGRAM: target/release/alongside, or the debug one if there is no other
set -euo pipefail
. "$(dirname "$0")/window.sh"
into=docs/pictures
along() { "$program" along --home "$work/$1" "${@:2}"; }
declare -A open
# at DISPLAY HOME PORT PAGE WIDTH HEIGHT [ARGUMENT…]: the window of HOME, opened anew at this page.
at() {
    local shown=$1 home=$2 id
    shut "$home"
    DISPLAY=$shown "$program" --home "$work/$home" --no-mdns --listen "127.0.0.1:$3" ${4:+--page "$4"} "${@:7}" >/dev/null 2>&1 &
    open[$home]=$!
    jobs+=("$!")
    for _ in $(seq 100); do
        id=$(DISPLAY=$shown xdotool search --onlyvisible --name '^Alongside' 2>/dev/null | tail -1) && [ -n "$id" ] && break
        sleep 0.2
    done
    DISPLAY=$shown xdotool windowsize --sync "$id" "$5" "$6" windowmove "$id" 0 0
    sleep "${SETTLE:-4}"
}
shut() { # HOME
    [ -n "${open[$1]:-}" ] || return 0
    kill "${open[$1]}" 2>/dev/null || true
    wait "${open[$1]}" 2>/dev/null || true
    unset "open[$1]"
}
press() { DISPLAY=$1 xdotool mousemove "$2" "$3" click 1; sleep "${4:-1.5}"; }
type() { DISPLAY=$1 xdotool type --delay 70 "$2"; sleep 1; }
shot() { # DISPLAY NAME SIZE
    DISPLAY=$1 xdotool mousemove 1275 795; sleep 0.6
    DISPLAY=$1 import -window root -crop "$3+0+0" +repage "$into/$2.png"
}
# Amina's window at a page, pictured at once: NAME PAGE WIDTH HEIGHT [ARGUMENT…]
picture() { at $mine amina 47111 "$2" "$3" "$4" "${@:5}"; shot $mine "$1" "$3x$4"; }

mine=:61 theirs=:62 hers=:63
screen $mine; screen $theirs; screen $hers

# The first screen, before there is anything.
at $mine empty 47110 "" 1280 800
shot $mine first-screen 1280x800
shut empty

# Three devices, one plan. The words go from one to the other as people would read them out.
along amina init --name Amina >/dev/null
along hodan init --name Hodan >/dev/null
along priya init --name Priya >/dev/null
along ben init --name Ben >/dev/null
along joy init --name Joy >/dev/null
along fatuma init --name Fatuma >/dev/null
mkfifo "$work/say"
along amina --json serve --commands --listen 127.0.0.1:47111 < "$work/say" > "$work/amina.said" 2>/dev/null & jobs+=($!)
serving=$!
exec 3> "$work/say"
answer() { # WORD LINE: the value of WORD in Amina's device's next answer to LINE
    local before value
    before=$(grep -c "\"$1\":\"" "$work/amina.said" || true)
    echo "$2" >&3
    for _ in $(seq 300); do
        value=$(sed -n "s/.*\"$1\":\"\([a-z0-9]*\)\".*/\1/p" "$work/amina.said" | sed -n "$((before + 1))p")
        [ -n "$value" ] && { echo "$value"; return; }
        sleep 0.2
    done
}
plan=$(answer plan "sample adult-alone")
let_in() { # HOME PORT NAME ROLE RELATIONSHIP
    local ticket words
    ticket=$(answer ticket "invite $plan --as $4")
    along "$1" --json join "$ticket" --relationship "$5" --listen "127.0.0.1:$2" --wait 120 > "$work/$1.join" & local joining=$!
    for _ in $(seq 300); do
        words=$(sed -n 's/.*"words":"\([a-z ]*\)".*/\1/p' "$work/$1.join" | head -1)
        [ -n "$words" ] && break
        sleep 0.2
    done
    echo "confirm $plan $3 --words \"$words\" --wait 60" >&3
    wait $joining
    along "$1" serve --listen "127.0.0.1:$2" --for 8 >/dev/null 2>&1
}
let_in hodan 47112 Hodan carer "my sister"
let_in priya 47113 Priya lead "social worker"
let_in ben 47114 Ben supporter "my PA"
let_in joy 47115 Joy advocate "speaks up with me"
# Somebody who was here for a while, and what was agreed since.
let_in fatuma 47116 Fatuma guest "neighbour"
echo "share $plan goals Ben edit --why 'he is with me on the bus' --basis 'I said yes' --until 2027-07-31" >&3
echo "refuse $plan actions Joy --why 'she asked not to have it'" >&3
echo "remove $plan Fatuma" >&3
exec 3>&-
wait $serving || true

# Hodan and Priya have the plan open on their devices; Hodan writes.
at $theirs hodan 47112 about-me 1280 800
at $hers priya 47113 goals 1280 800
at $mine amina 47111 front 1280 800
sleep 3
press $theirs 560 300; DISPLAY=$theirs xdotool key ctrl+End
type $theirs " And my paints."
sleep 2
shot $mine front 1280x800
at $mine amina 47111 about-me 1280 800
sleep 2
press $theirs 560 300; DISPLAY=$theirs xdotool key ctrl+End
type $theirs " Ask me first."
shot $mine about-me 1280x800
for page in goals actions people history; do picture $page $page 1280 800; done
picture mypage my-page 1280 800
picture sharing who-sees-what 1280 800

# One cell of the table under decision; one person in full, and what removing them means.
press $mine 660 283 1.5
shot $mine sharing-decide 1280x800
at $mine amina 47111 people 1280 800
press $mine 1185 348; DISPLAY=$mine xdotool key End
sleep 1
shot $mine people-one 1280x800

# Dark; strong contrast; twice the size; a small screen.
picture front-dark front 1280 800 --look dark
at $mine amina 47111 about-me 1280 800 --look dark
sleep 2
type $theirs " Always."
shot $mine about-me-dark 1280x800
for page in goals people; do picture $page-dark $page 1280 800 --look dark; done
picture sharing-dark who-sees-what 1280 800 --look dark
picture goals-high-contrast goals 1280 800 --look high-light
picture about-me-large about-me 1280 800 --zoom 200
picture goals-small-dark goals 800 600 --look dark
picture front-small-dark front 800 600 --look dark
for page in front about-me goals; do picture $page-small $page 800 600; done
picture sharing-small who-sees-what 800 600

# Settings, from the foot of the rail, which stays where it is.
at $mine amina 47111 front 1280 800 --look dark
press $mine 190 720
shot $mine settings-dark 1280x800

# The demo: three windows side by side.
shut amina
DISPLAY=$mine "$program" demo --home "$work/demo" --for 60 >/dev/null 2>&1 & jobs+=($!)
sleep "${DEMO:-33}"
shot $mine demo 1280x800
echo "The pictures are in $into"
