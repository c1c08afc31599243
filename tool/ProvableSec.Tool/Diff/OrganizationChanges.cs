using System.Collections.Immutable;
using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Differences;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Tool.Diff;

/// <summary>
/// Control policies that an organization attaches to or detaches from a root, unit or account, and accounts that move between units: access changes although no
/// policy does. All policies of one target count together; what changes in the policies themselves is said with them.
/// </summary>
/// <param name="lines">Says what a change of what binds somebody lets anybody do.</param>
internal sealed class OrganizationChanges(Func<DifferenceQuestion, AccessDifference> lines)
{
    private static readonly PolicyType[] Kinds = [PolicyType.ServiceControlPolicy, PolicyType.ResourceControlPolicy];

    private static readonly PolicyDocument Nothing =
        PolicyReader.Read(new DocumentText("""{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}"""));

    /// <summary>The changes of one organization.</summary>
    /// <param name="path">Its file or folder.</param>
    /// <param name="before">What it was; null for a new one, which binds nobody by itself.</param>
    /// <param name="after">What it is; null for one that is gone.</param>
    public IEnumerable<PolicyChange> Of(string path, OrganizationAttachments? before, OrganizationAttachments? after)
    {
        var sides = new Sides(before, after);
        foreach ((PolicyType type, string target) in (before?.Targets ?? []).Union(after?.Targets ?? []).OrderBy(one => Array.IndexOf(Kinds, one.Type))
            .ThenBy(one => one.Target, StringComparer.Ordinal))
        {
            IReadOnlyList<string>? old = before?.Of(type, target), now = after?.Of(type, target);
            // Of an account that comes or goes more is said below.
            bool isThere = before is null || after is null || before.Accounts.ContainsKey(target) == after.Accounts.ContainsKey(target);
            if (isThere && (!(old ?? []).ToHashSet().SetEquals(now ?? []) || old is null != now is null))
            {
                yield return Change(path, target, type, old, now, sides);
            }
        }

        foreach ((string account, string was) in (before?.Accounts ?? ImmutableDictionary<string, string>.Empty)
            .OrderBy(account => account.Key, StringComparer.Ordinal))
        {
            string? now = after?.Accounts.GetValueOrDefault(account);
            if (after is not null && now != was)
            {
                yield return Move(path, account, was, now, sides);
            }
        }
    }

    private PolicyChange Change(string path, string target, PolicyType type, IReadOnlyList<string>? old, IReadOnlyList<string>? now, Sides sides)
    {
        string[] gone = [.. (old ?? []).Except(now ?? [])], added = [.. (now ?? []).Except(old ?? [])];
        PolicyChange change = new(
            added.Length == 0 ? PolicyChangeKind.Detached : gone.Length == 0 ? PolicyChangeKind.Attached : PolicyChangeKind.Changed,
            path, $"{sides.Called(target)}: {Kind(type)} {string.Join(", ", gone.Concat(added).Select(sides.NameOf))}", QuestionNames.NameOf(type));
        return sides.Level(type, old) is { } before && sides.Level(type, now) is { } after
            ? With(change, lines(new DifferenceQuestion { Before = Bound(type, [before]), After = Bound(type, [after]), Type = type }))
            : change with { Unknown = "not all of the control policies that are attached can be read" };
    }

    private PolicyChange Move(string path, string account, string was, string? now, Sides sides)
    {
        string[] oldTargets = Targets(was, account), newTargets = now is null ? [] : Targets(now, account);
        PolicyChange change = new(PolicyChangeKind.Moved, path, $"account {sides.Called(account)}", "account")
        {
            MovedFrom = sides.Called(oldTargets[^2]),
            Remark = now is null ? "out of the organization" : "to " + sides.Called(newTargets[^2]),
        };
        if (sides.IsManagement(account))
        {
            return change with { Remark = change.Remark + "; no control policy binds the management account" };
        }

        var words = new List<string>();
        foreach (PolicyType type in Kinds)
        {
            string[] bound = sides.Applying(type, oldTargets, isAfter: false), binding = now is null ? [] : sides.Applying(type, newTargets, isAfter: true);
            words.AddRange(bound.Except(binding).Select(id => $"the {Kind(type)} {sides.NameOf(id)} no longer applies to it"));
            words.AddRange(binding.Except(bound).Select(id => $"the {Kind(type)} {sides.NameOf(id)} now applies to it"));
            if (sides.Levels(type, oldTargets, isAfter: false) is not { } before
                || (now is null ? [] : sides.Levels(type, newTargets, isAfter: true)) is not { } after)
            {
                change = change with { Unknown = "not all of the control policies that are attached can be read" };
                continue;
            }

            change = With(change, lines(Question(type, before, after)));
        }

        return change with { Remark = change.Remark + (words.Count == 0 ? ", where the same control policies apply" : ": " + string.Join(", and ", words)) };
    }

