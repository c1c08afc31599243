using ProvableSec.Rules;
using ProvableSec.Rules.Accounts;
using ProvableSec.Rules.Catalogue;
using ProvableSec.Rules.Escalation;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.ProgrammaticAccess;
using ProvableSec.Rules.Reach;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Credentials;

/// <summary>The list in words, the same in every format for people.</summary>
internal static class CredentialWords
{
    private const int MostUnused = 8;

    /// <summary>The most that somebody reaches, in a few words.</summary>
    public static string Headline(CredentialEntry entry) => entry switch
    {
        { Holder: CredentialHolder.Root } => "root user, reaches everything",
        { Reach.IsAdministrator: true } => "administrator",
        { Reach.Chain.Count: > 0 and var steps } => $"becomes an administrator in {Quantity.Of(steps, "step")}",
        { Reach.Unknown.Count: > 0, Reach.Level: ReachLevel.Nothing } => "unknown",
        _ => Level(entry.Reach.Level) + (entry.Reach.Unknown.Count > 0 ? ", the rest unknown" : entry.Reach.Open.Count > 0 ? ", perhaps more" : ""),
    };

    /// <summary>What somebody reaches, what the credentials are like, and what is not known: a name and a value for each line.</summary>
    public static IEnumerable<(string Name, string Value)> Fields(CredentialEntry entry, bool hasReport)
    {
        if (entry.Holder == CredentialHolder.PublicRole)
        {
            yield return ("who", "anyone: its trust policy is open");
        }

        for (int i = 0; i < entry.Reach.Chain.Count; i++)
        {
            yield return (i == 0 ? "path" : "", $"{entry.Reach.Chain[i].Way} → {entry.Reach.Chain[i].To}");
        }

        foreach (var services in entry.Reach.Services.GroupBy(service => service.Level))
        {
            yield return (Verb(services.Key),
                string.Join(", ", services.Select(service => Service(service, entry.Principal))) + (entry.Reach.More.Contains(services.Key) ? ", …" : ""));
        }

        foreach (EscalationStep step in entry.Reach.Open)
        {
            yield return ("perhaps",
                $"{step.Way}{(step.From == entry.Principal ? "" : $" as {step.From}")}: the dump does not tell whose role or policy that is");
        }

        foreach (string reason in entry.Reach.Unknown)
        {
            yield return ("unknown", reason);
        }

        foreach ((string name, string value) in Facts(entry, hasReport))
        {
            yield return (name, value);
        }

        if (entry.Unused is { Unused.Count: > 0 } advisor)
        {
            yield return ("unused", $"not used for {advisor.Days} days: {string.Join(", ", advisor.Unused.Take(MostUnused))}"
                + (advisor.Unused.Count > MostUnused ? $" and {advisor.Unused.Count - MostUnused} more" : ""));
        }
    }

    /// <summary>What is wrong, and what to do about it; what is reached comes first.</summary>
    public static IEnumerable<(string Severity, string Rule, string Message, string Remedy)> Findings(CredentialEntry entry)
    {
        if (entry.Reach.Chain.Count > 0)
        {
            Rule rule = RuleCatalogue.FindOfCheck("PSEC2003")!;
            yield return (VerdictWords.Of(RuleSeverity.Error), rule.Id,
                $"the {(entry.Holder == CredentialHolder.User ? "user" : "role")} can become an administrator",
                rule.Remedy);
        }

        foreach (PolicyFinding finding in entry.Findings)
        {
            yield return (VerdictWords.Of(finding.Severity), finding.Rule.Id, finding.Message, finding.Rule.Remedy);
        }
    }

    /// <summary>The last line: how many there are.</summary>
    public static string Summary(CredentialsResult result)
    {
        IReadOnlyList<CredentialEntry> entries = result.List.Entries;
        int administrators = entries.Count(entry => entry.Reach.Level == ReachLevel.Administrator),
            unknown = entries.Count(entry => entry.Reach.Unknown.Count > 0);
        return $"{Quantity.Of(entries.Count, "holder")} of {(result.HasReport ? "credentials" : "what may be credentials")}: "
            + $"{administrators} {(administrators == 1 ? "reaches" : "reach")} administrator, {entries.Sum(entry => Findings(entry).Count()) + result.Account.Count} findings"
            + (unknown > 0 ? $", {unknown} not fully known" : "")
            + (result.List.WithoutCredentials > 0 ? $" · {Quantity.Of(result.List.WithoutCredentials, "user")} without credentials" : "");
    }

    private static IEnumerable<(string Name, string Value)> Facts(CredentialEntry entry, bool hasReport)
    {
        if (entry.Reported is not { } user)
        {
            if (entry.Holder == CredentialHolder.User)
            {
                yield return ("unknown", hasReport ? "which credentials the user has: it is not in the credential report"
                    : "which credentials the user has: there is no credential report");
            }

            yield break;
        }

        foreach (ReportedKey key in user.Keys)
        {
            yield return ($"key {key.Number}", $"{(key.Age is { } age ? Days(age) + " old" : "of unknown age")}, "
                + (key.LastUsed is { } used ? $"last used {Days(used)} ago{(key.Service is { } service ? $" for {service}" : "")}" : "never used"));
        }

        if (user.HasPassword)
        {
            yield return ("password", $"{(user.HasMfa ? "with MFA" : "without MFA")}, "
                + (user.PasswordLastUsed is { } used ? $"last used {Days(used)} ago" : "no use on record"));
        }
    }

    private static string Days(int days) => Quantity.Of(days, "day");

    private static string Service(ServiceReach service, string principal) =>
        $"{service.Service} ({service.Witness.Request.Action}{(service.As == principal ? "" : $" as {service.As}")})";

    private static string Verb(ReachLevel level) => level switch
    {
        ReachLevel.Permissions => "shares",
        ReachLevel.Writes => "writes",
        _ => "reads",
    };

    private static string Level(ReachLevel level) => level switch
    {
        ReachLevel.Permissions => "changes permissions of resources",
        ReachLevel.Writes => "writes",
        ReachLevel.Reads => "reads",
        _ => "reaches nothing that the dump shows",
    };
}
