using System.Globalization;
using System.Text;
using ProvableSec.Policy.Json;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>What the functions of a template give (AWS CloudFormation Template Reference, "Intrinsic functions"); what only the deployment knows is
/// marked.</summary>
internal static class TemplateFunctions
{
    // A list of a mapping may be asked for often.
    private const int LongestList = 1024;

    /// <summary>A text of which nothing is known.</summary>
    public static readonly string Unknown = UnknownText.Mark.ToString();

    /// <summary>The function that a value is, and its argument; null for another value.</summary>
    public static (string Name, JsonItem Argument)? Of(JsonItem value)
    {
        if (value is { Kind: JsonKind.Object, Count: 1 })
        {
            foreach (JsonMember property in value.Properties())
            {
                string name = property.Name;
                if (name == "Ref" || name.StartsWith("Fn::", StringComparison.Ordinal))
                {
                    return (name, property.Value);
                }
            }
        }

        return null;
    }

    /// <summary>The name that <c>Ref</c> refers to; null for another value.</summary>
    public static string? ReferenceOf(JsonItem value) => Of(value) is ("Ref", { Kind: JsonKind.String } name) ? name.Text : null;

    /// <summary>The text of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="choice">What the deployment chooses.</param>
    /// <param name="forComparison">True in a condition, where pseudo parameters have the values that the choice tries; in policies they stay unknown.</param>
    public static string TextOf(JsonItem value, TemplateChoice choice, bool forComparison = false) => Resolve(value, choice, forComparison).Text ?? Unknown;

    /// <summary>What a value becomes.</summary>
    public static TemplateValue Resolve(JsonItem value, TemplateChoice choice, bool forComparison = false)
    {
        value = choice.Chosen(value);
        if (Of(value) is not { } function)
        {
            return value.Kind is JsonKind.String or JsonKind.Number or JsonKind.True or JsonKind.False ? new TemplateValue { Text = value.Text }
                : value.Kind == JsonKind.Array && value.Count > LongestList ? TemplateValue.Unknown with { IsUnknownList = true }
                : value.Kind == JsonKind.Array ? new TemplateValue
                {
                    Element = value,
                    List = [.. value.Items().Where(item => !choice.IsNoValue(item)).Select(item => Resolve(item, choice, forComparison))]
                }
                : new TemplateValue { Element = value };
        }

        JsonItem argument = function.Argument;
        TemplateValue Inner(JsonItem part) => Resolve(part, choice, forComparison);
        TemplateValue given = function.Name switch
        {
            "Ref" when argument.Kind == JsonKind.String => Referenced(argument, choice, forComparison),
            "Fn::GetAtt" => AttributeOf(argument, Inner) is (var resource, var attribute)
                ? Text(TemplateReferences.Of(TemplateParts.Of(argument), resource, attribute)) : TemplateValue.Unknown,
            "Fn::Sub" => Text(Substituted(argument, choice, forComparison)),
            "Fn::Join" when argument.Items() is [{ Kind: JsonKind.String } delimiter, var list] => Joined(delimiter.Text, Inner(list)),
            "Fn::Split" when argument.Items() is [{ Kind: JsonKind.String } delimiter, var text] => Split(delimiter.Text, Inner(text).Text),
            "Fn::Select" when argument.Items() is [var index, var list] => Selected(Inner(index).Text, Inner(list)),
            "Fn::FindInMap" => Found(argument.Items(), Inner, key => Resolve(key, choice, forComparison: true)),
            "Fn::Base64" => Inner(argument).Text is { } plain && !UnknownText.IsIn(plain) ? Text(Convert.ToBase64String(Encoding.UTF8.GetBytes(plain)))
                : TemplateValue.Unknown,
            "Fn::Length" => Inner(argument).List is { } items && !items.Any(item => item.IsUnknownList)
                ? Text(items.Count.ToString(CultureInfo.InvariantCulture)) : TemplateValue.Unknown,
            _ => TemplateValue.Unknown,
        };
        return given.Text is { Length: > TemplateParts.LongestText } ? TemplateValue.Unknown : given;
    }

    private static TemplateValue Text(string text) => new() { Text = text };

    private static TemplateValue Referenced(JsonItem name, TemplateChoice choice, bool forComparison)
    {
        TemplateParts template = TemplateParts.Of(name);
        if (template.Parameters.TryGetValue(name.Text, out JsonItem parameter))
        {
            TemplateParameter of = new(name.Text, parameter);
            return (template.Given(name.Text) ?? choice.ValueOf(name.Text)) is not { } value
                ? new TemplateValue { Text = of.Placeholder, IsUnknownList = of.IsList }
                : of.IsList ? new TemplateValue { List = [.. value.Split(',').Select(item => Text(item.Trim()))] }
                : Text(value);
        }

        return name.Text switch
        {
            _ when name.Text.StartsWith("AWS::", StringComparison.Ordinal) && template.Given(name.Text) is { } given => Text(given),
            "AWS::URLSuffix" => Text("amazonaws.com"),
            "AWS::StackId" => Text(TemplateReferences.Shaped(template, "arn:~:cloudformation:~:~:stack/~")),
            "AWS::NotificationARNs" => TemplateValue.Unknown with { IsUnknownList = true },
            _ when name.Text.StartsWith("AWS::", StringComparison.Ordinal) => forComparison && choice.ValueOf(name.Text) is { } tried ? Text(tried)
                : TemplateValue.Unknown,
            _ => Text(TemplateReferences.Of(template, name.Text, "Ref")),
        };
    }

