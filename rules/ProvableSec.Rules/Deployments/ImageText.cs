using System.Text;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Credentials;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Deployments;

/// <summary>Secrets in Dockerfiles and entry scripts, and how these use CloudHSM. What a Dockerfile sets stays in every layer of the image.</summary>
internal static class ImageText
{
    private const int LongestHead = 200;

    /// <summary>Whether a file is a Dockerfile, by its name.</summary>
    public static bool IsDockerfile(string name)
    {
        string file = name.Substring(name.LastIndexOfAny(['/', '\\']) + 1);
        return file.Equals("Dockerfile", StringComparison.OrdinalIgnoreCase) || file.StartsWith("Dockerfile.", StringComparison.OrdinalIgnoreCase)
            || file.EndsWith(".dockerfile", StringComparison.OrdinalIgnoreCase) || file.Equals("Containerfile", StringComparison.Ordinal);
    }

    /// <summary>Whether a file is a shell script, by its name.</summary>
    public static bool IsScript(string name) => name.EndsWith(".sh", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("entrypoint", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a file is of the AWS configuration, by its name.</summary>
    public static bool IsConfiguration(string name) => name.EndsWith(".aws/config", StringComparison.Ordinal) || name == "config"
        || name.EndsWith("/config", StringComparison.Ordinal) || name.EndsWith(".ini", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a script or configuration has to do with CloudHSM, or says which endpoint of STS is called.</summary>
    public static bool IsJudged(DocumentText source) => HsmCommands.AreIn((source ?? throw new ArgumentNullException(nameof(source))).Text)
        || StsEndpoints.AreIn(source.Text);

    /// <summary>The findings of a file, in its order.</summary>
    /// <param name="source">A Dockerfile or a script.</param>
    /// <param name="now">The time by which a pre-signed URL has expired or not.</param>
    public static IReadOnlyList<DeploymentFinding> Check(DocumentText source, DateTimeOffset now)
    {
        _ = source ?? throw new ArgumentNullException(nameof(source));
        var found = new List<DeploymentFinding>();
        if (IsDockerfile(source.Name))
        {
            CheckDockerfile(source.Text, new CredentialScanner(now, AllowedCredentials.None), found);
        }
        else if (HsmCommands.AreIn(source.Text) && IsScript(source.Name))
        {
            AddCommands(source.Text, 0, "", found);
            AddPasswords(source.Text, new CredentialScanner(now, AllowedCredentials.None), found);
        }

        foreach (TextRange span in IsDockerfile(source.Name) || !StsEndpoints.AreIn(source.Text) ? [] : StsEndpoints.Find(source.Text))
        {
            Add(CredentialUseRules.GlobalStsEndpoint, span, "/sts_regional_endpoints", StsEndpoints.Message, found);
        }

        return [.. found.OrderBy(finding => finding.Finding.Span.Start).ThenBy(finding => finding.Finding.Rule.Id, StringComparer.Ordinal)];
    }

    private static void CheckDockerfile(string text, CredentialScanner scanner, List<DeploymentFinding> found)
    {
        bool isOfHsm = HsmCommands.AreIn(text);
        foreach (DockerInstruction instruction in DockerInstruction.In(text))
        {
            foreach (DockerInstruction.Variable variable in instruction.Variables())
            {
                CheckVariable(instruction, variable, scanner, found);
            }

            if (!isOfHsm)
            {
                continue;
            }

            if (instruction.Name is "RUN" or "CMD" or "ENTRYPOINT")
            {
                AddCommands(instruction.Arguments, instruction.At, instruction.Name, found);
            }
            else if (instruction.Name is "COPY" or "ADD")
            {
                string[] words = instruction.Arguments.Split([' ', '\t', '"', ',', '[', ']'], StringSplitOptions.RemoveEmptyEntries);
                var span = new TextRange(instruction.At, Math.Min(instruction.Arguments.Length, LongestHead));
                if (words.Any(word => word.EndsWith("customerCA.key", StringComparison.Ordinal)))
                {
                    Add(DeploymentRules.OpenCustomerCa, span, "/COPY/customerCA.key", "the private key of the customer CA becomes part of the image", found);
                }
                else if (words.Any(word => word.EndsWith("customerCA.crt", StringComparison.Ordinal))
                    && words.FirstOrDefault(word => word.StartsWith("--chmod=", StringComparison.Ordinal)) is { } mode
                    && mode.Substring(mode.Length - Math.Min(2, mode.Length)).Any(digit => digit is '2' or '3' or '6' or '7'))
                {
                    Add(DeploymentRules.OpenCustomerCa, span, "/COPY/customerCA.crt", "the customer CA is writable by users other than its owner", found);
                }
            }
        }
    }

    private static void CheckVariable(DockerInstruction instruction, DockerInstruction.Variable variable, CredentialScanner scanner,
        List<DeploymentFinding> found)
    {
        string where = $"/{instruction.Name}/{variable.Name}";
        var known = new List<CredentialFinding>();
        scanner.Scan(Encoding.UTF8.GetBytes($"{variable.Name}=\"{variable.Value}\"\n"), "", known);
        Rule? rule = known.FirstOrDefault(finding => finding.Severity != RuleSeverity.Info)?.Rule
            ?? (SecretName.Is(variable.Name) && SecretText.IsWritten(variable.Name, variable.Value) ? CredentialRules.EnvironmentSecret : null);
        if (rule is not null)
        {
            found.Add(new DeploymentFinding(new PolicyFinding(rule,
                $"the secret in the variable {CheckedText.Quoted(variable.Name)} is hard-coded and stays in the layers of the image", variable.Span, where),
                IsWritten: true, instruction.Name, variable.Name));
        }
        else if (StsEndpoints.IsLegacy(variable.Name, variable.Value))
        {
            Add(CredentialUseRules.GlobalStsEndpoint, variable.Span, where, StsEndpoints.Message, found);
        }
        else if (HsmCommands.IsAddress(variable.Name, variable.Value))
        {
            Add(DeploymentRules.HsmAddress, variable.Span, where, "the address of an HSM is hard-coded", found);
        }
    }

    private static void AddCommands(string script, int at, string where, List<DeploymentFinding> found)
    {
        foreach ((Rule rule, TextRange span, string message) in HsmCommands.Find(script))
        {
            Add(rule, span with { Start = span.Start + at }, "/" + where, message, found);
        }
    }

    /// <summary>Passwords of crypto users, which scripts export or hand to the client.</summary>
    private static void AddPasswords(string text, CredentialScanner scanner, List<DeploymentFinding> found)
    {
        // Beyond ASCII the places of bytes are others than those of characters.
        byte[] bytes = [.. text.Select(c => c < '\u0080' ? (byte)c : (byte)'?')];
        var known = new List<CredentialFinding>();
        scanner.Scan(bytes, "", known);
        found.AddRange(known.Where(finding => finding.Rule == CredentialRules.HsmPassword).Select(finding =>
            new DeploymentFinding(new PolicyFinding(finding.Rule, "the password of a CloudHSM crypto user is written down", new TextRange(finding.Start, 0),
                ""), IsWritten: true, "", "HSM_PASSWORD")));
    }

    private static void Add(Rule rule, TextRange span, string pointer, string message, List<DeploymentFinding> found) =>
        found.Add(new DeploymentFinding(new PolicyFinding(rule, message, span, pointer), IsWritten: false, "", ""));
}
