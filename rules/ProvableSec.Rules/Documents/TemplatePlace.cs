using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Documents;

/// <summary>A value of a template that may be a policy.</summary>
/// <param name="Value">The value.</param>
/// <param name="Under">The conditions of each <c>Fn::If</c> around it, and whether they are met where it is chosen.</param>
internal sealed record TemplatePlace(JsonItem Value, IReadOnlyList<(string Condition, bool IsMet)> Under)
{
    /// <summary>The values at the end of a way, on either side of each <c>Fn::If</c>.</summary>
    public static IEnumerable<TemplatePlace> At(JsonItem value, string path) => At(new TemplatePlace(value, []), path);

    private static IEnumerable<TemplatePlace> At(TemplatePlace place, string path)
    {
        int slash = path.IndexOf('/');
        string step = slash < 0 ? path : path.Substring(0, slash);
        var next = new List<TemplatePlace>();
        foreach (TemplatePlace either in Either(place))
        {
            if (step == "*")
            {
                foreach (JsonItem item in either.Value.Elements())
                {
                    next.AddRange(Either(either with { Value = item }));
                }
            }
            else if (either.Value.TryGetProperty(step, out JsonItem found))
            {
                next.AddRange(Either(either with { Value = found }));
            }
        }

        return slash < 0 ? next : next.SelectMany(item => At(item, path.Substring(slash + 1)));
    }

    private static IEnumerable<TemplatePlace> Either(TemplatePlace place) =>
        TemplateChoice.IfParts(place.Value) is [{ Kind: JsonKind.String } name, var then, var otherwise]
            ? Either(new TemplatePlace(then, [.. place.Under, (name.Text, true)]))
                .Concat(Either(new TemplatePlace(otherwise, [.. place.Under, (name.Text, false)])))
        : [place];
}
