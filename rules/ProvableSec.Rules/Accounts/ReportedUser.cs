using System.Globalization;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Accounts;

/// <summary>A line of a credential report: a user or the root user, and the credentials that they sign in and send requests with.</summary>
/// <param name="header">The first line, with the names of the columns.</param>
/// <param name="row">The line.</param>
/// <param name="today">The day that ages are counted to.</param>
internal sealed class ReportedUser(CsvRow header, CsvRow row, DateTime today)
{
    private const string Root = "<root_account>";

    private static readonly TimeSpan Long = TimeSpan.FromDays(90);
    private static readonly string[] KeyColumns = ["access_key_1", "access_key_2"];

    /// <summary>The name of the user.</summary>
    public string Name => Value("user");

    /// <summary>The ARN.</summary>
    public string Arn => Value("arn");

    /// <summary>Whether it is the root user.</summary>
    public bool IsRoot => Name == Root;

    /// <summary>Whether they can sign in. The report says not_supported or true for the root user's password, which there always is unless the organization
    /// took
    /// it away.</summary>
    public bool HasPassword => Is("password_enabled") || (IsRoot && Value("password_enabled") != "false");

    /// <summary>Whether they have an MFA device.</summary>
    public bool HasMfa => Is("mfa_active");

    /// <summary>The days since they signed in last; null for never, and where the report does not say.</summary>
    public int? PasswordLastUsed => Age("password_last_used")?.Days;

    /// <summary>The active access keys.</summary>
    public IReadOnlyList<ReportedKey> Keys => [.. KeyColumns.Select((key, i) => (Column: key, Number: i + 1)).Where(key => Is(key.Column + "_active"))
        .Select(key => new ReportedKey(key.Number, Age(key.Column + "_last_rotated")?.Days, Age(key.Column + "_last_used_date")?.Days,
            Value(key.Column + "_last_used_service") is "N/A" or "" ? null : Value(key.Column + "_last_used_service")))];

    /// <summary>The findings, in the order of the line.</summary>
    public IReadOnlyList<PolicyFinding> Check()
    {
        var findings = new List<PolicyFinding>();
        foreach (string key in KeyColumns.Where(key => Is(key + "_active")))
        {
            if (IsRoot)
            {
                Add(findings, CredentialReportRules.RootKey, key + "_active", "the root user has an access key");
            }

            if (Age(key + "_last_rotated") is { } age && age > Long)
            {
                Add(findings, CredentialReportRules.OldKey, key + "_last_rotated", $"{Shown} has an access key that is {age.Days} days old");
            }

            CheckUse(findings, key + "_last_used_date", key + "_last_rotated", "an access key");
        }

        if (KeyColumns.All(key => Is(key + "_active")))
        {
            Add(findings, AccountUserRules.TwoKeys, "access_key_2_active", $"{Shown} has two active access keys");
        }

        if (!IsRoot && Value("password_enabled") == "false" && KeyColumns.FirstOrDefault(key => Is(key + "_active")) is { } program)
        {
            Add(findings, AccountUserRules.UserForProgram, program + "_active",
                $"{Shown} has an access key but no password, as a program does: it can use a role instead");
        }

        if (HasPassword && Value("mfa_active") == "false")
        {
            Add(findings, IsRoot ? CredentialReportRules.RootWithoutMfa : CredentialReportRules.PasswordWithoutMfa, "mfa_active",
                $"{Shown} signs in without MFA");
        }

        // The root user's password is there for emergencies.
        if (HasPassword && !IsRoot)
        {
            CheckUse(findings, "password_last_used", "password_last_changed", "a password");
        }

        return [.. findings.OrderBy(finding => finding.Span.Start).ThenBy(finding => finding.Rule.Id, StringComparer.Ordinal)];
    }

    private void CheckUse(List<PolicyFinding> findings, string used, string made, string what)
    {
        if (Age(used) is { } sinceUse)
        {
            if (sinceUse > Long)
            {
                Add(findings, CredentialReportRules.Unused, used, $"{Shown} has {what} that was last used {sinceUse.Days} days ago");
            }
        }
        else if (Value(used) is "N/A" or "no_information" && Age(made) is { } sinceMade && sinceMade > Long)
        {
            Add(findings, CredentialReportRules.Unused, used, $"{Shown} has {what} that was made {sinceMade.Days} days ago and never used since");
        }
    }

    private string Shown => IsRoot ? "the root user" : $"\"{Excerpt.Of(Name)}\"";

    private bool Is(string column) => Value(column) is "true" or "TRUE";

    private string Value(string column) => Index(column) is >= 0 and var at ? row.Values[at] : "";

    private TimeSpan? Age(string column) =>
        DateTimeOffset.TryParse(Value(column), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? today - time.UtcDateTime.Date : null;

    private void Add(List<PolicyFinding> findings, Rule rule, string column, string message) =>
        findings.Add(new PolicyFinding(rule, message, row.Spans[Index(column)], $"/{Name.Replace("~", "~0").Replace("/", "~1")}/{column}"));

    private int Index(string column)
    {
        for (int i = 0; i < header.Values.Count; i++)
        {
            if (header.Values[i] == column)
            {
                return i;
            }
        }

        return -1;
    }
}
