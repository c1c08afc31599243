using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Accounts;

/// <summary>The credential report of an account, as <c>aws iam get-credential-report</c> gives it (IAM User Guide, "Generate credential reports for your AWS
/// account").</summary>
internal static class CredentialReport
{
    private const string Beginning = "user,arn,user_creation_time,";

    /// <summary>Whether a text is one.</summary>
    public static bool Is(DocumentText source) => source.Text.TrimStart('\uFEFF').StartsWith(Beginning, StringComparison.Ordinal);

    /// <summary>The findings in the order of the text, and the lines that cannot be read.</summary>
    /// <param name="source">A text of which <see cref="Is"/> is true.</param>
    /// <param name="today">The day that ages are counted to.</param>
    public static (IReadOnlyList<PolicyFinding> Findings, IReadOnlyList<PolicyProblem> Problems) Check(DocumentText source, DateTime today)
    {
        (IReadOnlyList<ReportedUser> users, IReadOnlyList<PolicyProblem> problems) = Read(source, today);
        return ([.. users.SelectMany(user => user.Check())], problems);
    }

    /// <summary>The users in the order of the text, and the lines that cannot be read.</summary>
    /// <param name="source">A text of which <see cref="Is"/> is true.</param>
    /// <param name="today">The day that ages are counted to.</param>
    public static (IReadOnlyList<ReportedUser> Users, IReadOnlyList<PolicyProblem> Problems) Read(DocumentText source, DateTime today)
    {
        var users = new List<ReportedUser>();
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
                users.Add(new ReportedUser(header, row, today));
            }
        }

        return (users, problems);
    }
}
