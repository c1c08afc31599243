using Microsoft.CodeAnalysis;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Analyzers.Policies;

/// <summary>A statement that code puts together from objects: what each of its elements is, as far as it is known.</summary>
/// <param name="origin">The expression that makes it.</param>
internal sealed class CodeStatement(IOperation origin)
{
    private readonly Dictionary<string, List<CodeItem>> lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(string Kind, CodeItem Item)>> principals = new(StringComparer.Ordinal);
    private readonly List<Action<JsonOfCode>> conditions = [];

    public IOperation Origin => origin;

    public CodeItem? Sid { get; set; }

    /// <summary><c>Allow</c> or <c>Deny</c>, or unknown text; both libraries allow where the code does not say.</summary>
    public CodeItem Effect { get; set; } = new(origin, "Allow");

    /// <summary>Adds texts to Action, NotAction, Resource or NotResource.</summary>
    public void AddTo(string element, IEnumerable<CodeItem> items)
    {
        if (!lists.TryGetValue(element, out List<CodeItem>? list))
        {
            lists.Add(element, list = []);
        }

        list.AddRange(items);
    }

    /// <summary>Adds somebody to Principal or NotPrincipal.</summary>
    /// <param name="element">The element.</param>
    /// <param name="kind"><c>AWS</c>, <c>Service</c>, <c>Federated</c> or <c>CanonicalUser</c>; <c>*</c> for everybody, signed in or not.</param>
    /// <param name="item">Who.</param>
    public void AddPrincipal(string element, string kind, CodeItem item)
    {
        if (!principals.TryGetValue(element, out List<(string, CodeItem)>? list))
        {
            principals.Add(element, list = []);
        }

        list.Add((kind, item));
    }

    /// <summary>Adds a block of conditions, or a part of it.</summary>
    public void AddCondition(Action<JsonOfCode> write) => conditions.Add(write);

    /// <summary>Adds a line with one value.</summary>
    public void AddCondition(IOperation at, string comparison, string key, CodeItem value)
    {
        TextRange place = JsonOfCode.SpanOf(at);
        AddCondition(json =>
        {
            json.Add("{", place).Name(comparison, place).Add("{", place).Name(key, place);
            value.Write(json);
            json.Add("}}", place);
        });
    }

    /// <summary>From here on nothing is known about the conditions.</summary>
    public void LoseConditions(IOperation at) => AddCondition(CodeItem.Unknown(at).Write);

    public void Write(JsonOfCode json)
    {
        TextRange place = JsonOfCode.SpanOf(origin);
        TextRange first = new(place.Start, 1), last = new(place.End - 1, 1);
        json.Add("{", first);
        if (Sid is { } sid)
        {
            json.Name("Sid", sid.Place);
            sid.Write(json);
            json.Add(",", last);
        }

        json.Name("Effect", Effect.Place);
        Effect.Write(json);
        foreach (KeyValuePair<string, List<(string Kind, CodeItem Item)>> element in principals)
        {
            json.Add(",", last).Name(element.Key, element.Value[0].Item.Place);
            WritePrincipals(json, element.Value);
        }

        foreach (KeyValuePair<string, List<CodeItem>> element in lists)
        {
            TextRange at = element.Value.Count == 0 ? first : TextRange.FromBounds(element.Value.Min(item => item.Place.Start),
                element.Value.Max(item => item.Place.End));
            json.Add(",", last).Name(element.Key, at).List(element.Value, at, item => item.Write(json));
        }

        if (conditions.Count > 0)
        {
            json.Add(",", last).Name("Condition", place);
            if (conditions.Count == 1)
            {
                conditions[0](json);
            }
            else
            {
                // Blocks that are merged may speak of the same operator and key; which values are left then is the library's business.
                json.Text(UnknownText.Mark.ToString(), place);
            }
        }

        json.Add("}", last);
    }

    private static void WritePrincipals(JsonOfCode json, List<(string Kind, CodeItem Item)> list)
    {
        TextRange at = list[0].Item.Place;
        if (list.Count == 1 && list[0].Kind == "*")
        {
            list[0].Item.Write(json);
            return;
        }

        json.Add("{", at);
        bool isFirst = true;
        foreach (var kind in list.GroupBy(entry => entry.Kind == "*" ? "AWS" : entry.Kind))
        {
            json.Add(isFirst ? "" : ",", at).Name(kind.Key, at).List([.. kind.Select(entry => entry.Item)], at, item => item.Write(json));
            isFirst = false;
        }

        json.Add("}", at);
    }
}
