using System.Runtime.CompilerServices;
using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Documents;

/// <summary>
/// What somebody who reads a template knows of its deployment: values of parameters and pseudo parameters by their names, of resources by their logical ids, of
/// attributes as <c>Bucket.Arn</c>. What is not given stays unknown.
/// </summary>
internal static class TemplateValues
{
    private static readonly ConditionalWeakTable<JsonTree, IReadOnlyDictionary<string, string>> Known = new();

    /// <summary>Gives the values of a template, once, before its policies are read.</summary>
    public static void Give(JsonTree template, IReadOnlyDictionary<string, string> values) => Known.Add(template, values);

    /// <summary>Gives a template that is made of another the values of that one.</summary>
    public static void Pass(JsonTree from, JsonTree to)
    {
        if (Of(from) is { } values)
        {
            Give(to, values);
        }
    }

    /// <summary>The values that are given; null where none are.</summary>
    public static IReadOnlyDictionary<string, string>? Of(JsonTree template) => Known.TryGetValue(template, out IReadOnlyDictionary<string, string>? values)
        ? values : null;
}
