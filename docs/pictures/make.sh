#!/usr/bin/env bash
# Makes the pictures in this folder: real windows of the running program, with the sample plan and three people's
# devices connected in it. Needs Xvfb, openbox, xdotool and ImageMagick (Debian: xvfb openbox xdotool imagemagick).
#
#     docs/pictures/make.sh [PROGRAM]      PROGRAM: target/release/alongside, or the debug one if there is no other
set -euo pipefail
cd "$(dirname "$0")/../.."
program=${1:-}
for built in target/release/alongside target/debug/alongside; do
    [ -z "$program" ] && [ -x "$built" ] && program=$built
done
[ -n "$program" ] || { echo "Build it first: cargo build --release" >&2; exit 1; }
into=docs/pictures
work=$(mktemp -d)
export LIBGL_ALWAYS_SOFTWARE=1 TZ=Europe/London
jobs=()
end() {
    for job in "${jobs[@]}"; do kill "$job" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap end EXIT

# Windows without frames, so that a picture shows the program and nothing else.
mkdir -p "$work/config/openbox"
cat > "$work/config/openbox/rc.xml" <<'XML'
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <theme><keepBorder>no</keepBorder></theme>
  <applications><application class="*"><decor>no</decor></application></applications>
</openbox_config>
XML
screen() { # DISPLAY: a screen of its own
    Xvfb "$1" -screen 0 1280x800x24 >/dev/null 2>&1 & jobs+=($!)
    sleep 1
    DISPLAY=$1 XDG_CONFIG_HOME="$work/config" openbox --config-file "$work/config/openbox/rc.xml" >/dev/null 2>&1 & jobs+=($!)
    sleep 1
}
along() { "$program" along --home "$work/$1" "${@:2}"; }
window() { # DISPLAY HOME PORT
    DISPLAY=$1 "$program" --home "$work/$2" --listen "127.0.0.1:$3" >/dev/null 2>&1 & jobs+=($!)
    local id
    for _ in $(seq 100); do
        id=$(DISPLAY=$1 xdotool search --onlyvisible --name '^Alongside' 2>/dev/null | tail -1) && [ -n "$id" ] && break
        sleep 0.2
    done
    sleep "${SETTLE:-5}"
    echo "$id" > "$work/$2.window"
}
size() { DISPLAY=$1 xdotool windowsize --sync "$(cat "$work/$2.window")" "$3" "$4" windowmove "$(cat "$work/$2.window")" 0 0; sleep 2; }
press() { DISPLAY=$1 xdotool mousemove "$2" "$3" click 1; sleep "${4:-1.5}"; }
aside() { DISPLAY=$1 xdotool mousemove 1275 795; sleep 0.6; }
type() { DISPLAY=$1 xdotool type --delay 70 "$2"; sleep 1; }
shot() { aside "$1"; DISPLAY=$1 import -window root -crop "$3" +repage "$into/$2.png"; }

mine=:61 theirs=:62 hers=:63
screen $mine; screen $theirs; screen $hers

# The first screen, before there is anything.
window $mine empty 47110
size $mine empty 1280 800
shot $mine first-screen 1280x800+0+0
kill "${jobs[-1]}"; sleep 2

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

window $mine amina 47111
amina=${jobs[-1]}
window $theirs hodan 47112
window $hers priya 47113
for one in "$mine amina" "$theirs hodan" "$hers priya"; do size ${one% *} "${one#* }" 1280 800; done
# "Open" of the one plan in the list; then a page of the rail.
for one in $mine $theirs $hers; do press $one 1050 147 2; done
about=162 goals=208 actions=254 people=338 sharing=384 mypage=430 history=476 settings=708
press $theirs 85 $about; press $hers 85 $goals
press $theirs 560 300; DISPLAY=$theirs xdotool key ctrl+End
type $theirs " And my paints."
sleep 2
shot $mine front 1280x800+0+0
press $mine 85 $about
type $theirs " Ask me first."
shot $mine about-me 1280x800+0+0
for page in goals actions people sharing mypage history; do
    press $mine 85 "${!page}" 2
    shot $mine $page 1280x800+0+0
done

# One cell of the table under decision; one person in full, and what removing them means.
press $mine 85 $sharing; press $mine 870 378 1.5
shot $mine sharing-decide 1280x800+0+0
press $mine 85 $people; press $mine 1185 348; DISPLAY=$mine xdotool key End
shot $mine people-one 1280x800+0+0

# Dark, chosen in the settings.
press $mine 85 $settings; press $mine 310 158 1.5
shot $mine settings-dark 1280x800+0+0
press $mine 630 46
press $mine 85 90; shot $mine front-dark 1280x800+0+0
press $mine 85 $about; type $theirs " Always."; shot $mine about-me-dark 1280x800+0+0
press $mine 85 $goals; shot $mine goals-dark 1280x800+0+0
press $mine 85 $sharing; shot $mine sharing-dark 1280x800+0+0
press $mine 85 $people; shot $mine people-dark 1280x800+0+0

# Strong contrast, and twice the size.
press $mine 85 $settings; press $mine 450 158 1.5
press $mine 630 46; press $mine 85 $goals
shot $mine goals-high-contrast 1280x800+0+0
press $mine 85 $settings; press $mine 310 158 1.5
press $mine 630 46; press $mine 85 $about
for _ in 1 2 3 4 5 6 7 8 9 10; do DISPLAY=$mine xdotool key ctrl+plus; sleep 0.3; done
sleep 1
shot $mine about-me-large 1280x800+0+0
DISPLAY=$mine xdotool key ctrl+0; sleep 1

# A small screen, in both.
press $mine 85 $goals
size $mine amina 800 600
shot $mine goals-small-dark 800x600+0+0
press $mine 85 90; shot $mine front-small-dark 800x600+0+0
size $mine amina 1280 800
press $mine 85 $settings; press $mine 235 158 1.5; press $mine 630 46
size $mine amina 800 600
press $mine 85 90; shot $mine front-small 800x600+0+0
press $mine 85 $about; shot $mine about-me-small 800x600+0+0
press $mine 85 $goals; shot $mine goals-small 800x600+0+0
press $mine 85 $sharing; shot $mine sharing-small 800x600+0+0

# The demo: three windows side by side.
kill "$amina"; sleep 1
DISPLAY=$mine "$program" demo --home "$work/demo" --for 60 >/dev/null 2>&1 & jobs+=($!)
sleep "${DEMO:-33}"
shot $mine demo 1280x800+0+0
echo "The pictures are in $into"
