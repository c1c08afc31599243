using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;

namespace ProvableSec.Policy.Evaluation;

/// <summary>As what a statement names the caller. Of a grant in the caller's account it depends which other policies limit it.</summary>
[Flags]
internal enum PrincipalMatch
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>By the account, which delegates only.</summary>
    Account = 1 << 0,

    /// <summary>By the ARN of the role.</summary>
    Role = 1 << 1,

    /// <summary>By the ARN of the user.</summary>
    User = 1 << 2,

    /// <summary>By the ARN of the role session or federated user.</summary>
    Session = 1 << 3,

    /// <summary>As everyone.</summary>
    Everyone = 1 << 4,

    /// <summary>As a service or provider.</summary>
    Outsider = 1 << 5,
}

/// <summary>Principal and NotPrincipal (IAM User Guide, "AWS JSON policy elements: Principal" and "NotPrincipal").</summary>
internal static class PrincipalMatching
{
    /// <param name="run">The evaluation.</param>
    /// <param name="statement">A statement with a principal clause.</param>
    /// <param name="hasBoundary">Whether the caller has a permissions boundary, which NotPrincipal never exempts.</param>
    public static PrincipalMatch Match(EvaluationRun run, Statement statement, bool hasBoundary)
    {
        PrincipalClause clause = statement.Principal!;
        if (clause.Entries.IsEmpty)
        {
            return PrincipalMatch.None;
        }

        PrincipalMatch named = PrincipalMatch.None;
        foreach (PrincipalEntry entry in clause.Entries)
        {
            named |= Match(run, entry);
        }

        if (!clause.IsNot)
        {
            return named;
        }

        if (statement.Effect == Effect.Allow)
        {
            return named == PrincipalMatch.None ? PrincipalMatch.Everyone : PrincipalMatch.None;
        }

        return IsExempt(run, named, hasBoundary) ? PrincipalMatch.None : PrincipalMatch.Everyone;
    }

    private static bool IsExempt(EvaluationRun run, PrincipalMatch named, bool hasBoundary)
    {
        PrincipalKind kind = run.Request.Principal.Kind;
        if (hasBoundary && kind is not PrincipalKind.Root && run.CallerAccount is not null)
        {
            return false;
        }

        // A session of unknown name is never listed as such.
        PrincipalMatch all = kind switch
        {
            PrincipalKind.Root => PrincipalMatch.Account,
            PrincipalKind.User => PrincipalMatch.Account | PrincipalMatch.User,
            PrincipalKind.FederatedUser => PrincipalMatch.Account | PrincipalMatch.Session,
            PrincipalKind.Role or PrincipalKind.AssumedRole => PrincipalMatch.Account | PrincipalMatch.Role | PrincipalMatch.Session,
            _ => PrincipalMatch.Outsider,
        };
        return (named & PrincipalMatch.Everyone) != 0
            || (named & all) == all
            || ((named & all) != 0 && run.Takes(Reading.PartialNotPrincipalExempts));
    }

    private static PrincipalMatch Match(EvaluationRun run, PrincipalEntry entry)
    {
        CallerPrincipal caller = run.Request.Principal;
        switch (entry.Kind)
        {
            case PrincipalEntryKind.Everyone:
                return PrincipalMatch.Everyone;
            case PrincipalEntryKind.Aws:
                PrincipalMatch match = MatchAws(run, caller, entry.Value);
                if (match == PrincipalMatch.None && !IsComparable(entry.Value))
                {
                    run.Warn($"the principal {entry.Value} cannot be compared with the caller; it is taken as naming somebody else");
                }

                return match;
            case PrincipalEntryKind.Service:
                return caller.Kind == PrincipalKind.Service && (entry.Value == "*" || entry.Value == caller.Name) ? PrincipalMatch.Outsider
                    : PrincipalMatch.None;
            case PrincipalEntryKind.Federated:
                if (!IsTrust(run))
                {
                    run.Warn($"the identity provider {entry.Value} is a principal of trust policies only; here it is taken as naming somebody else");
                    return PrincipalMatch.None;
                }

                return caller.Kind == PrincipalKind.Federated && (entry.Value == "*" || entry.Value == caller.Name) ? PrincipalMatch.Outsider
                    : PrincipalMatch.None;
            default:
                run.Warn($"the CanonicalUser {entry.Value} cannot be compared with the caller; it is taken as naming somebody else");
                return PrincipalMatch.None;
        }
    }

    private static PrincipalMatch MatchAws(EvaluationRun run, CallerPrincipal caller, string value)
    {
        if (value == "*")
        {
            return PrincipalMatch.Everyone;
        }

        if (run.CallerAccount is not { } account)
        {
            return PrincipalMatch.None;
        }

        if (NamesAccount(value, account, caller.Partition))
        {
            return PrincipalMatch.Account;
        }

        switch (caller.Kind)
        {
            case PrincipalKind.User:
                return value == caller.Name ? PrincipalMatch.User : PrincipalMatch.None;
            case PrincipalKind.FederatedUser:
                return value == caller.Name ? PrincipalMatch.Session : PrincipalMatch.None;
            case PrincipalKind.AssumedRole when value == caller.Name:
                return PrincipalMatch.Session;
            case PrincipalKind.Role or PrincipalKind.AssumedRole:
                return value == RequestKeys.RoleArn(run) ? PrincipalMatch.Role : PrincipalMatch.None;
            default:
                return PrincipalMatch.None;
        }
    }

    /// <summary>Whether a request asks a role's trust policy.</summary>
    private static bool IsTrust(EvaluationRun run) =>
        CaseFold.StartsWith(run.Request.Action.AsSpan(), "sts:".AsSpan())
        || (run.Resource.Service.SequenceEqual("iam".AsSpan()) && run.Resource.Rest.StartsWith("role/".AsSpan()));

    /// <summary>
    /// Whether a principal has one of the forms that callers have. An origin access identity, or the id that stands for a user or role that was
    /// deleted, names somebody of whom a request does not tell.
    /// </summary>
    private static bool IsComparable(string value)
    {
        if (CallerPrincipal.IsTwelveDigits(value))
        {
            return true;
        }

        ReadOnlySpan<char> account = ArnPattern.Field(value, 4), service = ArnPattern.Field(value, 2), rest = ArnPattern.Rest(value);
        if (account.Length != 12 || account[0] is < '0' or > '9' || !ArnPattern.Field(value, 0).SequenceEqual("arn".AsSpan()))
        {
            return false;
        }

        return service.SequenceEqual("iam".AsSpan())
            ? rest.SequenceEqual("root".AsSpan()) || rest.StartsWith("user/".AsSpan()) || rest.StartsWith("role/".AsSpan())
            : service.SequenceEqual("sts".AsSpan()) && (rest.StartsWith("assumed-role/".AsSpan()) || rest.StartsWith("federated-user/".AsSpan()));
    }

    /// <summary>Twelve digits, or the ARN that ends in <c>:root</c>.</summary>
    private static bool NamesAccount(string value, string account, string partition)
    {
        if (value.Length == account.Length)
        {
            return value == account;
        }

        return value.EndsWith(":root", StringComparison.Ordinal)
            && ArnPattern.Rest(value).SequenceEqual("root".AsSpan())
            && ArnPattern.Field(value, 0).SequenceEqual("arn".AsSpan())
            && ArnPattern.Field(value, 1).SequenceEqual(partition.AsSpan())
            && ArnPattern.Field(value, 2).SequenceEqual("iam".AsSpan())
            && ArnPattern.Field(value, 4).SequenceEqual(account.AsSpan());
    }
}
