using System.Runtime.CompilerServices;
using System.Text;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>Writes a value of a template as the policy that it becomes, intrinsic functions resolved or marked as unknown text.</summary>
internal sealed class PolicyText
{
    private readonly MappedTextBuilder builder = new();
    private readonly string source;

    private readonly TemplateConditions? conditions;

    /// <summary>Where the part of the document ends that is written.</summary>
    private int written;

    private PolicyText(string source, TemplateConditions? conditions)
    {
        this.source = source;
        this.conditions = conditions;
    }

    private int Unknown { get; set; }

    /// <summary>The policy, and how many of its values are not known.</summary>
    /// <param name="value">An object, or a string that holds JSON.</param>
    /// <param name="conditions">What <c>Fn::If</c> chooses; null where <c>{"Ref": …}</c> and the like are no functions.</param>
    public static (MappedText Text, int Unknown) Of(JsonElement value, TemplateConditions? conditions)
    {
        if (value.Kind == JsonKind.String)
        {
            return (Decoded(value), 0);
        }

        var text = new PolicyText(value.Document.Source.Text, conditions);
        if (conditions is not null)
        {
            text.written = value.Span.Start;
            text.Write(value);
        }
        else
        {
            text.builder.Copy(text.source, value.Span);
        }

        return (text.builder.Build(), text.Unknown);
    }

    /// <summary>A policy that <c>Fn::Sub</c> makes of a text that is JSON; null for another value, and where what is put in is not within strings.</summary>
    public static (MappedText Text, int Unknown)? OfFormatted(JsonElement value)
    {
        if (Intrinsic(value) is not ("Fn::Sub", var argument) || (First(argument) ?? argument) is not { Kind: JsonKind.String } template || !template.Text.TrimStart().StartsWith("{", StringComparison.Ordinal))
        {
            return null;
        }

        MappedText decoded = Decoded(template);
        var builder = new MappedTextBuilder();
        int unknown = 0, at = 0;
        while (at < decoded.Text.Length)
        {
            int open = decoded.Text.IndexOf("${", at, StringComparison.Ordinal), close = open < 0 ? -1 : decoded.Text.IndexOf('}', open);
            for (int end = close < 0 ? decoded.Text.Length : open; at < end; at++)
            {
                builder.Add(decoded.Text[at].ToString(), decoded.SourceOf(new TextSpan(at, 1)));
            }

            if (close >= 0)
            {
                string text = Filled(decoded.Text.Substring(open + 2, close - open - 2), argument);
                unknown += UnknownText.IsIn(text) ? 1 : 0;
                builder.Add(text, decoded.SourceOf(TextSpan.FromBounds(open, close + 1)));
                at = close + 1;
            }
        }

        MappedText made = builder.Build();
        return JsonReader.Read(new SourceText(made.Text)).Problems.IsEmpty ? (made, unknown) : null;
    }

    /// <summary>The text of a value of a template; what is known at deployment only is marked.</summary>
    public static string TextOf(JsonElement value) =>
        Intrinsic(value) is { } function ? Resolved(function.Name, function.Argument) : value.Kind == JsonKind.String ? value.Text : UnknownText.Mark.ToString();

    /// <summary>The content of a string, each character mapped to its escape; percent-encoding is undone, as AWS's API answers have it.</summary>
    private static MappedText Decoded(JsonElement value)
    {
        string source = value.Document.Source.Text;
        var builder = new MappedTextBuilder();
        int start = value.Span.Start + 1, end = value.Span.End - 1;
        if (source.Substring(start, Math.Max(0, end - start)).StartsWith("%7B", StringComparison.OrdinalIgnoreCase))
        {
            return builder.Add(Uri.UnescapeDataString(value.Text), value.Span).Build();
        }

        for (int i = start; i < end;)
        {
            int plain = i;
            while (i < end && source[i] != '\\')
            {
                i++;
            }

            builder.Copy(source, TextSpan.FromBounds(plain, i));
            if (i < end)
            {
                int length = Math.Min(i + 1 < end && source[i + 1] == 'u' ? 6 : 2, end - i);
                builder.Add(JsonReader.Read(new SourceText('"' + source.Substring(i, length) + '"')).Root.Text, new TextSpan(i, length));
                i += length;
            }
        }

        return builder.Build();
    }

