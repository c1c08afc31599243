using ProvableSec.Policy.Text;

namespace ProvableSec.Rules.Deployments;

/// <summary>
/// How commands use CloudHSM: in entry scripts, RUN, CMD and ENTRYPOINT of images, commands of containers (AWS CloudHSM User Guide, "Bootstrap the Client SDK";
/// the AWS
/// Security Blog's image with a client daemon). Each command is walked through once, whatever stands in it.
/// </summary>
internal static class HsmCommands
{
    private const string Configure = "configure", Daemon = "cloudhsm_client", Service = "cloudhsm-client", Prefix = "HSM_";

    private static readonly string[] AddressNames = ["IP", "IPS", "ADDRESS", "HOST", "IP_ADDRESS", "IPS_ADDRESS", "ADDRESS_ADDRESS", "HOST_ADDRESS"];

    /// <summary>How a loop, or what waits by itself, begins.</summary>
    private static readonly string[] Waits = ["while", "until", "for", "if ", "if\t", "timeout ", "timeout\t", "wait-for", "wait_for", "inotifywait"];

    private static readonly string[] Files = ["customerCA.crt", "/opt/cloudhsm/etc"];

    private static readonly string[] Applications = ["./", "/app/", "/usr/local/bin/"];

    /// <summary>Whether a text has to do with CloudHSM: only then is anything else of it looked at.</summary>
    public static bool AreIn(string text) => text.IndexOf("cloudhsm", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>Whether a variable holds the address of an HSM that is written down.</summary>
    public static bool IsAddress(string name, string? value)
    {
        if (string.IsNullOrEmpty(value) || AddressLength(value!) != value!.Length)
        {
            return false;
        }

        string rest = WithoutStart(name, "CLOUD");
        return rest.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            && AddressNames.Contains(WithoutStart(rest.Substring(Prefix.Length), "ENI_"), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>What is found in commands.</summary>
    /// <param name="script">The commands.</param>
    public static IEnumerable<(Rule Rule, TextRange Span, string Message)> Find(string script)
    {
        bool started = false;
        foreach (ShellCommand command in ShellCommand.In(script))
        {
            IReadOnlyList<CommandWord> words = CommandWord.In(command.Text);
            foreach (TextRange address in Addresses(words))
            {
                yield return (DeploymentRules.HsmAddress, new TextRange(command.Span.Start + address.Start, address.Length),
                    "the address of an HSM is hard-coded");
            }

            if (MakesWritable(words))
            {
                yield return (DeploymentRules.OpenCustomerCa, command.Span, "the command makes the customer CA writable by users other than its owner");
            }

            if (StartsClient(words))
            {
                started = true;
            }
            else if (started && IsWait(command.Text, words))
            {
                started = false;
            }
            else if (started && IsApplication(command.Text))
            {
                started = false;
                yield return (DeploymentRules.HsmClientNotAwaited, command.Span,
                    "the application starts right after the CloudHSM client, without waiting until the client is ready");
            }
        }
    }

    /// <summary><c>configure -a 10.0.1.4</c>, <c>configure-jce --hsm …</c>: where the addresses stand.</summary>
    private static IEnumerable<TextRange> Addresses(IReadOnlyList<CommandWord> words)
    {
        bool configures = false;
        for (int i = 0; i < words.Count; i++)
        {
            CommandWord word = words[i];
            configures = (configures && !word.BeginsLine) || IsConfigure(word.Program);
            if (configures && word.Text is "-a" or "--hsm" && i + 1 < words.Count && AddressLength(words[i + 1].Text) is > 0 and var length)
            {
                configures = false;
                yield return new TextRange(words[i + 1].Start, length);
            }
        }
    }

    private static bool IsConfigure(string program) => program.StartsWith(Configure, StringComparison.Ordinal)
        && (program.Length == Configure.Length
            || (program[Configure.Length] == '-' && program.Skip(Configure.Length + 1).All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9'))));

    private static bool MakesWritable(IReadOnlyList<CommandWord> words)
    {
        bool writable = false;
        for (int i = 0; i < words.Count; i++)
        {
            writable &= !words[i].BeginsLine;
            if (words[i].Program == "chmod" && i + 1 < words.Count)
            {
                i += words[i + 1].Text == "-R" && i + 2 < words.Count ? 2 : 1;
                writable |= IsOpenMode(words[i].Text);
            }
            else if (writable && Files.Any(file => words[i].Text.IndexOf(file, StringComparison.Ordinal) >= 0))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a mode lets the group or others write.</summary>
    private static bool IsOpenMode(string mode)
    {
        if (mode.Length is >= 3 and <= 5 && mode.All(digit => digit is >= '0' and <= '7'))
        {
            return mode.Substring(mode.Length - 2).Any(digit => digit is '2' or '3' or '6' or '7');
        }

        int plus = mode.IndexOf('+');
        return plus > 0 && mode.Take(plus).All(who => who is 'u' or 'g' or 'o' or 'a') && mode.Take(plus).Any(who => who != 'u')
            && mode.Skip(plus + 1).SkipWhile(what => what is 'r' or 'x').FirstOrDefault() == 'w';
    }

    private static bool StartsClient(IReadOnlyList<CommandWord> words)
    {
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i].Text;
            if (words[i].Program == Daemon
                || (i > 0 && words[i - 1].Text is "service" or "start" && word.StartsWith(Service, StringComparison.Ordinal)
                    && !IsOfName(word, Service.Length)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWait(string command, IReadOnlyList<CommandWord> words) =>
        Waits.Any(wait => command.StartsWith(wait, StringComparison.Ordinal)) || HasWord(command, "grep")
        || command.IndexOf("ready", StringComparison.Ordinal) >= 0 || command.IndexOf("Ready", StringComparison.Ordinal) >= 0
        || words.Zip(words.Skip(1), (word, next) => word.Program == "tail" && next.Text.StartsWith("-f", StringComparison.OrdinalIgnoreCase))
            .Any(follows => follows);

    private static bool IsApplication(string command)
    {
        int end = 0;
        while (end < command.Length && !char.IsWhiteSpace(command[end]))
        {
            end++;
        }

        string program = command.Substring(0, end);
        return (end < command.Length && (program is "exec" or "java" or "dotnet" or "node" || IsPython(program)))
            || IsArguments(command, command[0] == '"' ? 1 : 0)
            || Applications.Any(start => command.StartsWith(start, StringComparison.Ordinal));
    }

    private static bool IsPython(string program) =>
        program.StartsWith("python", StringComparison.Ordinal) && program.Skip("python".Length).All(c => c is (>= '0' and <= '9') or '.');

    /// <summary><c>$@</c>, <c>${1}</c>: the command that the script was given.</summary>
    private static bool IsArguments(string command, int at)
    {
        int name = at + (at + 1 < command.Length && command[at + 1] == '{' ? 2 : 1);
        return name < command.Length && command[at] == '$' && command[name] is (>= '0' and <= '9') or '@' or '*';
    }

    private static bool HasWord(string text, string word)
    {
        for (int at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + word.Length, StringComparison.Ordinal))
        {
            if (!IsOfName(text, at - 1) && !IsOfName(text, at + word.Length))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfName(string text, int at) => at >= 0 && at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_');

    /// <summary>The length of the IPv4 address that begins in a text; 0 for none.</summary>
    private static int AddressLength(string text)
    {
        int i = 0;
        for (int part = 0; part < 4; part++)
        {
            if (part > 0 && (i >= text.Length || text[i++] != '.'))
            {
                return 0;
            }

            int start = i;
            while (i < text.Length && i - start < 3 && text[i] is >= '0' and <= '9')
            {
                i++;
            }

            if (i == start)
            {
                return 0;
            }
        }

        return i;
    }

    private static string WithoutStart(string text, string start) => text.StartsWith(start, StringComparison.OrdinalIgnoreCase) ? text.Substring(start.Length)
        : text;
}
