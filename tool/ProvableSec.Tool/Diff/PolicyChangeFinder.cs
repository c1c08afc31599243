using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Differences;
using ProvableSec.Reasoning.Explanations;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Pairing;
using ProvableSec.ServiceData;
using ProvableSec.Tool.Documents;

namespace ProvableSec.Tool.Diff;

/// <summary>Says of one pair of policies what changes.</summary>
/// <param name="request">What was asked.</param>
/// <param name="documentOf">The document that a policy was found in, on either side.</param>
/// <param name="differences">Finds differences, or knows them.</param>
internal sealed class PolicyChangeFinder(DiffRequest request, Func<PlacedPolicy, ReadDocument> documentOf, CachedDifferences differences)
{
    // Findings that say that access is open to others, or a way to more of it.
    private static readonly string[] Risks = ["PSEC2001", "PSEC2002", "PSEC2003"];

    private const string KnownAtDeployment =
        "values known only at deployment differ from each other, and from all that is written down, where they have different names";

    /// <summary>The change; null for a policy that is the same text.</summary>
    public PolicyChange? Find(PolicyPair pair)
    {
        IReadOnlyList<DeployedPolicy> before = Deployed(pair.Before), after = Deployed(pair.After);
        if (pair is { Before: { } old, After: { } changed } && IsSameText(before, after)
            && (old.Policy.Context.Type == changed.Policy.Context.Type || IsAttachedOtherwise(old, changed)))
        {
            return null;
        }

        PlacedPolicy shown = pair.After ?? pair.Before!;
        ReadDocument document = documentOf(shown);
        PolicyChange change = new(
            pair.Before is null ? PolicyChangeKind.Added : pair.After is null ? PolicyChangeKind.Removed : pair.IsMoved ? PolicyChangeKind.Moved
                : PolicyChangeKind.Changed,
            shown.File,
            OwnerOf(shown),
            QuestionNames.NameOf(shown.Policy.Context.Type))
        {
            MovedFrom = pair.IsMoved ? pair.Before!.File == shown.File ? OwnerOf(pair.Before) : pair.Before.File : null,
            Line = LineOf(shown, document),
        };
        var access = new List<ChangedAccess>();
        var given = new SortedSet<string>(StringComparer.Ordinal);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        string? unknown = null;
        string[] wheres = [.. before.Concat(after).Select(deployed => deployed.Where).Distinct()];
        foreach (string where in wheres)
        {
            DeployedPolicy? was = before.FirstOrDefault(deployed => deployed.Where == where), now = after.FirstOrDefault(deployed => deployed.Where == where);
            foreach (KeyValuePair<string, string> name in (was?.Names ?? new Dictionary<string, string>()).Concat(now?.Names
                ?? new Dictionary<string, string>()))
            {
                names[name.Key] = name.Value;
            }

            // Under a condition that only one side has, the other is what it always is.
            was ??= before is [{ Where: "" } always] ? always : null;
            now ??= after is [{ Where: "" } everywhere] ? everywhere : null;
            if (was?.Text == now?.Text && pair.Before?.Policy.Context.Type == pair.After?.Policy.Context.Type)
            {
                continue;
            }

            PolicyDocument? documentBefore = Read(was, pair.Before, out string? refusedBefore), documentAfter = Read(now, pair.After, out string? refusedAfter);
            if ((refusedBefore ?? refusedAfter) is { } refused)
            {
                unknown ??= refused;
                continue;
            }

            foreach ((PolicyDocument? from, PolicyDocument? to, PolicyType type) in Sides(pair, documentBefore, documentAfter))
            {
                AccessDifference difference = Lines(new DifferenceQuestion
                {
                    Before = from,
                    After = to,
                    Type = type,
                    IsKnown = (was?.Names.Count ?? 0) + (now?.Names.Count ?? 0) == 0,
                });
                access.AddRange(difference.Added.Select(line => new ChangedAccess(line, true, where))
                    .Concat(difference.Removed.Select(line => new ChangedAccess(line, false, where))));
                unknown ??= difference.Undecided ?? difference.Added.Concat(difference.Removed).Select(line => line.Undecided)
                    .FirstOrDefault(reason => reason is not null);
                given.UnionWith(difference.Assumptions);
            }
        }

        if (names.Count > 0)
        {
            given.Add(KnownAtDeployment);
        }

        return change with
        {
            Access = Together(access, wheres.Length),
            Unknown = unknown ?? NotAllOf(pair),
            Given = [.. given],
            Names = names,
            Risks = NewRisks(pair),
        };
    }

    /// <summary>The difference as the command line wants it found.</summary>
    public AccessDifference Lines(DifferenceQuestion question) =>
        differences.Find(question with { AsOf = request.AsOf ?? ServiceCatalogue.Default.Date, Budget = request.Budget ?? Query.DefaultBudget });

    /// <summary>A managed policy is a boundary where somebody has it as one; that is said where it is attached.</summary>
    private static bool IsAttachedOtherwise(PlacedPolicy before, PlacedPolicy after) =>
        before.Place.Length > 0 && after.Place.Length > 0 && before.Policy.Context.Type is PolicyType.Identity or PolicyType.PermissionsBoundary
        && after.Policy.Context.Type is PolicyType.Identity or PolicyType.PermissionsBoundary;

