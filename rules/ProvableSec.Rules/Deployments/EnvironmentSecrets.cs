using System.Text;
using ProvableSec.Rules.Credentials;

namespace ProvableSec.Rules.Deployments;

/// <summary>Secrets among variables of an environment: what the detectors of credentials know by its form, and what its name calls a secret.</summary>
internal static class EnvironmentSecrets
{
    /// <summary>Looks at the variables of one environment together: an access key is an ID and a secret.</summary>
    /// <param name="variables">The variables.</param>
    /// <param name="owner">Whose environment it is.</param>
    /// <param name="findings">Gets what is found.</param>
    public static void Check(IReadOnlyList<DeployedVariable> variables, string owner, DeploymentFindings findings)
    {
        var lines = new StringBuilder();
        var starts = new List<(int Start, DeployedVariable Variable)>();
        foreach (DeployedVariable variable in variables.Where(variable => variable.Value is { } value && value.All(c => c is >= ' ' and < '\u007f' and not '"')
            && variable.Name.All(c => c is > ' ' and < '\u007f' and not '"')))
        {
            starts.Add((lines.Length, variable));
            lines.Append(variable.Name).Append("=\"").Append(variable.Value).Append("\"\n");
        }

        var known = new List<CredentialFinding>();
        findings.Scanner.Scan(Encoding.ASCII.GetBytes(lines.ToString()), "", known);
        var told = new HashSet<DeployedVariable>();
        int line = 0;
        foreach (CredentialFinding finding in known.Where(finding => finding.Severity != RuleSeverity.Info))
        {
            while (line + 1 < starts.Count && starts[line + 1].Start <= finding.Start)
            {
                line++;
            }

            DeployedVariable variable = starts[line].Variable;
            told.Add(variable);
            findings.AddWritten(finding.Rule, variable.At, owner, variable.Name,
                $"variable \"{Policy.Text.Excerpt.Of(variable.Name)}\": {char.ToLowerInvariant(finding.Message[0])}"
                    + $"{finding.Message.Substring(1).TrimEnd('.')}");
        }

        foreach (DeployedVariable variable in variables.Where(variable => HsmCommands.IsAddress(variable.Name, variable.Value)))
        {
            findings.Add(DeploymentRules.HsmAddress, variable.At, owner, "the address of an HSM is hard-coded");
        }

        foreach (DeployedVariable variable in variables.Where(variable => StsEndpoints.IsLegacy(variable.Name, variable.Value)))
        {
            findings.Add(CredentialUseRules.GlobalStsEndpoint, variable.At, owner, StsEndpoints.Message);
        }

        // The secret of a key whose ID is told of is told of with it.
        bool hasKey = known.Exists(finding => finding.Rule == CredentialRules.AccessKey || finding.Rule == CredentialRules.RootAccessKey);
        foreach (DeployedVariable variable in variables.Where(variable => !told.Contains(variable) && variable.Value is not null && SecretName.Is(variable.Name)
            && SecretText.IsWritten(variable.Name, variable.Value)))
        {
            if (!(hasKey && SecretAccessKey.HasForm(variable.Value!)))
            {
                Rule rule = SecretName.IsOfDirectory(variable.Name) && SecretName.IsOfPassword(variable.Name) ? CredentialRules.DirectoryPassword
                    : CredentialRules.EnvironmentSecret;
                findings.AddWritten(rule, variable.At, owner, variable.Name,
                    $"the secret in the variable \"{Policy.Text.Excerpt.Of(variable.Name)}\" is hard-coded");
            }
        }
    }
}
