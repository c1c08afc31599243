namespace ProvableSec.Rules.Policies.Rewrites;

/// <summary>Lets a service act for the account that has the resource only.</summary>
internal sealed class SourceAccountRewriter() : PolicyRewriter("RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL")
{
    private const int AccountField = 4;

    public override IEnumerable<(string Title, PolicyEdit?[] Edits)> Drafts(CheckedPolicy policy, PolicyFinding finding)
    {
        if (StatementOf(policy, finding) is { } statement && AccountOf(policy) is { } account)
        {
            yield return ($"Let the service act for account {account} only",
                [ConditionEdits.Add(statement, "StringEquals", "aws:SourceAccount", JsonEdits.Quoted(account))]);
        }
    }

    /// <summary>The one account whose resources the policy speaks of; null where it does not say, as the ARNs of buckets do not.</summary>
    private static string? AccountOf(CheckedPolicy policy)
    {
        string[] accounts = [.. policy.Statements.SelectMany(statement => statement.Resource?.Items ?? []).Select(item => item.Text.Split(':'))
            .Where(fields => fields.Length > AccountField && fields[AccountField].Length == 12 && fields[AccountField].All(c => c is >= '0' and <= '9'))
            .Select(fields => fields[AccountField]).Distinct(StringComparer.Ordinal)];
        return accounts.Length == 1 ? accounts[0] : null;
    }
}
