using ProvableSec.Reasoning.Differences;

namespace ProvableSec.Tool.Diff;

/// <summary>What reports say alike of a change.</summary>
internal static class DiffWords
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["identity"] = "identity policy",
        ["resource"] = "resource policy",
        ["trust"] = "trust policy",
        ["scp"] = "service control policy",
        ["rcp"] = "resource control policy",
        ["boundary"] = "permissions boundary",
        ["session"] = "session policy",
        ["endpoint"] = "VPC endpoint policy",
    };

    /// <summary>What the policy is and what becomes of it.</summary>
    public static string Of(PolicyChange change)
    {
        if (change.Type == "principal")
        {
            return change.Kind switch
            {
                PolicyChangeKind.Added => "new principal",
                PolicyChangeKind.Removed => "principal removed",
                _ => "all policies of the principal",
            };
        }

        if (change.Type == "account")
        {
            return $"moved from {change.MovedFrom} {change.Remark}";
        }

        string type = Types.GetValueOrDefault(change.Type, "policy");
        return change.Kind switch
        {
            PolicyChangeKind.Added => "new " + type,
            PolicyChangeKind.Removed => $"{type} removed",
            PolicyChangeKind.Attached => "attached" + Remark(change),
            PolicyChangeKind.Detached => "detached" + Remark(change),
            PolicyChangeKind.Moved => $"{type} moved from {change.MovedFrom}",
            _ => type,
        };
    }

    private static string Remark(PolicyChange change) => change.Remark.Length > 0 ? $", which {change.Remark}" : "";

    /// <summary>What keeps a line from being access, and what of it does not; empty for nothing.</summary>
    public static string BlockedOf(ChangedAccess line)
    {
        if (line.Blocked is not { } blocked)
        {
            return "";
        }

        string by = string.Join(" and ", blocked.By);
        return blocked.IsWhole
            ? $"new in the policy, but still blocked by {by}"
                + (blocked.IsTouched ? "; it counts as new access, because the change touches what blocks it" : blocked.Counts ? "; it counts all the same"
                    : "")
            : $"in part still blocked by {by}" + (blocked.NotFor.Count > 0 ? $", but not for {Listed(blocked.NotFor)}" : "");
    }

    /// <summary>A word for a line: added, approved, blocked, removed.</summary>
    public static string StateOf(ChangedAccess line) => !line.IsAdded ? "removed" : line.Approval is not null ? "approved" : line.IsNew ? "added" : "blocked";

    private static string Listed(IReadOnlyList<string> names)
    {
        const int Most = 3;
        return string.Join(", ", names.Take(Most)) + (names.Count > Most ? $" and {names.Count - Most} more" : "");
    }

    /// <summary>What has to be known to read a line right; empty for nothing.</summary>
    public static string NoteOf(ChangedAccess line) => string.Join("; ", ((string[])
    [
        line.Line.Kind == DifferenceKind.LetThrough ? line.IsAdded ? "no longer denied here; other policies have to allow it"
            : "denied here now, whatever other policies allow" : "",
        line.Line is { IsWhole: false, Undecided: null } ? "some requests of this line, not all" : "",
    ]).Where(note => note.Length > 0));
}
