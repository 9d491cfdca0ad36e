// minisim completion: the script that tells a shell whom to ask. The answers come from the hidden command `complete`.
import type { Shell } from "../shells.ts";
import type { Context } from "./context.ts";

/** What `complete` prints beside candidates: names of files fit here too. */
export const FILES = ":files";

export function completion({ io }: Context, shell: Shell): void {
  io.stdout.write(SCRIPTS[shell]);
}

// Every line of an answer is a candidate, or a candidate, a tab and its meaning, or FILES.
const SCRIPTS: Readonly<Record<Shell, string>> = {
  // bash shows no meanings. It splits words at "=", which `complete` undoes.
  bash: `# minisim completion for bash: eval "$(minisim completion bash)"
_minisim() {
  local line current=\${COMP_WORDS[COMP_CWORD]} files=
  [ "$current" = "=" ] && current=
  COMPREPLY=()
  while IFS= read -r line; do
    if [ "$line" = "${FILES}" ]; then files=1; else COMPREPLY+=("\${line%%$'\\t'*}"); fi
  done < <(minisim complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if [ -n "$files" ]; then
    compopt -o filenames 2>/dev/null
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$current")
  fi
}
complete -F _minisim minisim
`,
  zsh: `#compdef minisim
# minisim completion for zsh, after compinit: eval "$(minisim completion zsh)"
_minisim() {
  local line files=
  local -a candidates
  while IFS= read -r line; do
    if [[ "$line" == "${FILES}" ]]; then files=1; continue; fi
    line=\${line//:/\\\\:}
    candidates+=("\${line/$'\\t'/:}")
  done < <(minisim complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  (( $#candidates )) && _describe minisim candidates
  [[ -n "$files" ]] && _files
  return 0
}
if [[ "$funcstack[1]" == _minisim ]]; then _minisim "$@"; else compdef _minisim minisim; fi
`,
  fish: `# minisim completion for fish: minisim completion fish | source
function __minisim_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    for line in (minisim complete -- $words[2..-1] "$current" 2>/dev/null)
        if test "$line" = "${FILES}"
            __fish_complete_path "$current"
        else
            printf "%s\\n" $line
        end
    end
end
complete -c minisim -f -a '(__minisim_complete)'
`,
};
