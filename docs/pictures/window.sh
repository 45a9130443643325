# What the scripts of this folder share; to be read with `.`, not run. After it: $program, $work (taken away again at the end),
# $jobs (ended then), and `screen DISPLAY`.
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
program=${1:-}
for built in target/release/alongside target/debug/alongside; do
    [ -z "$program" ] && [ -x "$built" ] && program=$built
done
[ -n "$program" ] || { echo "Build it first: cargo build --release" >&2; exit 1; }
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
