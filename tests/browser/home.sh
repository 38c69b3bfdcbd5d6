# A home with two years of readings out of the simulator, and its dashboard;
# sourced by scripts that look at it. Noon of a day in November is the present.

HOME_NOW=2026-11-21T11:00:00Z
HOME_PRM=22222222222222
OTHER_PRM=33333333333333

# fill_home FOLDER BINARIES [INSTANT]: a simulated Enedis, a configuration, and a
# ledger as it was filled at that instant. Sets $releve, $home_config, $simulator.
# The name of the second point is what somebody hostile would choose.
fill_home() {
    local work=$1 bin=$2 filled=${3:-$HOME_NOW}
    releve=$bin/releve
    home_config=$work/releve.toml
    export RELEVE_FROZEN_CLOCK=$HOME_NOW+
    "$bin/simulator" --listen 127.0.0.1:0 --mode 2026 --no-quota --now "$HOME_NOW" \
        >"$work/simulator" 2>"$work/simulator.err" &
    started+=($!)
    simulator=$(first_line "$work/simulator") || return 1
    rm -rf "$work/data"
    (umask 077 && cat >"$home_config") <<TOML
language = "fr"
data_dir = "$work/data"
[sources.enedis]
kind = "data-connect"
generation = "2026"
base_url = "$simulator"
client_id = "releve-simulated"
client_secret = "not-a-secret"
pacing = false
[[usage_points]]
prm = "$HOME_PRM"
name = "Maison"
offer = "trv-hphc"
subscribed_kva = 9
off_peak = "22h38-6h38"
[[usage_points]]
prm = "$OTHER_PRM"
name = "<img src=x onerror=alert(1)>'\"</script><script>alert(2)"
offer = "trv-tempo"
subscribed_kva = 9
[colours]
enabled = false
calendars = ["tempo"]
TOML
    RELEVE_FROZEN_CLOCK=$filled+ "$releve" --config "$home_config" --quiet sync || return 1
    # Colours as somebody knows them: a whole season but today's and tomorrow's.
    local words=(tariff colours --config "$home_config" --quiet)
    "$releve" "${words[@]}" 2025-09-01..2026-11-20 --set blue >/dev/null || return 1
    "$releve" "${words[@]}" 2026-01-12..2026-01-16 --set red >/dev/null || return 1
    "$releve" "${words[@]}" 2025-12-02..2025-12-05 --set white >/dev/null || return 1
}

# serve_home FOLDER [WORDS...]: sets $dashboard to its address.
serve_home() {
    local work=$1
    shift
    "$releve" serve --listen 127.0.0.1:0 --config "$home_config" "$@" \
        >"$work/serve" 2>"$work/serve.err" &
    serving=$!
    started+=("$serving")
    dashboard=$(first_line "$work/serve")
    dashboard=${dashboard%/}
    [ -n "$dashboard" ]
}

# serve_nothing NAME FOLDER: a home in which nothing is configured; the variable
# NAME gets its address.
serve_nothing() {
    local name=$1 work=$2 address
    rm -rf "$work"
    mkdir -p "$work"
    HOME=$work XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/share \
        "$releve" serve --listen 127.0.0.1:0 >"$work/serve" 2>"$work/serve.err" &
    started+=($!)
    address=$(first_line "$work/serve") || return 1
    printf -v "$name" %s "${address%/}"
}
