# The gateway under test, with the simulator as its Enedis; sourced by `run`.

started=()
stop() {
    leave_traces
    for pid in "${started[@]}"; do kill "$pid" 2>/dev/null; done
}

# What the gateway wrote, where GATEWAY_TRACES wants it, for the hunt for secrets
# (tests/secrets). Who is told a secret adds it to the list that RELEVE_SECRETS
# names: "text SECRET" in a line.
traced= work_traced=
trace() {
    local name=${0%/*}
    [ -n "${GATEWAY_TRACES:-}" ] || return 0
    traced=$GATEWAY_TRACES/${name##*/}-$$ work_traced=$1
    mkdir -p "$traced"
    export RELEVE_SECRETS=$traced/secrets
    echo "text not-a-secret" >>"$RELEVE_SECRETS"
}
leave_traces() {
    [ -n "$traced" ] || return 0
    /usr/bin/python3 - "$(sed -n 2p "$work_traced/gateway")" >"$traced/metrics" <<'PYTHON'
import sys, urllib.request
print(urllib.request.urlopen(sys.argv[1], timeout=10).read().decode())
PYTHON
    cp "$work_traced/gateway.err" "$traced/log"
    cp "$work_traced"/data/gateway.db* "$traced/"
    sed -n 's/.*"secret": "\(.*\)".*/text \1/p' "$work_traced/data/keys" >>"$traced/secrets"
    traced=
}

# first_line FILE: waits until a program has printed its address.
first_line() {
    for _ in $(seq 300); do
        grep -m1 -oE 'https?://[^ ]+' "$1" && return
        sleep 0.1
    done
    echo "nothing came up: $(cat "$1")" >&2
    return 1
}

# start_gateway FOLDER BINARIES: sets $gateway to its address.
start_gateway() {
    local work=$1 bin=$2 port simulator
    "$bin/simulator" --listen 127.0.0.1:0 --mode 2026 --no-quota >"$work/simulator" 2>"$work/simulator.err" &
    started+=($!)
    simulator=$(first_line "$work/simulator") || return 1
    # A port that was free a moment ago: the address of the gateway is a part
    # of its configuration.
    port=$(/usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    gateway=https://localhost:$port
    rm -rf "$work/data"
    (umask 077 && printf 'not-a-secret\n' >"$work/secret")
    cat >"$work/config.toml" <<TOML
public_url = "$gateway"
listen = "127.0.0.1:$port"
operator_listen = "127.0.0.1:0"
[tls]
certificate = "$work/pki/server.pem"
key = "$work/pki/server.key"
[enedis]
generation = "2026"
base_url = "$simulator"
consent_url = "$simulator"
client_id = "releve-simulated"
client_secret_file = "$work/secret"
redirect_uri = "$gateway/auth/redirect"
pacing = false
[controller]
application = "Relevé"
name = "Association des essais"
address = "1 rue des Essais, 75000 Paris"
contact = "contact@releve.example"
TOML
    local here_is=(--config "$work/config.toml" --data-dir "$work/data")
    "$bin/releve-gateway" client add "Boîtier des essais" --id "$CLIENT_ID" "${here_is[@]}" || return 1
    "$bin/releve-gateway" doctor "${here_is[@]}" || return 1
    RELEVE_GATEWAY_LOG_LEVEL=verbose "$bin/releve-gateway" serve "${here_is[@]}" \
        >"$work/gateway" 2>"$work/gateway.err" &
    started+=($!)
    first_line "$work/gateway" >/dev/null && trace "$work"
}
