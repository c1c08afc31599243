using System.Text.RegularExpressions;
using ProvableSec.Policy.Text;

namespace ProvableSec.Rules.Deployments;

/// <summary>
/// How commands use CloudHSM: in entry scripts, RUN, CMD and ENTRYPOINT of images, commands of containers (AWS CloudHSM User Guide, "Bootstrap the Client SDK"; the AWS
/// Security Blog's image with a client daemon).
/// </summary>
internal static class HsmCommands
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary><c>configure -a 10.0.1.4</c>, <c>configure-jce -a …</c>.</summary>
    private static readonly Regex Address = new(@"\bconfigure(?:-[a-z0-9]+)?\s(?:[^\n]*\s)?-(?:a|-hsm)[\s=]+""?(?<address>[0-9]{1,3}(?:\.[0-9]{1,3}){3})", RegexOptions.CultureInvariant, Longest);

    private static readonly Regex Start = new(@"(?:^|[\s/])cloudhsm_client(?:\s|$)|\b(?:service|systemctl\s+start|start)\s+cloudhsm-client\b", RegexOptions.CultureInvariant, Longest);

    private static readonly Regex Application = new(@"^(?:exec\s+\S|java\s|dotnet\s|node\s|python[0-9.]*\s|""?\$@|""?\$\{?[0-9@*]|\./|/app/|/usr/local/bin/)", RegexOptions.CultureInvariant, Longest);

    /// <summary>Loops, and what waits by itself.</summary>
    private static readonly Regex Wait = new(@"^(?:while|until|for|if\s|timeout\s|wait-for|wait_for|inotifywait)|\bgrep\b|\btail\s+-[fF]|[Rr]eady", RegexOptions.CultureInvariant, Longest);

    private static readonly Regex Writable = new(@"\bchmod\s+(?:-R\s+)?(?:0?[0-7]?[0-7](?:[2367][0-7]|[0-7][2367])|[ugo]*[oga]+\+[rx]*w\S*)\s[^\n]*(?:customerCA\.crt|/opt/cloudhsm/etc)", RegexOptions.CultureInvariant, Longest);

    /// <summary>Names of variables for the address.</summary>
    private static readonly Regex AddressName = new(@"^(?:CLOUD)?HSM_(?:ENI_)?(?:IP|IPS|ADDRESS|HOST)(?:_ADDRESS)?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, Longest);

    private static readonly Regex Literal = new(@"^[0-9]{1,3}(?:\.[0-9]{1,3}){3}$", RegexOptions.CultureInvariant, Longest);

    /// <summary>Whether a text has to do with CloudHSM: only then is anything else of it looked at.</summary>
    public static bool AreIn(string text) => text.IndexOf("cloudhsm", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>Whether a variable holds the address of an HSM that is written down.</summary>
    public static bool IsAddress(string name, string? value) => value is not null && Literal.IsMatch(value) && AddressName.IsMatch(name);

    /// <summary>What is found in commands.</summary>
    /// <param name="script">The commands.</param>
    public static IEnumerable<(Rule Rule, TextRange Span, string Message)> Find(string script)
    {
        IReadOnlyList<ShellCommand> commands = ShellCommand.In(script);
        bool started = false;
        foreach (ShellCommand command in commands)
        {
            if (Address.Match(command.Text) is { Success: true } configured)
            {
                Group address = configured.Groups["address"];
                yield return (DeploymentRules.HsmAddress, new TextRange(command.Span.Start + address.Index, address.Length), "the address of an HSM is hard-coded");
            }

            if (Writable.IsMatch(command.Text))
            {
                yield return (DeploymentRules.OpenCustomerCa, command.Span, "the command makes the customer CA writable by users other than its owner");
            }

            if (Start.IsMatch(command.Text))
            {
                started = true;
            }
            else if (started && Wait.IsMatch(command.Text))
            {
                started = false;
            }
            else if (started && Application.IsMatch(command.Text))
            {
                started = false;
                yield return (DeploymentRules.HsmClientNotAwaited, command.Span, "the application starts right after the CloudHSM client, without waiting until the client is ready");
            }
        }
    }
}
