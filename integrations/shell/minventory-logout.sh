#!/bin/sh
# At the end of a session on a server, asks in one line what was done, and testifies to it: an intervention, with who, where,
# from when until when. A login shell of bash runs it at its end, by a line in ~/.bash_logout, or for everybody on the machine
# in /etc/bash.bash_logout:
#
#   sh /usr/local/lib/minventory-logout.sh
#
# It is set up by variables, or by a file of such lines, /etc/minventory-shell (another one: MINVENTORY_SHELL):
#
#   MINVENTORY_URL         where Minventory answers, for instance https://inventory.example
#   MINVENTORY_TOKEN_FILE  a file that holds a token (a robot's, scope testify:intervention), readable by who logs in here
#   MINVENTORY_ELEMENT     what this machine is called there; its host name by default
#   MINVENTORY_CUSTOMER    whose it is, with a token of several customers (optional)
#   MINVENTORY_ASK_AFTER   seconds; a session that was shorter is not asked about, 60 by default
#
# An empty line tells nothing. What cannot be told is kept in ~/.local/state/minventory, and told the next time.
set -u
umask 077

settings=${MINVENTORY_SHELL:-/etc/minventory-shell}
# shellcheck source=/dev/null # the machine's own
[ ! -r "$settings" ] || . "$settings"

[ -t 0 ] && [ -n "${MINVENTORY_URL:-}" ] && [ -r "${MINVENTORY_TOKEN_FILE:-}" ] || exit 0

case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
  fr*)
    question="Qu'avez-vous fait sur %s ? (une ligne ; vide : rien à dire) "
    kept="Minventory ne l'a pas entendu ; ce sera redit la prochaine fois.\n"
    refused="Minventory l'a refusé : %s\n"
    ;;
  *)
    question='What did you do on %s? (one line; empty: nothing to tell) '
    kept='Minventory did not hear it; it is told again the next time.\n'
    refused='Minventory refused it: %s\n'
    ;;
esac

# How long the shell was there that ends now.
elapsed=$(ps -o etimes= -p "$PPID" 2>/dev/null | tr -cd '0-9')
[ "${elapsed:-0}" -ge "${MINVENTORY_ASK_AFTER:-60}" ] || exit 0

element=${MINVENTORY_ELEMENT:-$(uname -n | tr '[:upper:]' '[:lower:]')}
# shellcheck disable=SC2059 # they are ours
printf "$question" "$element"
IFS= read -r line || exit 0
[ -n "$(printf %s "$line" | tr -d '[:space:]')" ] || exit 0

# Text between quotes of JSON: nothing of it means anything there.
text() {
  printf '"%s"' "$(printf %s "$1" | LC_ALL=C tr -d '\000-\037\177' | sed 's/[\\"]/\\&/g')"
}

day() {
  date -u -d "@$1" +%Y-%m-%dT%H:%M:%SZ
}

now=$(date +%s)
folder=${XDG_STATE_HOME:-$HOME/.local/state}/minventory
mkdir -p "$folder" || exit 0
untold=$folder/untold.$$.ndjson
{
  printf '{"kind": "intervention", "element": %s, "note": %s, "witnessedAt": "%s"' \
    "$(text "$element")" "$(text "$line")" "$(day "$now")"
  [ -z "${MINVENTORY_CUSTOMER:-}" ] || printf ', "customer": %s' "$(text "$MINVENTORY_CUSTOMER")"
  printf ', "facts": {"intervention.from": "%s", "intervention.until": "%s", "intervention.by": %s}}\n' \
    "$(day $((now - elapsed)))" "$(day "$now")" "$(text "${SUDO_USER:-$(id -un)}")"
} >"$untold"

# The token and the words go in by standard input: a command line is seen by everybody on this machine.
tell() {
  printf 'header = "Authorization: Bearer %s"\n' "$(tr -cd 'A-Za-z0-9._~+/=-' <"$MINVENTORY_TOKEN_FILE")"
  printf 'data-binary = "@%s"\n' "$(printf %s "$1" | sed 's/[\\"]/\\&/g')"
}

for one in "$folder"/untold.*.ndjson; do
  if answer=$(tell "$one" | curl --config - --silent --fail --max-time 10 \
    --header 'Content-Type: application/x-ndjson' "${MINVENTORY_URL%/}/api/v1/testimonies" 2>/dev/null); then
    rm -f "$one"
    case $answer in
      # shellcheck disable=SC2059 # they are ours
      *'"problem":'*) printf "$refused" "$(printf %s "$answer" | tr -cd ' -~' | cut -c1-500)" ;;
    esac
  else
    # shellcheck disable=SC2059 # they are ours
    printf "$kept"
    break
  fi
done