    /// <summary>A policy that becomes one of another type goes as what it was, and comes as what it is.</summary>
    private static IEnumerable<(PolicyDocument? From, PolicyDocument? To, PolicyType Type)> Sides(PolicyPair pair, PolicyDocument? before,
        PolicyDocument? after) =>
        pair is { Before.Policy.Context.Type: var was, After.Policy.Context.Type: var now } && was != now
            ? [(before, null, was), (null, after, now)]
            : [(before, after, (pair.After ?? pair.Before!).Policy.Context.Type)];

    private static IReadOnlyList<DeployedPolicy> Deployed(PlacedPolicy? policy) => policy is null ? [] : DeployedPolicy.Of(policy.Policy, policy.Json);

    private static bool IsSameText(IReadOnlyList<DeployedPolicy> before, IReadOnlyList<DeployedPolicy> after) =>
        before.Count == after.Count && before.Zip(after).All(both => both.First.Where == both.Second.Where && both.First.Text == both.Second.Text);

    private static PolicyDocument? Read(DeployedPolicy? policy, PlacedPolicy? placed, out string? refused)
    {
        refused = null;
        if (policy?.Text is not { } text)
        {
            return null;
        }

        PolicyDocument document = PolicyReader.Read(new DocumentText(text, placed?.File ?? ""));
        if (document.HasErrors)
        {
            refused = $"AWS would refuse the policy: {document.Problems.First(problem => problem.IsError).Message}";
        }

        return document;
    }

    /// <summary>The same line under several conditions is said once; under all of them without any.</summary>
    private static ChangedAccess[] Together(List<ChangedAccess> access, int wheres) =>
    [
        .. access.GroupBy(line => (line.IsAdded, line.Line.Kind, Words: DifferenceWords.InOneLine(line.Line)))
            .Select(same => same.First() with { Where = same.Count() >= wheres ? ""
                : string.Join(", or ", same.Select(line => line.Where).Where(where => where.Length > 0)) }),
    ];

    /// <summary>Why a policy is not known in every deployment; null where it is.</summary>
    private string? NotAllOf(PolicyPair pair)
    {
        foreach (PlacedPolicy policy in ((PlacedPolicy?[])[pair.Before, pair.After]).OfType<PlacedPolicy>())
        {
            if (documentOf(policy).Notes.PartlyJudged.Any(partly => partly.Pointer == policy.Policy.Pointer))
            {
                return "the policy has more combinations of conditions and parameters than are looked at, or parts that only the deployment knows";
            }
        }

        return null;
    }

    private IReadOnlyList<(string Rule, string Message)> NewRisks(PolicyPair pair)
    {
        if (pair.After is not { } after)
        {
            return [];
        }

        var known = new HashSet<string>(pair.Before is { } before ? differences.Findings(before.Policy).Select(finding => finding.Rule) : [],
            StringComparer.Ordinal);
        return [.. differences.Findings(after.Policy).Where(finding => Risks.Contains(finding.Rule) && !known.Contains(finding.Rule)).Distinct()];
    }

    /// <summary>Whose policy it is, and which of its policies.</summary>
    private static string OwnerOf(PlacedPolicy policy)
    {
        string[] steps = policy.Place.Split('/');
        string named = policy.Place.Length == 0 ? "" : policy.Policy.Owner;
        string? inner = steps.Length > 2
            ? Array.FindLast(steps, step =>
                step is not ("*" or "PolicyDocument" or "Document" or "policy" or "Policies" or "Properties" or "AssumeRolePolicyDocument" or "values")) : null;
        return inner is null || named.Length == 0 || named.Contains(inner, StringComparison.Ordinal)
            ? named + (steps[^1] == "AssumeRolePolicyDocument" ? " (trust policy)" : "") : $"{named}, {inner}";
    }

    /// <summary>Where a policy stands in its file.</summary>
    public static TextRange PlaceOf(PlacedPolicy policy, ReadDocument document)
    {
        if (policy.Policy.Text.Text.Length == 0)
        {
            return default;
        }

        TextRange first = InFile(new TextRange(0, 1)), last = InFile(new TextRange(policy.Policy.Text.Text.Length - 1, 1));
        return new TextRange(first.Start, Math.Max(0, last.Start + last.Length - first.Start));

        TextRange InFile(TextRange range) => policy.Policy.Text.SourceOf(range) is var made && document.Converted is { } converted ? converted.SourceOf(made)
            : policy.Policy.Text.SourceOf(range);
    }

    private static int LineOf(PlacedPolicy policy, ReadDocument document)
    {
        int at = policy.Policy.Text.Text.Length == 0 ? 0 : policy.Policy.Text.SourceOf(new TextRange(0, 1)).Start;
        return document.Source.PositionOf(document.Converted?.SourceOf(new TextRange(at, 1)).Start ?? at).Line;
    }
}
