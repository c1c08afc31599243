using System.CommandLine;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Completion;

/// <summary><c>completion SHELL</c>: prints a script that makes a shell ask this tool's <c>[suggest]</c> directive.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _provablesec() {
            local line="${COMP_LINE#* }"
            local point=$(( COMP_POINT - ${#COMP_LINE} + ${#line} ))
            local IFS=$'\n'
            COMPREPLY=( $(compgen -W "$(provablesec "[suggest:${point}]" "${line}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}") )
        }
        complete -o default -F _provablesec provablesec

        """;

    private const string Zsh = """
        #compdef provablesec
        _provablesec() {
            local line="${BUFFER#* }"
            local point=$(( CURSOR - ${#BUFFER} + ${#line} ))
            local -a found
            found=("${(@f)$(provablesec "[suggest:${point}]" "${line}" 2>/dev/null)}")
            if [[ -n "${found[1]}" ]]; then
                compadd -a found
            else
                _files
            fi
        }
        compdef _provablesec provablesec

        """;

    private const string Fish = """
        function __provablesec_complete
            set -l line (commandline -cp | string replace -r '^\s*\S+\s*' '')
            provablesec "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c provablesec -a '(__provablesec_complete)'

        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName provablesec -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $text = $commandAst.ToString()
            $cut = $text.IndexOf(' ') + 1
            $line = if ($cut -gt 0) { $text.Substring($cut) } else { '' }
            $point = [Math]::Max(0, $cursorPosition - $commandAst.Extent.StartOffset - $cut)
            $line = $line.PadRight($point)
            provablesec "[suggest:$point]" $line 2>$null | Where-Object { $_ } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }

        """;

    public static Command Create(CommandConsole console)
    {
        var shell = new Argument<string>("SHELL") { Description = "The shell to complete command lines in" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "powershell");
        var command = new ExampleCommand(
            "completion",
            "Prints a script for shell completion",
            "eval \"$(provablesec completion bash)\"",
            "provablesec completion fish > ~/.config/fish/completions/provablesec.fish",
            "provablesec completion powershell >> $PROFILE")
        {
            shell,
        };
        command.SetAction(result =>
        {
            console.OutputText.Write(result.GetRequiredValue(shell) switch
            {
                "bash" => Bash,
                "zsh" => Zsh,
                "fish" => Fish,
                _ => PowerShell,
            });
            return ExitCodes.Success;
        });
        return command;
    }
}
