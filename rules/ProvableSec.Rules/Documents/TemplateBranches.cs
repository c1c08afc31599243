using ProvableSec.Policy.Json;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>
/// The deployments of a template that values may be different in: each combination of allowed values of parameters, of their defaults and any other value, and
/// of what conditions compare that the parameters leave open.
/// </summary>
internal static class TemplateBranches
{
    // A policy is checked once for each branch.
    private const int MostBranches = 32;
    private const int MostCombinations = 256;
    private const int MostValues = 8;

    // Where there are more combinations, this many conditions are taken one by one; the further ones as met, and as not met, together.
    private const int MostConditions = 4;

    /// <summary>The branches, and whether they are all.</summary>
    /// <param name="values">The values.</param>
    /// <param name="under">What chooses them: conditions, and whether these are met.</param>
    /// <param name="exists">The condition of their resource; null for none. Where it is not met there are no branches.</param>
    public static (IReadOnlyList<TemplateBranch> Branches, bool IsAll) Of(IReadOnlyList<JsonItem> values, IReadOnlyList<(string Condition, bool IsMet)> under,
        string? exists)
    {
        TemplateParts template = TemplateParts.Of(values[0]);
        (string Condition, bool IsMet)[] needed = exists is null ? [.. under] : [.. under, (exists, true)];
        var uses = new TemplateUses(template, values, needed.Select(condition => condition.Condition));
        if (uses.Conditions.Count == 0 && uses.Compared.Count == 0)
        {
            return ([new TemplateBranch([], TemplateChoice.None, false)], true);
        }

        List<TemplateChoice>? all = Choices(template, uses, uses.Compared.Keys)
            ?? Choices(template, uses, uses.Compared.Keys.Where(name => !uses.Direct.Contains(name)));
        TemplateChoice[] choices = [.. all ?? Together(template, uses)];
        bool[] varies = [.. uses.Conditions.Select(name => name != exists && choices.Select(choice => choice.IsMet(name)).Distinct().Skip(1).Any())];
        var branches = new Dictionary<string, TemplateChoice>(StringComparer.Ordinal);
        foreach (TemplateChoice choice in choices.Where(choice => needed.All(condition => choice.IsMet(condition.Condition) == condition.IsMet)))
        {
            string key = string.Concat(uses.Conditions.Select(name => choice.IsMet(name) == true ? '1' : '0'))
                + string.Concat(uses.Compared.Keys.Where(IsPart).Select(name => "\0" + choice.ValueOf(name)));
            if (!branches.ContainsKey(key))
            {
                branches.Add(key, choice);
            }
        }

        string[] varying = [.. uses.Direct.Where(name => branches.Values.Select(choice => choice.ValueOf(name)).Distinct().Skip(1).Any())];
        return (
            [.. branches.Values.Take(MostBranches).Select(choice => new TemplateBranch(
                [
                    .. uses.Conditions.Where((_, i) => varies[i]).Select(name => choice.IsMet(name) == true ? name : "not " + name),
                    .. varying.Where(name => choice.ValueOf(name) is not null).Select(name => $"{name} is {CheckedText.Quoted(choice.ValueOf(name)!)}"),
                ],
                choice,
                uses.Direct.Any(name => choice.ValueOf(name) is not null && template.Given(name) is null
                    && new TemplateParameter(name, template.Parameters[name]).Allowed is null)))],
            all is not null && branches.Count <= MostBranches);

        bool IsPart(string name) => uses.Direct.Contains(name) || name.StartsWith("AWS::", StringComparison.Ordinal);
    }

    /// <summary>Every combination; null where there are too many.</summary>
    private static List<TemplateChoice>? Choices(TemplateParts template, TemplateUses uses, IEnumerable<string> variables)
    {
        if (uses.Compared.Count > TemplateUses.MostValues || uses.Conditions.Count > TemplateUses.MostValues)
        {
            return null;
        }

        var values = new List<Dictionary<string, string?>> { new(StringComparer.Ordinal) };
        foreach (string name in variables)
        {
            string?[] domain = [.. Domain(template, name, uses.Compared[name])];
            if (domain.Length == 0)
            {
                continue;
            }

            if (domain.Length * values.Count > MostCombinations)
            {
                return null;
            }

            values = [.. values.SelectMany(_ => domain, (before, value) => new Dictionary<string, string?>(before, StringComparer.Ordinal) { [name] = value })];
        }

        var choices = new List<TemplateChoice>();
        foreach (Dictionary<string, string?> some in values)
        {
            if (!Decide(some, new Dictionary<string, bool>(StringComparer.Ordinal)))
            {
                return null;
            }
        }

        return choices.Count == 0 ? null : choices;

        // Whatever the parameters leave open of a condition is either.
        bool Decide(Dictionary<string, string?> some, Dictionary<string, bool> given)
        {
            var choice = new TemplateChoice(template, some, given);
            if (uses.Conditions.Select(choice.FirstOpen).FirstOrDefault(open => open is not null) is not { } open)
            {
                choices.Add(choice);
                return choices.Count <= MostCombinations;
            }

            return given.Count < MostBranches
                && Decide(some, new Dictionary<string, bool>(given, StringComparer.Ordinal) { [open] = true })
                && Decide(some, new Dictionary<string, bool>(given, StringComparer.Ordinal) { [open] = false });
        }
    }

    /// <summary>What a parameter may be, null for what is none of the values that the template names; nothing where these are too many.</summary>
    private static IEnumerable<string?> Domain(TemplateParts template, string name, List<string> compared)
    {
        TemplateParameter? parameter = template.Parameters.TryGetValue(name, out JsonItem definition) ? new(name, definition) : null;
        string?[] domain = template.Given(name) is { } given ? [given]
            : parameter?.Allowed is { Count: <= MostValues } allowed ? [.. allowed]
            : [.. new string?[] { null }.Concat(compared).Concat(parameter?.Default is { } value ? [value] : []).Distinct()];
        return domain.Length <= MostValues + 1 ? domain : [];
    }

    /// <summary>Conditions one by one, as far as that goes, whatever they compare.</summary>
    private static IEnumerable<TemplateChoice> Together(TemplateParts template, TemplateUses uses)
    {
        string[] single = [.. uses.Conditions.Take(MostConditions)];
        int bits = single.Length + (uses.Conditions.Count > single.Length ? 1 : 0);
        for (int choice = 0; choice < 1 << bits; choice++)
        {
            var given = new Dictionary<string, bool>(StringComparer.Ordinal);
            for (int i = 0; i < uses.Conditions.Count; i++)
            {
                given[uses.Conditions[i]] = (choice & (1 << Math.Min(i, single.Length))) == 0;
            }

            yield return new TemplateChoice(template, new Dictionary<string, string?>(), given);
        }
    }
}
