# SPDX-License-Identifier: LGPL-2.1-or-later
# bash completion: mu709ctl itself knows its commands, and asks the daemon for modules, messages,
# interfaces, methods and properties.  Where it knows nothing, file names are offered.

_mu709ctl() {
  local IFS=$'\n'
  # shellcheck disable=SC2207 # one candidate a line, none has blanks
  COMPREPLY=($("$1" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}

complete -o bashdefault -o default -F _mu709ctl mu709ctl
