# bash completion for tracepoint(1): commands, options, files, and patterns,
# from the events of the programs and recordings on the line.
# shellcheck shell=bash

# Commands and options are those that the help of `tracepoint "$@"` lists.
_tracepoint_commands() {
  tracepoint --help 2>/dev/null | sed -n 's/^  \([a-z][a-z-]*\) *- .*/\1/p'
}
_tracepoint_options() {
  tracepoint "$1" --help 2>/dev/null | sed -n 's/^  \(--*[a-z-]*\)\(=\)\{0,1\}.*/\1\2/p'
}

# The events of the words that are programs (or other ELF files) or recordings,
# and of processes.
_tracepoint_events() {
  local word file last=
  for word in "$@"; do
    word=${word/#\~\//$HOME/}
    if [[ $word == --pid=* || $last == -p || $last == --pid ]]; then
      tracepoint list -p "${word#--pid=}" 2>/dev/null | sed -n 's/^\([^ (]*:[^ (]*\)(.*/\1/p'
    elif [[ -d $word ]]; then
      sed -n 's/^  name = "\(..*:..*\)";$/\1/p' "$word"/{,*/}ctf/metadata 2>/dev/null
    elif file=$(type -P -- "$word") || { [[ -f $word ]] && file=$word; }; then
      tracepoint list "$file" 2>/dev/null | sed -n 's/^\([^ (]*:[^ (]*\)(.*/\1/p'
    fi
    last=$word
  done | sort -u
}

# What the cursor stands behind, whole: bash's own words end at : and =.
_tracepoint() {
  local line=${COMP_LINE:0:COMP_POINT} before word candidates=() before_words=()
  word=${line##*[[:space:]]}
  before=${line%"$word"}
  read -ra before_words <<<"$before"
  local last=${before_words[-1]} command=${before_words[1]-} quote=
  COMPREPLY=()

  if ((${#before_words[@]} == 1)); then
    mapfile -t candidates < <(compgen -W "$(_tracepoint_commands)" -- "$word")
  elif [[ $last == -e || $last == --event || $last == --snapshot || $word == --@(event|snapshot)=* ]]; then
    local head='' pattern=$word all=()
    [[ $word == --*=* ]] && head=${word%%=*}= pattern=${word#*=}
    [[ $pattern == [\'\"]* ]] && quote=${pattern:0:1} pattern=${pattern:1}
    [[ $pattern == *,* ]] && head+=${pattern%,*}, pattern=${pattern##*,}
    read -ra all <<<"$COMP_LINE"
    mapfile -t candidates < <(compgen -P "$head" \
      -W "$(_tracepoint_events "${all[@]:2}")" -- "$pattern")
  elif [[ $last == -p || $last == --pid ]]; then
    mapfile -t candidates < <(cd /proc && compgen -G "${word:-[0-9]}*")
  elif [[ $word == -* && " $before " != *" -- "* ]]; then
    mapfile -t candidates < <(compgen -W "$(_tracepoint_options "$command")" -- "$word")
    [[ ${#candidates[@]} == 1 && ${candidates[0]} == *= ]] && compopt -o nospace
  elif [[ $word == --*=* ]]; then
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen -f -- "${word#*=}")
    return
  elif [[ $command == run || $command == record ]] && [[ $last != -o ]]; then
    if [[ $word == */* || " $before" == *" -- "?* ]]; then
      compopt -o filenames
      mapfile -t candidates < <(compgen -f -- "$word")
    else
      mapfile -t candidates < <(compgen -c -- "$word")
    fi
  elif [[ $command == view || $command == stat ]]; then
    compopt -o filenames
    mapfile -t candidates < <(compgen -d -- "$word")
  else
    compopt -o filenames
    mapfile -t candidates < <(compgen -f -- "$word")
  fi

  # bash replaces only what follows the last : or = outside quotes.
  local kept=
  [[ -z $quote && $word == *[:=]* ]] && kept=${word%"${word##*[:=]}"}
  COMPREPLY=("${candidates[@]#"$kept"}")
}

complete -F _tracepoint tracepoint
