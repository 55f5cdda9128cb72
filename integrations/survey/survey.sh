#!/bin/sh
# What this machine is, told to Minventory by what every Debian has: see --help (or LANG=fr_FR survey.sh --help).
#
# One JSON document goes to standard output: for each tool its command, its exit status, what it printed and what it
# complained of, all as text, so that a tool that prints nonsense spoils nothing but its own part. What is missing, or
# may not be asked, is told in its place and fails nothing. The whole stands in functions, called by the last line: half
# a download does nothing.
#
# No environment, no processes, no configuration, no private keys; of the firmware's tables not those in which
# hypervisors hand credentials to their guests (OEM strings).
# shellcheck disable=SC1112 # the apostrophes are French
set -u
umask 077

case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
  fr*) french=yes ;;
  *) french=no ;;
esac
LC_ALL=C # tools that are read by a program speak one language, and bytes are bytes
export LC_ALL
unset LANGUAGE

most=2097152      # bytes of what one tool prints
patience=60       # seconds for each tool: a broken disk can make lsblk wait for ever
work=             # a folder of our own, while we run

say() { # ENGLISH FRENCH
  if [ "$french" = yes ]; then printf '%s\n' "$2"; else printf '%s\n' "$1"; fi
}

fail() { # ENGLISH FRENCH
  printf 'survey.sh: %s\n' "$(say "$1" "$2")" >&2
  exit 1
}

help() {
  say 'survey.sh                                             prints what this machine is, as one JSON document
survey.sh --send URL --token-file FILE [OPTION...]    sends it to the Minventory at URL, and prints the receipt

  --token-file FILE   holds a token with testify:survey and testify:delivery-survey; - reads it from standard input
  --element NAME      the element that this machine is; else it is recognised by what it carries
  --customer NAME     whose it is, where the token speaks for several customers
  --dry-run           answers what would happen, and writes nothing
  --help              this

As root it tells more (memory modules, serial number). Sending needs curl or wget.' \
    'survey.sh                                              écrit ce qu’est cette machine, en un document JSON
survey.sh --send URL --token-file FICHIER [OPTION…]    l’envoie au Minventory de cette URL, et écrit le reçu

  --token-file FICHIER  contient un jeton avec testify:survey et testify:delivery-survey ; - le lit sur l’entrée standard
  --element NOM         l’élément qu’est cette machine ; sinon elle se reconnaît à ce qu’elle porte
  --customer NOM        à qui elle est, là où le jeton parle pour plusieurs clients
  --dry-run             répond ce qui arriverait, et n’écrit rien
  --help                ceci

En tant que root il en dit plus (barrettes de mémoire, numéro de série). L’envoi demande curl ou wget.'
}

# ---------------------------------------------------------------- text as JSON

# A program for sed that makes any bytes the inside of a JSON string. What is no UTF-8 becomes U+FFFD: every character
# is put between the marks 1 and 2, which no longer occur, and marks with nothing between them stand for a stray byte.
escaping() {
  printf '%s\n' 's/\\/\\\\/g' 's/"/\\"/g'
  control=1
  while [ "$control" -lt 32 ]; do
    # sed never sees the end of a line, which is 10
    [ "$control" -eq 10 ] || printf "s/\\$(printf '%03o' "$control")/\\\\\\\\u%04x/g\n" "$control"
    control=$((control + 1))
  done
  printf 's/([\302-\337][\200-\277]|\340[\240-\277][\200-\277]|[\341-\354\356\357][\200-\277][\200-\277]'
  printf '|\355[\200-\237][\200-\277]|\360[\220-\277][\200-\277][\200-\277]'
  printf '|[\361-\363][\200-\277][\200-\277][\200-\277]|\364[\200-\217][\200-\277][\200-\277])|[\200-\377]/\001\\1\002/g\n'
  printf 's/\001\002/\357\277\275/g\ns/[\001\002]//g\n'
  printf '%s\n' 's/$/\\n/'
}

