# completion.bash SCRIPT OBJECT RECORDING: what bash would offer.
source "$1"
compopt() { :; } # only within a completion
try() { # NAME LINE [REST-BEHIND-THE-CURSOR]
  COMP_LINE=$2${3-} COMP_POINT=${#2}
  _tracepoint
  echo "$1: ${COMPREPLY[*]}"
}
try commands 'tracepoint '
try command 'tracepoint vi'
try options 'tracepoint view -'
try option 'tracepoint view --per'
try recording "tracepoint view $3 -e "
try system "tracepoint view $3 -e net:"
try event "tracepoint view $3 -e net:pac"
try list "tracepoint view $3 -e net:packet,net:pag"
try quoted "tracepoint view $3 -e 'net:pa"
try long "tracepoint view $3 --event=net:pag"
try program 'tracepoint run -e ' " -- $2"
try none 'tracepoint run -e ' ' -- /nowhere'
sleep 60 &
try pid "tracepoint list -p $!"
tracepoint() { [[ "$*" == "list -p 4711" ]] && echo 'live:event(int n) "n=%d" 1 site a.c:1 on'; }
try process 'tracepoint enable -p 4711 -e '
try process 'tracepoint record --pid=4711 -e live:'
kill %1
