using ProvableSec.Policy.Json;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Deployments;

/// <summary>A parameter or resource that a value of a template refers to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Attribute">The attribute; empty for <c>Ref</c>.</param>
/// <param name="At">Where it is referred to.</param>
internal sealed record TemplateMention(string Name, string Attribute, JsonItem At)
{
    /// <summary>All that a value refers to.</summary>
    public static IEnumerable<TemplateMention> In(JsonItem value)
    {
        switch (TemplateFunctions.Of(value))
        {
            case ("Ref", { Kind: JsonKind.String } name):
                return [new TemplateMention(name.Text, "", value)];
            case ("Fn::GetAtt", { Kind: JsonKind.String } both) when both.Text.IndexOf('.') is > 0 and var dot:
                return [new TemplateMention(both.Text.Substring(0, dot), both.Text.Substring(dot + 1), value)];
            case ("Fn::GetAtt", var parts) when parts.Items() is [{ Kind: JsonKind.String } resource, { Kind: JsonKind.String } attribute]:
                return [new TemplateMention(resource.Text, attribute.Text, value)];
            case ("Fn::Sub", var argument):
                return [.. Substituted(argument, value), .. argument.Items().Skip(1).SelectMany(In)];
            default:
                return [.. value.Items().SelectMany(In), .. value.Members().SelectMany(member => In(member.Value))];
        }
    }

    private static IEnumerable<TemplateMention> Substituted(JsonItem argument, JsonItem at)
    {
        string text = (argument.Kind == JsonKind.Array && argument.Items() is [var first, ..] ? first : argument) is { Kind: JsonKind.String } written
            ? written.Text : "";
        var mentions = new List<TemplateMention>();
        for (int open = text.IndexOf("${", StringComparison.Ordinal); open >= 0 && text.IndexOf('}', open) is > 0 and var close; open =
            text.IndexOf("${", close, StringComparison.Ordinal))
        {
            string name = text.Substring(open + 2, close - open - 2).Trim();
            int dot = name.IndexOf('.');
            mentions.Add(dot < 0 ? new TemplateMention(name, "", at) : new TemplateMention(name.Substring(0, dot), name.Substring(dot + 1), at));
        }

        return mentions;
    }
}
