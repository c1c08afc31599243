using System.Collections.Immutable;
using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Differences;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Tool.Diff;

/// <summary>
/// Control policies that an organization's file attaches to or detaches from a root, unit or account: access changes although no policy does. All policies of
/// one target count together; what changes in the policies themselves is said with them.
/// </summary>
/// <param name="lines">Says what a change of a level lets anybody do.</param>
/// <param name="read">Reads a policy of the new side, or where that has none of the old one, by its path from the top of the side.</param>
internal sealed class OrganizationChanges(Func<DifferenceQuestion, AccessDifference> lines, Func<string, PolicyDocument?> read)
{
    private static readonly PolicyDocument Nothing =
        PolicyReader.Read(new DocumentText("""{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}"""));

    private static readonly (string Member, PolicyType Type)[] Members =
        [("serviceControlPolicies", PolicyType.ServiceControlPolicy), ("resourceControlPolicies", PolicyType.ResourceControlPolicy)];

    /// <summary>The changes of one file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="before">What it said; null for a new one, which binds nobody by itself.</param>
    /// <param name="after">What it says; null for one that is gone.</param>
    public IEnumerable<PolicyChange> Of(string path, JsonItem? before, JsonItem? after)
    {
        foreach ((string member, PolicyType type) in Members)
        {
            Dictionary<string, List<JsonItem>> was = Attached(before, member), now = Attached(after, member);
            foreach (string target in was.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
            {
                List<JsonItem>? old = was.GetValueOrDefault(target), changed = now.GetValueOrDefault(target);
                string[] names = [.. (old ?? []).Select(NameOf)], others = [.. (changed ?? []).Select(NameOf)];
                if (!names.ToHashSet().SetEquals(others) || old is null != changed is null)
                {
                    yield return Change(path, target, type, old, changed, [.. names.Except(others)], [.. others.Except(names)]);
                }
            }
        }

        foreach ((string account, string unit) in AccountsOf(before))
        {
            if (AccountsOf(after).TryGetValue(account, out string? other) && other != unit)
            {
                yield return new PolicyChange(PolicyChangeKind.Moved, path, $"account {account}", "")
                {
                    MovedFrom = unit,
                    Unknown = $"other control policies bind the account where it is now, {other}; no-new-access with the baseline git:… (provablesec verify) "
                        + $"says what that allows",
                };
            }
        }
    }

    private PolicyChange Change(string path, string target, PolicyType type, List<JsonItem>? old, List<JsonItem>? changed, string[] gone, string[] added)
    {
        string kind = type == PolicyType.ServiceControlPolicy ? "SCP" : "RCP";
        PolicyChange change = new(
            added.Length == 0 ? PolicyChangeKind.Detached : gone.Length == 0 ? PolicyChangeKind.Attached : PolicyChangeKind.Changed,
            path, $"{target}: {kind} {string.Join(", ", gone.Concat(added))}", QuestionNames.NameOf(type));
        if (Level(path, type, old) is not { } before || Level(path, type, changed) is not { } after)
        {
            return change with { Unknown = "not all of the control policies that are attached can be read" };
        }

        AccessDifference difference = lines(new DifferenceQuestion { Before = before, After = after, Type = type });
        return change with
        {
            Access = [.. difference.Added.Select(line => new ChangedAccess(line, true, "")),
                .. difference.Removed.Select(line => new ChangedAccess(line, false, ""))],
            Unknown = difference.Undecided,
            Given = difference.Assumptions,
            Remark = difference.IsNone ? "changes nothing that gets through" : "",
        };
    }

    /// <summary>All policies of a target as one: what one allows and none denies. A target that is not named has the policy of AWS that allows everything; one
    /// with an empty list of SCPs allows nothing.</summary>
    private PolicyDocument? Level(string path, PolicyType type, List<JsonItem>? attached)
    {
        if (attached is null or { Count: 0 })
        {
            return attached is null || type == PolicyType.ResourceControlPolicy ? OrganizationControls.FullAccess : Nothing;
        }

        string folder = Path.GetDirectoryName(path) ?? "";
        PolicyDocument?[] documents = [.. attached.Select(policy => policy.Kind == JsonKind.String
            ? read(Normalized(folder, policy.Text))
            : PolicyReader.Read(new DocumentText(policy.Document.Source.Text.Substring(policy.Span.Start, policy.Span.Length), path)))];
        if (documents.Any(document => document is null or { HasErrors: true }))
        {
            return null;
        }

        ImmutableArray<Statement> all = [.. documents.SelectMany(document => document!.Statements)];
        return new PolicyDocument(documents[0]!.Source, documents[0]!.Version, true, null,
            type == PolicyType.ResourceControlPolicy ? [.. OrganizationControls.FullAccess.Statements, .. all] : all, []);
    }

    private static Dictionary<string, List<JsonItem>> Attached(JsonItem? organization, string member) =>
        organization is { } root && root.TryGetProperty(member, out JsonItem attached)
            ? attached.Kind == JsonKind.Object
                ? attached.Members().DistinctBy(target => target.Name)
                    .ToDictionary(target => target.Name, target => target.Value.Items(), StringComparer.Ordinal)
                : attached.Items().Select((level, i) => (Name: $"level {i}", Policies: level.Items()))
                    .ToDictionary(level => level.Name, level => level.Policies, StringComparer.Ordinal)
            : [];

    private static Dictionary<string, string> AccountsOf(JsonItem? root)
    {
        var accounts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (root is { } file && file.TryGetProperty("organization", out JsonItem organization) && organization.TryGetProperty("accounts", out JsonItem listed))
        {
            foreach (JsonMember account in listed.Members())
            {
                accounts[account.Name] = account.Value.Text;
            }
        }

        return accounts;
    }

    private static string NameOf(JsonItem policy) => policy.Kind == JsonKind.String ? policy.Text
        : string.Join(' ', policy.Document.Source.Text.Substring(policy.Span.Start, policy.Span.Length)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Normalized(string folder, string path)
    {
        var steps = new List<string>();
        foreach (string step in Path.Combine(folder, path).Split('/', '\\'))
        {
            if (step == ".." && steps.Count > 0)
            {
                steps.RemoveAt(steps.Count - 1);
            }
            else if (step is not ("." or ""))
            {
                steps.Add(step);
            }
        }

        return string.Join('/', steps);
    }
}
