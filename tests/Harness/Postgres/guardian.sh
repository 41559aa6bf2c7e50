# Guards one private PostgreSQL server. It obeys one word per line on standard input, answers each with one line, and when the
# input ends (the test process is gone, however it went) it stops the server and deletes everything.
# Needs TYPED_BINARIES, the folder of initdb and pg_ctl. Runs as a user that is not root.
cd /
umask 077
PATH="$TYPED_BINARIES:$PATH"
base="${TMPDIR:-/tmp}"
[ -w "$base" ] || base=/tmp # root's own temp folder, when root has become postgres

# Leftovers of a run whose guardian was killed too. A server that still runs on one ends by itself when its lock file is gone.
for old in "$base"/typed-postgres.*; do
    if [ -O "$old" ] && [ -s "$old/guardian" ] && ! kill -0 "$(cat "$old/guardian")" 2>/dev/null; then
        rm -rf "$old"
    fi
done

home=$(mktemp -d "$base/typed-postgres.XXXXXX") || { echo "failed: no temp folder in $base"; exit 1; }
echo $$ >"$home/guardian"
exec 2>>"$home/log" # the test host's own stderr must not stay open in here
data="$home/data"

create() {
    # --locale=C where the system has no C.UTF-8; either way text orders by code point.
    initdb -D "$data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >>"$home/log" ||
        { rm -rf "$data"; initdb -D "$data" -U postgres -A trust -E UTF8 --locale=C --no-sync >>"$home/log"; } || return 1
    # Without fsync a crash of the machine loses data; a crash of the server, which tests provoke, does not.
    cat >>"$data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$home'
fsync = off
max_connections = 400
CONF
}

# The log's tail on one line, because an answer is one line.
answer() {
    if [ "$1" -eq 0 ]; then echo done; else echo "failed: $(tail -n 15 "$home/log" | tr '\n' ' ')"; fi
}

stop() {
    pg_ctl -D "$data" -m "$1" -w -t 60 stop >>"$home/log"
}

finish() {
    stop immediate
    rm -rf "$home"
}

trap finish EXIT
trap 'exit 1' INT TERM HUP

while read -r word argument; do
    case "$word" in
        create) create; answer $? ;;
        start) pg_ctl -D "$data" -l "$home/log" -w -t 60 -o "-p $argument" start >>"$home/log"; answer $? ;;
        stop) stop fast; answer $? ;;
        crash) stop immediate; answer $? ;;
    esac
done