    /// <summary>The resource and the attribute that <c>Fn::GetAtt</c> names, as a list or as one text.</summary>
    private static (string Resource, string Attribute)? AttributeOf(JsonItem argument, Func<JsonItem, TemplateValue> inner) =>
        argument.Kind == JsonKind.String && argument.Text.IndexOf('.') is > 0 and var dot ? (argument.Text.Substring(0, dot), argument.Text.Substring(dot + 1))
        : argument.Items() is [{ Kind: JsonKind.String } resource, var attribute] && inner(attribute).Text is { } name ? (resource.Text, name)
        : null;

    /// <summary><c>${Name}</c> is what it refers to, <c>${!Name}</c> the text <c>${Name}</c>.</summary>
    private static string Substituted(JsonItem argument, TemplateChoice choice, bool forComparison)
    {
        JsonItem template = argument.Kind == JsonKind.Array && argument.Items() is [var first, ..] ? first : argument;
        if (template.Kind != JsonKind.String)
        {
            return Unknown;
        }

        string from = template.Text;
        var text = new StringBuilder();
        int lastClose = from.LastIndexOf('}');
        for (int i = 0; i < from.Length && text.Length <= TemplateParts.LongestText; i++)
        {
            int close = i < lastClose && from[i] == '$' && from[i + 1] == '{' ? from.IndexOf('}', i) : -1;
            if (close < 0)
            {
                text.Append(from[i]);
            }
            else
            {
                text.Append(Substitute(from.Substring(i + 2, close - i - 2), argument, choice, forComparison));
                i = close;
            }
        }

        return text.Length > TemplateParts.LongestText ? Unknown : text.ToString();
    }

    /// <summary>What stands between <c>${</c> and <c>}</c> of <c>Fn::Sub</c>: a text of its own map, a parameter, a resource or an attribute of one.</summary>
    /// <param name="inside">What stands there.</param>
    /// <param name="argument">The argument of the function.</param>
    /// <param name="choice">What the deployment chooses.</param>
    /// <param name="forComparison">True in a condition.</param>
    public static string Substitute(string inside, JsonItem argument, TemplateChoice choice, bool forComparison = false)
    {
        if (inside.StartsWith("!", StringComparison.Ordinal))
        {
            return "${" + inside.Substring(1) + "}";
        }

        string name = inside.Trim();
        if (argument.Kind == JsonKind.Array && argument.Items() is [_, var map] && map.TryGetProperty(name, out JsonItem value))
        {
            return TextOf(value, choice, forComparison);
        }

        TemplateParts template = TemplateParts.Of(argument);
        if (template.Parameters.TryGetValue(name, out JsonItem parameter))
        {
            return template.Given(name) ?? choice.ValueOf(name) ?? new TemplateParameter(name, parameter).Placeholder;
        }

        int dot = name.IndexOf('.');
        return name.StartsWith("AWS::", StringComparison.Ordinal) && template.Given(name) is { } given ? given
            : name == "AWS::URLSuffix" ? "amazonaws.com"
            : name.StartsWith("AWS::", StringComparison.Ordinal) ? (forComparison ? choice.ValueOf(name) : null) ?? Unknown
            : dot > 0 ? TemplateReferences.Of(template, name.Substring(0, dot), name.Substring(dot + 1))
            : TemplateReferences.Of(template, name, "Ref");
    }

    private static TemplateValue Joined(string delimiter, TemplateValue list)
    {
        if (list.List is not { } items)
        {
            return TemplateValue.Unknown;
        }

        var text = new StringBuilder();
        for (int i = 0; i < items.Count && text.Length <= TemplateParts.LongestText; i++)
        {
            text.Append(i > 0 ? delimiter : "").Append(items[i].Text ?? Unknown);
        }

        return text.Length > TemplateParts.LongestText ? TemplateValue.Unknown : Text(text.ToString());
    }

    /// <summary>What is not known may hold the delimiter, but within the first five fields of an ARN.</summary>
    private static TemplateValue Split(string delimiter, string? text)
    {
        if (text is null || delimiter.Length == 0)
        {
            return TemplateValue.Unknown with { IsUnknownList = true };
        }

        string[] parts = text.Split([delimiter], StringSplitOptions.None);
        int certain = delimiter == ":" && text.StartsWith("arn:", StringComparison.Ordinal) ? 5 : 0;
        int open = Array.FindIndex(parts, UnknownText.IsIn);
        return new TemplateValue
        {
            List = open < 0 ? [.. parts.Select(Text)]
                : [.. parts.Take(Math.Max(open, Math.Min(certain, parts.Length))).Select(Text), TemplateValue.Unknown with { IsUnknownList = true }],
        };
    }

    private static TemplateValue Selected(string? index, TemplateValue list) =>
        list.List is { } items && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int at) && at < items.Count
            && !items.Take(at + 1).Any(item => item.IsUnknownList)
            ? items[at] : TemplateValue.Unknown;

    private static TemplateValue Found(List<JsonItem> parts, Func<JsonItem, TemplateValue> inner, Func<JsonItem, TemplateValue> key)
    {
        if (parts.Count >= 3 && key(parts[0]).Text is { } map && key(parts[1]).Text is { } top && key(parts[2]).Text is { } second)
        {
            return TemplateParts.Of(parts[0]).Mappings.TryGetValue(map, out JsonItem keys) && keys.TryGetProperty(top, out JsonItem values)
                && values.TryGetProperty(second, out JsonItem value) ? inner(value)
                : parts.Count > 3 && !UnknownText.IsIn(map + top + second) && parts[3].TryGetProperty("DefaultValue", out JsonItem otherwise) ? inner(otherwise)
                : TemplateValue.Unknown;
        }

        return TemplateValue.Unknown;
    }
}
