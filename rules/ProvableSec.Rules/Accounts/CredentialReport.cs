using System.Globalization;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Accounts;

/// <summary>The credential report of an account, as <c>aws iam get-credential-report</c> gives it (IAM User Guide, "Generate credential reports for your AWS
/// account").</summary>
internal static class CredentialReport
{
    private const string Beginning = "user,arn,user_creation_time,", Root = "<root_account>";

    private static readonly TimeSpan Long = TimeSpan.FromDays(90);
    private static readonly string[] Keys = ["access_key_1", "access_key_2"];

    /// <summary>Whether a text is one.</summary>
    public static bool Is(DocumentText source) => source.Text.TrimStart('\uFEFF').StartsWith(Beginning, StringComparison.Ordinal);

    /// <summary>The findings in the order of the text, and the lines that cannot be read.</summary>
    /// <param name="source">A text of which <see cref="Is"/> is true.</param>
    /// <param name="today">The day that ages are counted to.</param>
    public static (IReadOnlyList<PolicyFinding> Findings, IReadOnlyList<PolicyProblem> Problems) Check(DocumentText source, DateTime today)
    {
        var findings = new List<PolicyFinding>();
        var problems = new List<PolicyProblem>();
        CsvRow? header = null;
        foreach (CsvRow row in CsvRow.ReadAll(source.Text))
        {
            if (header is null)
            {
                header = row;
            }
            else if (row.Values.Count != header.Values.Count)
            {
                TextRange span = TextRange.FromBounds(row.Spans[0].Start, row.Spans[row.Spans.Count - 1].End);
                problems.Add(new PolicyProblem(ProblemCode.InvalidValue,
                    $"the line has {row.Values.Count} values; expected {header.Values.Count} as in the first", span, "", source.PositionOf(span.Start),
                    source.Name));
            }
            else
            {
                new User(header, row, today, findings).Check();
            }
        }

        return ([.. findings.OrderBy(finding => finding.Span.Start).ThenBy(finding => finding.Rule.Id, StringComparer.Ordinal)], problems);
    }

    /// <summary>A line.</summary>
    private sealed class User(CsvRow header, CsvRow row, DateTime today, List<PolicyFinding> findings)
    {
        private string Name => Value("user");

        public void Check()
        {
            bool isRoot = Name == Root;
            foreach (string key in Keys.Where(key => Is(key + "_active")))
            {
                if (isRoot)
                {
                    Add(CredentialReportRules.RootKey, key + "_active", "the root user has an access key");
                }

                if (Age(key + "_last_rotated") is { } age && age > Long)
                {
                    Add(CredentialReportRules.OldKey, key + "_last_rotated", $"{Shown} has an access key that is {age.Days} days old");
                }

                CheckUse(key + "_last_used_date", key + "_last_rotated", "an access key");
            }

            if (Keys.All(key => Is(key + "_active")))
            {
                Add(AccountUserRules.TwoKeys, "access_key_2_active", $"{Shown} has two active access keys");
            }

            if (!isRoot && Value("password_enabled") == "false" && Keys.FirstOrDefault(key => Is(key + "_active")) is { } program)
            {
                Add(AccountUserRules.UserForProgram, program + "_active",
                    $"{Shown} has an access key but no password, as a program does: it can use a role instead");
            }

            // The report says not_supported or true for the root user's password, which there always is unless the organization took it away.
            bool hasPassword = Is("password_enabled") || (isRoot && Value("password_enabled") != "false");
            if (hasPassword && Value("mfa_active") == "false")
            {
                Add(isRoot ? CredentialReportRules.RootWithoutMfa : CredentialReportRules.PasswordWithoutMfa, "mfa_active", $"{Shown} signs in without MFA");
            }

            // The root user's password is there for emergencies.
            if (hasPassword && !isRoot)
            {
                CheckUse("password_last_used", "password_last_changed", "a password");
            }
        }

        private void CheckUse(string used, string made, string what)
        {
            if (Age(used) is { } sinceUse)
            {
                if (sinceUse > Long)
                {
                    Add(CredentialReportRules.Unused, used, $"{Shown} has {what} that was last used {sinceUse.Days} days ago");
                }
            }
            else if (Value(used) is "N/A" or "no_information" && Age(made) is { } sinceMade && sinceMade > Long)
            {
                Add(CredentialReportRules.Unused, used, $"{Shown} has {what} that was made {sinceMade.Days} days ago and never used since");
            }
        }

        private string Shown => Name == Root ? "the root user" : $"\"{Excerpt.Of(Name)}\"";

        private bool Is(string column) => Value(column) is "true" or "TRUE";

        private string Value(string column) => Index(column) is >= 0 and var at ? row.Values[at] : "";

        private TimeSpan? Age(string column) =>
            DateTimeOffset.TryParse(Value(column), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
                ? today - time.UtcDateTime.Date : null;

        private void Add(Rule rule, string column, string message) =>
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
}