escape() { # MOST: standard input, as the inside of a JSON string
  head -c "$1" | tr -d '\000' | sed -E "$sed_program" | tr -d '\n'
}

text() { # TEXT: as a JSON string
  printf '"%s"' "$(printf '%s\n' "$1" | escape "$most" | sed 's/\\n$//')"
}

# ---------------------------------------------------------------- the parts of the bundle

tell() { # NAME STATUS COMMAND, with what it printed in $work
  [ "$first" = yes ] || printf ',\n'
  first=no
  printf '%s: {"command": %s, "status": %d, "output": "' "$(text "$1")" "$(text "$3")" "$2"
  escape "$most" <"$work/out"
  printf '", "error": "'
  escape 4096 <"$work/err"
  printf '"'
  [ "$(wc -c <"$work/out")" -le "$most" ] || printf ', "truncated": true'
  printf '}'
}

part() { # NAME COMMAND...
  part=$1
  shift
  : >"$work/out"
  if command -v "$1" >/dev/null 2>&1; then
    timeout "$patience" "$@" </dev/null >"$work/out" 2>"$work/err"
    status=$?
  else
    status=127
    printf '%s: not found\n' "$1" >"$work/err"
  fi
  tell "$part" "$status" "$*"
}

# Name, whether hardware stands behind it, and speed (Mbit/s, nothing where the kernel does not know) of each port.
ports() {
  for port in /sys/class/net/*; do
    [ -d "$port" ] || continue
    if [ -e "$port/device" ]; then hardware=yes; else hardware=no; fi
    printf '%s hardware=%s speed=%s\n' "${port##*/}" "$hardware" "$(cat "$port/speed" 2>/dev/null)"
  done
}

of_ports() {
  : >"$work/err"
  ports >"$work/out"
  tell ports 0 'for port in /sys/class/net/*'
}

of_disks() {
  all=-O
  timeout "$patience" lsblk -J -b -O </dev/null >/dev/null 2>&1 || all='-oNAME,TYPE,SIZE,RM,ROTA,MODEL,SERIAL'
  part lsblk lsblk -J -b "$all"
}

# What the kernel shows of the firmware's tables, to everybody but for the serial number.
of_firmware() {
  set --
  for name in sys_vendor product_name product_serial board_vendor board_name; do
    [ ! -e "/sys/class/dmi/id/$name" ] || set -- "$@" "/sys/class/dmi/id/$name"
  done
  [ $# -eq 0 ] || part dmi grep -H . "$@"
  # BIOS, system, board, chassis, processors, memory: not the OEM strings
  part dmidecode dmidecode -t 0,1,2,3,4,16,17
}

of_raid() {
  [ -e /proc/mdstat ] || return 0
  part mdstat cat /proc/mdstat
  part mdadm mdadm --detail --scan --verbose
}

bundle() {
  first=yes
  printf '{"survey.sh": 1, "witnessedAt": "%s", "parts": {\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
  part hostname uname -n
  part fqdn hostname -f
  part kernel uname -r
  part machine uname -m
  part os-release cat /etc/os-release
  part lscpu lscpu -J
  part meminfo cat /proc/meminfo
  of_firmware
  of_disks
  of_raid
  part addresses ip -d -j addr
  # Which way out would be taken: the kernel is asked, nothing is sent.
  part route ip -j route get 8.8.8.8
  part route6 ip -j route get 2001:4860:4860::8888
  of_ports
  part hostkeys cat /etc/ssh/ssh_host_*_key.pub
  printf '\n}}\n'
}

# ---------------------------------------------------------------- sending

read_token() {
  if [ "$1" = - ]; then token=$(cat); else token=$(cat -- "$1" 2>/dev/null); fi ||
    fail "cannot read the token file $1" "le fichier du jeton $1 ne peut être lu"
  case $token in
    '' | *[!A-Za-z0-9._~+/=-]*) fail "$1 holds no token" "$1 ne contient pas de jeton" ;;
  esac
}

