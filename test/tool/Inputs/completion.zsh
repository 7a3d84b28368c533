# completion.zsh SCRIPT OBJECT RECORDING: what zsh would be offered.
compadd() { # the words behind --
  print -rn -- ${@[$@[(i)--]+1,-1]}" "
}
compset() { false } # there is no prefix
try() { # NAME WORD...; the cursor is in the empty one
  print -rn -- "$1: "
  words=("${@[2,-1]}")
  CURRENT=${words[(i)]}
  source $script
  print
}
script=$1
try commands tracepoint ''
CURRENT=3 words=(tracepoint view -)
print -rn 'options: '
source $script
print
try recording tracepoint view $3 -e ''
try program tracepoint run -e '' -- $2
