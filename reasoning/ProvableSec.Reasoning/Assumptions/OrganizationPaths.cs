using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Search;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Assumptions;

/// <summary>
/// The paths of an organization's accounts begin with its id (IAM User Guide, "AWS global condition context keys", aws:PrincipalOrgPaths and aws:ResourceOrgPaths).
/// The tie is made id by id, as a model breaks it.
/// </summary>
internal static class OrganizationPaths
{
    /// <summary>The fact about an id and its paths that a model violates, or null.</summary>
    public static int? Violated(RequestFormulas formulas, string idKey, string pathsKey, RequestModel model)
    {
        if (!formulas.Speaks(idKey) || !formulas.Speaks(pathsKey) || model.ValueOf(formulas.Key(idKey)) is not { } id
            || !model.Values.TryGetValue(formulas.Key(pathsKey), out List<string>? paths) || paths.Find(p => !p.StartsWith(id + "/", StringComparison.Ordinal)) is not { } stray)
        {
            return null;
        }

        FormulaBuilder graph = formulas.Graph;
        RequestVariable ids = formulas.Key(idKey), all = formulas.Key(pathsKey);
        int begins = graph.Or(FormulaBuilder.Not(formulas.Exists(ids, TextSet.Of(id))), FormulaBuilder.Not(formulas.Misses(all, Below(id))));
        int slash = stray.IndexOf('/');
        int its = slash <= 0 ? FormulaBuilder.Not(formulas.Exists(all, TextSet.Of(stray)))
            : graph.Or(FormulaBuilder.Not(formulas.Exists(all, Below(stray.Substring(0, slash)))), formulas.Exists(ids, TextSet.Of(stray.Substring(0, slash))));
        return graph.And(begins, its);
    }

    private static TextSet Below(string id) => new(new PatternSet([new CharPattern.Builder().Exact(id + "/").Add(PlaceKind.Star).Build()]));
}
