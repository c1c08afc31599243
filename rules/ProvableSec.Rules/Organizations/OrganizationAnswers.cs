using System.Text.RegularExpressions;
using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Organizations;

/// <summary>
/// Reads an organization from answers of <c>aws organizations</c> (AWS CLI Command Reference, the "Output" of each command): list-roots,
/// list-organizational-units-for-parent, list-accounts-for-parent, list-policies-for-target and describe-policy. An answer does not repeat whose children or
/// policies it
/// has, so that the name of its file does.
/// </summary>
/// <param name="problems">Takes what is wrong.</param>
internal sealed class OrganizationAnswers(CaseProblems problems)
{
    // The ids of roots, units and accounts (Organizations API Reference, ListAccountsForParent and ListPoliciesForTarget).
    private static readonly Regex Target = new("(?<![A-Za-z0-9])(?:r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|[0-9]{12})(?![A-Za-z0-9])",
        RegexOptions.CultureInvariant);

    private readonly OrganizationParts parts = new(problems);
    private readonly Dictionary<string, (PolicyType Type, PolicyDocument? Document)> policies = new(StringComparer.Ordinal);
    private readonly HashSet<string> hasUnits = new(StringComparer.Ordinal), hasAccounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonItem> attached = new(StringComparer.Ordinal);

    /// <summary>Whether there was an answer of list-roots, with which everything begins.</summary>
    public bool HasRoots { get; private set; }

    /// <summary>Reads an answer.</summary>
    public void Add(JsonTree json)
    {
        foreach (PolicyProblem problem in json.Problems)
        {
            problems.Add(problem);
        }

        JsonItem root = json.Root;
        if (root.TryGetProperty("NextToken", out JsonItem more) && more.Kind == JsonKind.String)
        {
            problems.Add(more, ProblemCode.MissingElement,
                "this is one page of an answer, and the rest is not known; call the command without --max-items and --no-paginate, which gives all of it");
        }

        if (root.TryGetProperty("Roots", out JsonItem roots))
        {
            HasRoots = true;
            Each(roots, "Roots", AddRoot);
        }
        else if (root.TryGetProperty("OrganizationalUnits", out JsonItem units))
        {
            if (TargetOf(units, "list-organizational-units-for-parent", "parent-id") is { } parent)
            {
                hasUnits.Add(parent);
                Each(units, "OrganizationalUnits", unit => With(unit, "Id", (id, at) => parts.AddUnit(id, parent, at)));
            }
        }
        else if (root.TryGetProperty("Accounts", out JsonItem accounts))
        {
            if (TargetOf(accounts, "list-accounts-for-parent", "parent-id") is { } parent)
            {
                hasAccounts.Add(parent);
                Each(accounts, "Accounts", account => With(account, "Id", (id, at) => parts.AddAccount(id, parent, at)));
            }
        }
        else if (root.TryGetProperty("Policies", out JsonItem listed))
        {
            if (TargetOf(listed, "list-policies-for-target", "target-id") is { } target)
            {
                attached[target] = listed;
                Each(listed, "Policies", policy => With(policy, "Type", (name, _) => With(policy, "Id", (id, at) =>
                {
                    if (PolicyForm.OfControl(name) is { } type)
                    {
                        parts.Attach(type, target, id, at);
                    }
                })));
            }
        }
        else if (root.TryGetProperty("Policy", out JsonItem policy))
        {
            AddPolicy(policy);
        }
        else if (root.TryGetProperty("Organization", out JsonItem organization))
        {
            With(organization, "Id", (id, at) => With(organization, "MasterAccountId", (management, _) => parts.Name(id, management, at)));
        }
        else if (json.Problems.IsEmpty)
        {
            problems.Add(root, ProblemCode.WrongType,
                "this is not an answer of aws organizations list-roots, list-organizational-units-for-parent, list-accounts-for-parent, "
                    + "list-policies-for-target or describe-policy; keep it elsewhere");
        }
    }

    /// <summary>Puts the answers together.</summary>
    /// <returns>Null when something is wrong or not there.</returns>
    public OrganizationControls? Finish()
    {
        HashSet<string> known = [.. parts.Units.Select(unit => unit.Unit)];
        foreach ((string unit, JsonItem at) in parts.Units)
        {
            if (!hasUnits.Contains(unit))
            {
                problems.Add(at, ProblemCode.MissingElement,
                    $"which units lie in {unit} is not in the folder; {Save("list-organizational-units-for-parent", "parent-id", unit)}");
            }

            if (!hasAccounts.Contains(unit))
            {
                problems.Add(at, ProblemCode.MissingElement,
                    $"which accounts lie in {unit} is not in the folder; {Save("list-accounts-for-parent", "parent-id", unit)}");
            }
        }

        foreach (KeyValuePair<string, JsonItem> target in attached.Where(target => !CallerPrincipal.IsTwelveDigits(target.Key) && !known.Contains(target.Key)))
        {
            problems.Add(target.Value, ProblemCode.EmptyList, $"{target.Key} is in no answer, so that what is attached there binds nobody");
        }

        return parts.Build(Read, (target, kind) =>
            $"which {kind}s are attached to {target} is not in the folder; "
                + $"{Save("list-policies-for-target", "target-id", target, kind == "SCP" ? " --filter SERVICE_CONTROL_POLICY" : " --filter RESOURCE_CONTROL_POLICY", kind == "SCP" ? ".scp" : ".rcp")}");
    }