# A token on a command line is seen by everybody on this machine: it goes by standard input, or by a file of our own.
by_curl() { # URL
  code=$(printf 'header = "Authorization: Bearer %s"\n' "$token" |
    curl --config - --silent --show-error --max-time 120 --header 'Content-Type: application/json' \
      --data-binary "@$work/bundle" --output "$work/answer" --write-out '%{http_code}' "$1") || return 1
  case $code in 2??) ;; *) return 1 ;; esac
}

# It says that it succeeded where others complain; of some refusals it keeps nothing but its own sentence.
by_wget() { # URL
  printf 'header = Authorization: Bearer %s\n' "$token" >"$work/wgetrc"
  WGETRC=$work/wgetrc wget --no-verbose --timeout=120 --tries=1 --max-redirect=0 --content-on-error \
    --header='Content-Type: application/json' --post-file="$work/bundle" --output-document="$work/answer" "$1" 2>"$work/err" || {
    cat "$work/err" >&2
    return 1
  }
}

send() { # URL
  : >"$work/answer"
  if command -v curl >/dev/null 2>&1; then
    by=by_curl
  elif command -v wget >/dev/null 2>&1; then
    by=by_wget
  else
    fail 'sending needs curl or wget; without them, print it and send it from elsewhere' \
      'l’envoi demande curl ou wget ; sans eux, écrivez-le et envoyez-le d’ailleurs'
  fi
  sent=yes
  "$by" "$1" || sent=no
  cat "$work/answer"
  [ "$sent" = yes ] || fail "$1 did not take it" "$1 ne l’a pas reçu"
  # a machine that was refused has its receipt too, and there the reason
  ! grep -q '^{"status":4' "$work/answer" || fail 'refused, see the receipt' 'refusé, voir le reçu'
}

# ---------------------------------------------------------------- what was asked

value() { # OPTION COUNT VALUE
  [ "$2" -gt 1 ] || fail "$1 needs a value" "$1 demande une valeur"
  case $1 in
    --send)
      case $3 in
        http://?* | https://?*) ;;
        *) fail '--send needs http://… or https://…' '--send demande http://… ou https://…' ;;
      esac
      ;;
    --element | --customer)
      case $3 in
        '' | *[!A-Za-z0-9._-]*) fail "$3 is no name" "$3 n’est pas un nom" ;;
      esac
      ;;
  esac
}

main() {
  url=
  file=
  query=
  while [ $# -gt 0 ]; do
    case $1 in
      --help | -h) help && exit 0 ;;
      --dry-run) query="$query&dryRun=true" ;;
      --send | --token-file | --element | --customer)
        value "$1" $# "${2-}"
        case $1 in
          --send) url=${2%/} ;;
          --token-file) file=$2 ;;
          *) query="$query&${1#--}=$2" ;;
        esac
        shift
        ;;
      *) fail "$1 is no option; see --help" "$1 n’est pas une option ; voir --help" ;;
    esac
    shift
  done
  query=${query#?} # it begins with a &
  [ -z "$url" ] || [ -n "$file" ] || fail '--send needs --token-file' '--send demande --token-file'
  [ -n "$url" ] || [ -z "$file$query" ] || fail 'that needs --send' 'cela demande --send'

  work=$(mktemp -d) || fail 'a folder for what tools print cannot be made; set TMPDIR' \
    'aucun dossier ne peut être créé pour ce qu’écrivent les outils ; fixez TMPDIR'
  trap 'rm -rf "$work"' EXIT
  trap 'exit 130' HUP INT TERM
  sed_program=$(escaping)
  [ -z "$url" ] || read_token "$file"
  bundle >"$work/bundle"
  if [ -n "$url" ]; then
    send "$url/integrations/survey${query:+?$query}"
  else
    cat "$work/bundle"
  fi
}

main "$@"