    /// <summary>What gets through all levels. Where more than one of them allows less than everything, no single policy says that, and all are asked about as
    /// they are.</summary>
    private static DifferenceQuestion Question(PolicyType type, PolicyDocument[] before, PolicyDocument[] after) =>
        type == PolicyType.ResourceControlPolicy || (before.Count(AllowsLess) <= 1 && after.Count(AllowsLess) <= 1)
            ? new DifferenceQuestion { Before = Bound(type, before), After = Bound(type, after), Type = type }
            : new DifferenceQuestion { StackBefore = Stack(before), StackAfter = Stack(after), Type = type };

    private static PolicyStack Stack(PolicyDocument[] levels) => PolicyStack.Empty with
    {
        IdentityPolicies = [OrganizationControls.FullAccess],
        ServiceControlPolicies = [.. levels.Select(level => ImmutableArray.Create(level))],
    };

    /// <summary>Levels as one policy: what the level allows that does not allow everything, and no level denies.</summary>
    private static PolicyDocument Bound(PolicyType type, PolicyDocument[] levels)
    {
        PolicyDocument allowing = levels.FirstOrDefault(AllowsLess) ?? OrganizationControls.FullAccess;
        IEnumerable<Statement> allows = type == PolicyType.ResourceControlPolicy ? OrganizationControls.FullAccess.Statements
            : allowing.Statements.Where(statement => statement.Effect == Effect.Allow);
        return new PolicyDocument((levels.FirstOrDefault() ?? allowing).Source, levels.FirstOrDefault()?.Version ?? PolicyVersion.V2012, true, null,
            [.. allows, .. levels.SelectMany(level => level.Statements.Where(statement => statement.Effect == Effect.Deny))], []);
    }

    private static bool AllowsLess(PolicyDocument level) => !level.Statements.Any(LimitParts.AllowsAll);

    private static PolicyChange With(PolicyChange change, AccessDifference difference) => change with
    {
        // What gets through all levels still needs a policy that allows it.
        Access =
        [
            .. change.Access, .. difference.Added.Select(line => new ChangedAccess(line with { Kind = DifferenceKind.LetThrough }, true, "")),
            .. difference.Removed.Select(line => new ChangedAccess(line with { Kind = DifferenceKind.LetThrough }, false, "")),
        ],
        Unknown = change.Unknown ?? difference.Undecided,
        Given = [.. change.Given.Union(difference.Assumptions)],
        Remark = change.Remark.Length > 0 ? change.Remark : difference.IsNone ? "changes nothing that gets through" : "",
    };

    /// <summary>What an account lies in, from the root down, and it itself: the path begins with the organization, to which nothing is attached.</summary>
    private static string[] Targets(string path, string account) =>
        [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(1).DefaultIfEmpty(path), account];

    private static string Kind(PolicyType type) => type == PolicyType.ServiceControlPolicy ? "SCP" : "RCP";

    /// <summary>Both sides; a policy is what it is on the new one, where that has it.</summary>
    private sealed class Sides(OrganizationAttachments? before, OrganizationAttachments? after)
    {
        public bool IsManagement(string account) => (after ?? before)!.ManagementAccount == account;

        public string NameOf(string id) => after?.NameOf(id) ?? before?.NameOf(id) ?? id;

        /// <summary>An id, with the name that people know.</summary>
        public string Called(string id) => NameOf(id) is var name && name != id ? $"{name} ({id})" : id;

        /// <summary>The policies that apply to an account, but for what AWS attaches where nobody else does.</summary>
        public string[] Applying(PolicyType type, string[] targets, bool isAfter) =>
            [.. targets.SelectMany(target => (isAfter ? after : before)?.Of(type, target) ?? [])
            .Distinct().Where(id => Document(id) is not { } document || !document.Statements.All(LimitParts.AllowsAll))];

        public PolicyDocument[]? Levels(PolicyType type, string[] targets, bool isAfter)
        {
            PolicyDocument?[] levels = [.. targets.Select(target => Level(type, (isAfter ? after : before)?.Of(type, target)))];
            return levels.Contains(null) ? null : [.. levels.OfType<PolicyDocument>()];
        }

        /// <summary>All policies of a target as one: what one allows and none denies. A target that is not named has the policy of AWS that allows everything;
        /// one with no SCP that allows anything allows nothing.</summary>
        public PolicyDocument? Level(PolicyType type, IReadOnlyList<string>? attached)
        {
            if (attached is null or { Count: 0 })
            {
                return attached is null || type == PolicyType.ResourceControlPolicy ? OrganizationControls.FullAccess : Nothing;
            }

            PolicyDocument?[] documents = [.. attached.Select(Document)];
            return documents.Any(document => document is null or { HasErrors: true }) ? null
                : type == PolicyType.ServiceControlPolicy && documents.All(document => document!.Statements.All(statement => statement.Effect == Effect.Deny))
                    ? Nothing
                : new PolicyDocument(documents[0]!.Source, documents[0]!.Version, true, null, [.. documents.SelectMany(document => document!.Statements)], []);
        }

        private PolicyDocument? Document(string id) => after?.Document(id) ?? before?.Document(id);
    }
}