    private static string Save(string command, string option, string id, string filter = "", string kind = "") =>
        $"aws organizations {command} --{option} {id}{filter} > {command}.{id}{kind}.json";

    private PolicyDocument? Read(PolicyType type, string id, JsonItem at)
    {
        if (policies.TryGetValue(id, out (PolicyType Type, PolicyDocument? Document) found) && found.Type == type)
        {
            return found.Document;
        }

        problems.Add(at, ProblemCode.MissingElement,
            $"the text of {Excerpt.Of(id)} is not in the folder; aws organizations describe-policy --policy-id {Excerpt.Of(id)} > describe-policy."
                + $"{Excerpt.Of(id)}.json");
        return null;
    }

    private void AddRoot(JsonItem root)
    {
        With(root, "Id", (id, at) => parts.AddUnit(id, null, at));
        With(root, "Arn", (arn, at) =>
        {
            // arn:aws:organizations::111122223333:root/o-exampleorgid/r-ab12
            string[] fields = arn.Split(':');
            string[] path = fields[fields.Length - 1].Split('/');
            parts.Name(path.Length > 1 ? path[1] : "", fields.Length > 4 ? fields[4] : "", at);
        });
        foreach (JsonItem type in root.TryGetProperty("PolicyTypes", out JsonItem types) ? types.Items() : [])
        {
            if (type.TryGetProperty("Type", out JsonItem name) && PolicyForm.OfControl(name.Text) is { } kind
                && type.TryGetProperty("Status", out JsonItem status) && status.Text != "PENDING_DISABLE")
            {
                parts.Enabled.Add(kind);
            }
        }
    }

    private void AddPolicy(JsonItem policy)
    {
        if (!policy.TryGetProperty("PolicySummary", out JsonItem summary))
        {
            problems.Add(policy, ProblemCode.MissingElement,
                "this is not an answer of aws organizations describe-policy: it has no PolicySummary; keep it elsewhere");
            return;
        }

        With(summary, "Id", (id, _) => With(summary, "Type", (name, _) =>
        {
            if (PolicyForm.OfControl(name) is not { } type)
            {
                return;
            }

            if (!policy.TryGetProperty("Content", out JsonItem content) || content.Kind != JsonKind.String)
            {
                problems.Add(policy, ProblemCode.MissingElement,
                    $"{Excerpt.Of(id)} has no Content; save the whole answer of aws organizations describe-policy");
                return;
            }

            MappedText text = PolicyText.Of(content, choice: null).Text;
            PolicyDocument document = RelocatedPolicy.In(PolicyReader.Read(new DocumentText(text.Text)), content.Document.Source, text.SourceOf);
            foreach (PolicyProblem problem in document.Problems)
            {
                problems.Add(problem);
            }

            policies[id] = (type, document.HasErrors ? null : document);
        }));
    }

    /// <summary>Whose children or policies an answer has: the name of its file says it.</summary>
    private string? TargetOf(JsonItem at, string command, string option)
    {
        string file = at.Document.Source.Name;
        string name = file.Substring(Math.Max(file.LastIndexOf('/'), file.LastIndexOf('\\')) + 1);
        string[] ids = [.. Target.Matches(name).Cast<Match>().Select(match => match.Value).Distinct()];
        if (ids.Length == 1)
        {
            return ids[0];
        }

        problems.Add(at, ProblemCode.MissingElement, ids.Length == 0
            ? $"an answer of {command} does not say which {option} it is about, and neither does the name of this file; call it {command}.ID.json"
            : $"the name of this file has {string.Join(" and ", ids)}, so that it does not say which {option} the answer is about; call it {command}.ID.json");
        return null;
    }

    private void Each(JsonItem list, string name, Action<JsonItem> add)
    {
        if (list.Kind != JsonKind.Array)
        {
            problems.WrongType(list, name, "an array, as the AWS CLI prints it");
        }

        foreach (JsonItem item in list.Items())
        {
            add(item);
        }
    }

    private void With(JsonItem item, string name, Action<string, JsonItem> use)
    {
        if (!item.TryGetProperty(name, out JsonItem value))
        {
            problems.Add(item, ProblemCode.MissingElement, $"this has no {name}; save the answer as the AWS CLI prints it (--output json)");
        }
        else if (problems.ExpectString(value, name) is { } text)
        {
            use(text, value);
        }
    }
}
