using ProvableSec.Policy.Json;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>Reads one policy of a template, in each of the deployments that make another one of it.</summary>
internal static class TemplatePolicy
{
    /// <summary>The policy at a place; null where none stands there, or only the deployment knows it.</summary>
    /// <param name="at">The place.</param>
    /// <param name="place">What stands there.</param>
    /// <param name="context">What the policy is.</param>
    /// <param name="owner">Whose it is, for people.</param>
    /// <param name="exists">The condition of its resource; null for none.</param>
    /// <param name="blocks">The settings that may block public access.</param>
    /// <param name="notes">Gets what could not be judged.</param>
    public static FoundPolicy? Found(
        TemplatePlace at, CloudFormationPlace place, PolicyContext context, string owner, string? exists, IReadOnlyList<JsonItem> blocks, DocumentNotes notes)
    {
        JsonItem value = at.Value;
        bool isNamedOnly = place.Path.EndsWith("Policies", StringComparison.Ordinal) || place.Path.EndsWith("/*", StringComparison.Ordinal);
        if (!IsFunction(value) && !IsPolicy(value, place))
        {
            return null;
        }

        (IReadOnlyList<TemplateBranch> choices, bool isAll) = TemplateBranches.Of([value, .. blocks], at.Under, exists);
        var branches = new List<PolicyBranch>();
        int unknown = 0;
        bool isOpen = false, isPolicy = false;
        foreach (TemplateBranch branch in choices)
        {
            (MappedText Text, int Unknown)? policy = Read(value, place, branch.Choice);
            isPolicy |= policy is not null;
            isOpen |= policy is null && !branch.Choice.IsNoValue(value);
            unknown = Math.Max(unknown, policy?.Unknown ?? 0);
            branches.Add(new PolicyBranch(branch.Words, policy?.Text) { IsGuess = branch.IsGuess, Block = TemplatePublicAccess.Of(blocks, branch.Choice) });
        }

        if (isOpen && !isNamedOnly)
        {
            notes.AddUnjudged(value.Pointer, owner);
        }

        if (!isPolicy)
        {
            return null;
        }

        if (!isAll)
        {
            notes.AddPartlyJudged(value.Pointer, owner);
        }

        PolicyBranch first = branches.First(branch => branch.Text is not null);
        return new FoundPolicy(first.Text!, context, PolicyTypeOrigin.Holder, value.Pointer, owner)
        {
            UnknownValues = unknown,
            Block = first.Block,
            Needed = exists is null ? at.Under : [.. at.Under, (exists, true)],
            Branches = branches is [{ Conditions.Count: 0, IsGuess: false }] ? [] : branches,
            Wrapped = place.IsStatements ? "/Statement" : "",
        };
    }

    private static (MappedText Text, int Unknown)? Read(JsonItem value, CloudFormationPlace place, TemplateChoice choice)
    {
        if (TemplateFunctions.Of(value) is ("Fn::ToJsonString", { Kind: JsonKind.Object } json))
        {
            value = json;
        }

        if (place.IsStatements)
        {
            if (value.Kind is not (JsonKind.Object or JsonKind.Array) || IsFunction(value))
            {
                return null;
            }

            (MappedText statements, int unknown) = PolicyText.Of(value, choice);
            return (new MappedTextBuilder().Add("{\"Version\":\"2012-10-17\",\"Statement\":", value.Span).Append(statements).Add("}", value.Span).Build(),
                unknown);
        }

        return IsFunction(value) ? PolicyText.OfFormatted(value, choice) : PolicyText.Of(value, choice);
    }

    /// <summary>An object with a Statement, or JSON in a string; SAM also lists names of policies.</summary>
    private static bool IsPolicy(JsonItem value, CloudFormationPlace place) =>
        place.IsStatements ? value.Kind is JsonKind.Object or JsonKind.Array
        : value.Kind == JsonKind.Object ? value.TryGetProperty("Statement", out _)
        : value.Kind == JsonKind.String && value.Text.TrimStart().StartsWith("{", StringComparison.Ordinal);

    private static bool IsFunction(JsonItem value) => TemplateFunctions.Of(value) is { } function
        && !(function.Name == "Ref" && function.Argument.Text == "AWS::NoValue");
}