    /// <summary>Writes the value with all that stands before it in the document, so that the text keeps the look of it.</summary>
    private void Write(JsonElement value)
    {
        if (conditions!.Chosen(value) is var chosen && chosen.Span.Start != value.Span.Start)
        {
            CopyTo(value.Span.Start);
            written = chosen.Span.Start;
            Write(chosen);
            written = value.Span.End;
            return;
        }

        if (value.Members().Any(property => conditions.IsNoValue(property.Value)) || value.Items().Any(conditions.IsNoValue))
        {
            WriteWithoutNoValues(value);
            return;
        }

        if (Intrinsic(value) is { } function)
        {
            CopyTo(value.Span.Start);
            Add(Resolved(function.Name, function.Argument), value.Span);
            written = value.Span.End;
            return;
        }

        foreach (JsonProperty property in value.Properties())
        {
            Write(property.Value);
        }

        foreach (JsonElement item in value.Elements())
        {
            Write(item);
        }

        CopyTo(value.Span.End);
    }

    /// <summary>Writes the value anew, without what <c>AWS::NoValue</c> takes away.</summary>
    private void WriteWithoutNoValues(JsonElement value)
    {
        CopyTo(value.Span.Start);
        bool isObject = value.Kind == JsonKind.Object;
        builder.Add(isObject ? "{" : "[", value.Span);
        string between = "";
        foreach ((int start, JsonElement part) in isObject ? value.Members().Select(property => (property.NameElement.Span.Start, property.Value)) : value.Items().Select(item => (item.Span.Start, item)))
        {
            if (!conditions!.IsNoValue(part))
            {
                builder.Add(between, part.Span);
                written = start;
                Write(part);
                between = ",";
            }
        }

        builder.Add(isObject ? "}" : "]", value.Span);
        written = value.Span.End;
    }

    private void CopyTo(int end)
    {
        if (end > written)
        {
            builder.Copy(source, TextSpan.FromBounds(written, end));
            written = end;
        }
    }

    private void Add(string text, TextSpan span)
    {
        if (UnknownText.IsIn(text))
        {
            Unknown++;
        }

        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            quoted.Append(c is '"' or '\\' ? "\\" : "").Append(c < ' ' ? ' ' : c);
        }

