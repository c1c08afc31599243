using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Search;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Assumptions;

/// <summary>
/// The paths of an organization's accounts begin with its id (IAM User Guide, "AWS global condition context keys", aws:PrincipalOrgPaths and
/// aws:ResourceOrgPaths).
/// The tie is made id by id, as a model breaks it.
/// </summary>
internal static class OrganizationPaths
{
    /// <summary>The fact about an id and its paths that a model violates, or null.</summary>
    public static Formula? Violated(RequestFormulas formulas, string idKey, string pathsKey, RequestModel model)
    {
        if (Stray(formulas, idKey, pathsKey, model) is not ({ } id, { } stray) || IdOf(formulas, idKey, pathsKey, model) is not null
            || PathsOf(formulas, idKey, pathsKey, model) is not null)
        {
            return null;
        }

        FormulaBuilder graph = formulas.Graph;
        RequestVariable ids = formulas.Key(idKey), all = formulas.Key(pathsKey);
        Formula begins = graph.Or(!formulas.Exists(ids, TextSet.Of(id)), !formulas.Misses(all, Below(id)));
        int slash = stray.IndexOf('/');
        Formula its = slash <= 0 ? !formulas.Exists(all, TextSet.Of(stray))
            : graph.Or(!formulas.Exists(all, Below(stray.Substring(0, slash))), formulas.Exists(ids, TextSet.Of(stray.Substring(0, slash))));
        return graph.And(begins, its);
    }

    /// <summary>The id with which the paths of a model begin, where the question does not tell it from the model's; null where it is the model's or is
    /// told.</summary>
    public static string? IdOf(RequestFormulas formulas, string idKey, string pathsKey, RequestModel model)
    {
        if (Stray(formulas, idKey, pathsKey, model) is not ({ } id, { } stray) || stray.IndexOf('/') <= 0)
        {
            return null;
        }

        string its = stray.Substring(0, stray.IndexOf('/'));
        return model.Values[formulas.Key(pathsKey)].TrueForAll(p => p.StartsWith(its + "/", StringComparison.Ordinal))
            && !model.TellsApart(formulas, idKey, id, its) ? its : null;
    }

    /// <summary>Paths below the id of a model, where the question does not tell them from the model's; null where these are so already or are told.</summary>
    public static List<string>? PathsOf(RequestFormulas formulas, string idKey, string pathsKey, RequestModel model)
    {
        if (Stray(formulas, idKey, pathsKey, model) is not ({ } id, { } stray) || model.Values[formulas.Key(pathsKey)].Count != 1)
        {
            return null;
        }

        string below = id + "/r-root/";
        return model.TellsApart(formulas, pathsKey, stray, below) ? null : [below];
    }

    /// <summary>A model's id, and a path of it that does not begin with the id.</summary>
    private static (string? Id, string? Path) Stray(RequestFormulas formulas, string idKey, string pathsKey, RequestModel model) =>
        formulas.Speaks(idKey) && formulas.Speaks(pathsKey) && model.ValueOf(formulas.Key(idKey)) is { } id
            && model.Values.TryGetValue(formulas.Key(pathsKey), out List<string>? paths)
            ? (id, paths.Find(p => !p.StartsWith(id + "/", StringComparison.Ordinal)))
            : (null, null);

    /// <summary>The paths of an organization.</summary>
    public static TextSet Below(string id) => new(new PatternSet([new CharPattern.Builder().Exact(id + "/").Add(PlaceKind.Star).Build()]));
}
