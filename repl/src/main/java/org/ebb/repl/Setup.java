package org.ebb.repl;

import java.util.List;
import org.ebb.parse.Tokens;

/** Files for shells and editors, printed by {@code ebb setup}. Their keywords are those of the grammar. */
final class Setup {

    static final List<String> KINDS = List.of("bash", "zsh", "fish", "vim", "textmate");

    private static final String WORDS = "run repl doc test check fmt setup help -i -c --profile --flamegraph --max-steps --max-memory --timeout --inspect --dap --cpusampler --cputracer --coverage --version --info --help";

    private Setup() {}

    /** The text of a file of a kind. */
    static String of(String kind) {
        String text = switch (kind) {
            case "bash" -> BASH;
            case "zsh" -> ZSH;
            case "fish" -> FISH;
            case "vim" -> VIM;
            case "textmate" -> TEXTMATE;
            default -> throw new IllegalArgumentException(kind);
        };
        String between = kind.equals("textmate") ? "|" : " ";
        return text.replace("@WORDS@", WORDS).replace("@KINDS@", String.join(" ", KINDS)).replace("@KEYWORDS@", keywords(false, between))
                .replace("@CONSTANTS@", keywords(true, between));
    }

    /** The words of the grammar that cannot be names: those for values (True, False, None) or the others. */
    private static String keywords(boolean values, String between) {
        return String.join(between, Tokens.keywords().stream().filter(word -> Character.isUpperCase(word.charAt(0)) == values).toList());
    }

    private static final String BASH = """
            # Completion of the ebb command: source this file, or put it into ~/.local/share/bash-completion/completions/ebb
            _ebb() {
              local word=${COMP_WORDS[COMP_CWORD]}
              if [ "$COMP_CWORD" -eq 1 ]; then
                mapfile -t COMPREPLY < <(compgen -W "@WORDS@" -- "$word"; compgen -f -X '!*.ebb' -- "$word"; compgen -d -- "$word")
              elif [ "${COMP_WORDS[1]}" = setup ]; then
                mapfile -t COMPREPLY < <(compgen -W "@KINDS@" -- "$word")
              else
                mapfile -t COMPREPLY < <(compgen -f -- "$word")
              fi
            }
            complete -o filenames -F _ebb ebb
            """;

    private static final String ZSH = """
            #compdef ebb
            # Completion of the ebb command: put this file as _ebb into a folder of $fpath
            if (( CURRENT == 2 )); then
              compadd -- @WORDS@
              _files -g '*.ebb'
            elif [[ $words[2] == setup ]]; then
              compadd -- @KINDS@
            else
              _files
            fi
            """;

    private static final String FISH = """
            # Completion of the ebb command: put this file into ~/.config/fish/completions/ebb.fish
            complete -c ebb -n __fish_use_subcommand -a '@WORDS@'
            complete -c ebb -n '__fish_seen_subcommand_from setup' -f -a '@KINDS@'
            """;

    private static final String VIM = """
            " Colours for Ebb: put this file into ~/.vim/syntax/ebb.vim, and into ~/.vimrc
            "   autocmd BufRead,BufNewFile *.ebb setfiletype ebb
            if exists("b:current_syntax")
              finish
            endif
            syn keyword ebbKeyword @KEYWORDS@
            syn match ebbKeyword /^\\s*\\zs\\(match\\|case\\)\\ze\\s\\+[^ =].*:/
            syn keyword ebbConstant @CONSTANTS@
            syn keyword ebbRecording record pause train_mode predict_mode
            syn match ebbComment /#.*$/ contains=@Spell
            syn match ebbDefinition /\\(\\<def\\s\\+\\|\\<class\\s\\+\\)\\@<=\\h\\w*/
            syn match ebbNumber /\\<\\d[0-9_]*\\(\\.[0-9_]*\\)\\?\\([eE][+-]\\?\\d[0-9_]*\\)\\?/
            syn match ebbNumber /\\(\\h\\|\\d\\|[.)\\]]\\)\\@<!\\.\\d[0-9_]*\\([eE][+-]\\?\\d[0-9_]*\\)\\?/
            syn match ebbNumber /\\<\\(0[xX][0-9a-fA-F_]\\+\\|0[oO][0-7_]\\+\\|0[bB][01_]\\+\\)\\>/
            syn region ebbString start=/[rRuUbBfF]\\{0,2}'/ skip=/\\\\\\\\\\|\\\\'/ end=/'\\|$/ contains=@Spell
            syn region ebbString start=/[rRuUbBfF]\\{0,2}"/ skip=/\\\\\\\\\\|\\\\"/ end=/"\\|$/ contains=@Spell
            syn region ebbString start=/[rRuUbBfF]\\{0,2}'''/ skip=/\\\\./ end=/'''/ contains=@Spell
            syn region ebbString start=/[rRuUbBfF]\\{0,2}\"""/ skip=/\\\\./ end=/\"""/ contains=@Spell
            hi def link ebbKeyword Keyword
            hi def link ebbConstant Constant
            hi def link ebbRecording Special
            hi def link ebbComment Comment
            hi def link ebbDefinition Function
            hi def link ebbNumber Number
            hi def link ebbString String
            setlocal commentstring=#\\ %s
            let b:current_syntax = "ebb"
            """;

    private static final String TEXTMATE = """
            {
              "name": "Ebb",
              "scopeName": "source.ebb",
              "fileTypes": ["ebb"],
              "patterns": [
                {"name": "comment.line.number-sign.ebb", "match": "#.*$"},
                {"name": "string.quoted.triple.ebb", "begin": "([rRuUbBfF]{0,2})(\\"\\"\\"|''')", "end": "\\\\2", "patterns": [{"match": "\\\\\\\\."}]},
                {"name": "string.quoted.ebb", "begin": "([rRuUbBfF]{0,2})([\\"'])", "end": "\\\\2|$", "patterns": [{"match": "\\\\\\\\."}]},
                {"match": "\\\\b(def|class)\\\\s+(\\\\w+)", "captures": {"1": {"name": "keyword.control.ebb"}, "2": {"name": "entity.name.function.ebb"}}},
                {"name": "keyword.control.ebb", "match": "\\\\b(@KEYWORDS@)\\\\b"},
                {"name": "keyword.control.ebb", "match": "^\\\\s*(match|case)(?=\\\\s+[^\\\\s=].*:)"},
                {"name": "constant.language.ebb", "match": "\\\\b(@CONSTANTS@)\\\\b"},
                {"name": "support.function.ebb", "match": "\\\\b(record|pause|train_mode|predict_mode)\\\\b"},
                {"name": "constant.numeric.ebb", "match": "\\\\b(0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+)\\\\b"},
                {"name": "constant.numeric.ebb", "match": "(\\\\b\\\\d[\\\\d_]*\\\\.?[\\\\d_]*|(?<!\\\\w)\\\\.\\\\d[\\\\d_]*)([eE][+-]?\\\\d[\\\\d_]*)?"}
              ]
            }
            """;
}