        builder.Add(quoted.Append('"').ToString(), span);
    }

    private static (string Name, JsonElement Argument)? Intrinsic(JsonElement value)
    {
        if (value is { Kind: JsonKind.Object, Count: 1 })
        {
            foreach (JsonProperty property in value.Properties())
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

    /// <summary>The text that a function gives; what is known at deployment only is marked.</summary>
    private static string Resolved(string name, JsonElement argument)
    {
        switch (name)
        {
            case "Ref" when argument.Kind == JsonKind.String:
                return BucketName(argument, argument.Text) ?? UnknownText.Mark.ToString();
            case "Fn::GetAtt" when AttributeOf(argument) is (var resource, "Arn") && BucketName(argument, resource) is { } bucket:
                return $"arn:{UnknownText.Mark}:s3:::{bucket}";
            case "Fn::Sub":
                JsonElement template = First(argument) ?? argument;
                return template.Kind == JsonKind.String ? Substituted(template.Text, argument) : UnknownText.Mark.ToString();
            case "Fn::Join":
                return Joined(argument);
            default:
                return UnknownText.Mark.ToString();
        }
    }

    private static JsonElement? First(JsonElement list)
    {
        foreach (JsonElement item in list.Elements())
        {
            return item;
        }

        return null;
    }

    /// <summary>The resource and the attribute that <c>Fn::GetAtt</c> names, as a list or as one text.</summary>
    private static (string Resource, string Attribute) AttributeOf(JsonElement argument)
    {
        if (argument.Kind == JsonKind.String && argument.Text.IndexOf('.') is > 0 and var dot)
        {
            return (argument.Text.Substring(0, dot), argument.Text.Substring(dot + 1));
        }

        var parts = new List<string>();
        foreach (JsonElement part in argument.Elements())
        {
            parts.Add(part.Kind == JsonKind.String ? part.Text : "");
        }

        return parts is [var resource, var attribute] ? (resource, attribute) : ("", "");
    }

    /// <summary>The name of a bucket of the template, where it is written down; the names of other resources do not make their ARNs.</summary>
    private static string? BucketName(JsonElement place, string resource) => Buckets.GetValue(place.Document, BucketsOf).TryGetValue(resource, out string? name) ? name : null;

    // A template asks often: once for each reference.
    private static readonly ConditionalWeakTable<JsonDocument, Dictionary<string, string>> Buckets = new();

    private static Dictionary<string, string> BucketsOf(JsonDocument template)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        if (template.Root.TryGetProperty("Resources", out JsonElement resources))
        {
            foreach (JsonProperty resource in resources.Properties())
            {
                if (resource.Value.TryGetProperty("Type", out JsonElement type) && type.Text == "AWS::S3::Bucket" && resource.Value.TryGetProperty("Properties", out JsonElement properties)
                    && properties.TryGetProperty("BucketName", out JsonElement name) && name.Kind == JsonKind.String && !names.ContainsKey(resource.Name))
                {
                    names.Add(resource.Name, name.Text);
                }
            }
        }

        return names;
    }

    /// <summary>What <c>${Name}</c> of <c>Fn::Sub</c> gives: a text of its own map, a bucket of the template.</summary>
    private static string? Known(string name, JsonElement sub)
    {
        JsonElement? map = null;
        int at = 0;
        foreach (JsonElement part in sub.Elements())
        {
            map = at++ == 1 ? part : map;
        }

        return map is { } own && own.TryGetProperty(name, out JsonElement value) ? value.Kind == JsonKind.String ? value.Text : null
            : name.EndsWith(".Arn", StringComparison.Ordinal) && BucketName(sub, name.Substring(0, name.Length - 4)) is { } bucket ? $"arn:{UnknownText.Mark}:s3:::{bucket}"
            : BucketName(sub, name);
    }

    /// <summary><c>${Name}</c> is mostly not known, <c>${!Name}</c> is the text <c>${Name}</c>.</summary>
    private static string Substituted(string template, JsonElement sub)
    {
        var text = new StringBuilder();
        int lastClose = template.LastIndexOf('}');
        for (int i = 0; i < template.Length; i++)
        {
            int close = i < lastClose && template[i] == '$' && template[i + 1] == '{' ? template.IndexOf('}', i) : -1;
            if (close < 0)
            {
                text.Append(template[i]);
            }
            else
            {
                text.Append(Filled(template.Substring(i + 2, close - i - 2), sub));
                i = close;
            }
        }

        return text.ToString();
    }

    private static string Filled(string inside, JsonElement sub) =>
        inside.StartsWith("!", StringComparison.Ordinal) ? "${" + inside.Substring(1) + "}" : Known(inside, sub) ?? UnknownText.Mark.ToString();

    private static string Joined(JsonElement argument)
    {
        var parts = new List<JsonElement>();
        foreach (JsonElement item in argument.Elements())
        {
            parts.Add(item);
        }

        if (parts is not [{ Kind: JsonKind.String } delimiter, { Kind: JsonKind.Array } list] || Intrinsic(list) is not null)
        {
            return UnknownText.Mark.ToString();
        }

        var texts = new List<string>();
        foreach (JsonElement item in list.Elements())
        {
            texts.Add(TextOf(item));
        }

        return string.Join(delimiter.Text, texts);
    }
}
