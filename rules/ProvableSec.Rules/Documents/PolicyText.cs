using System.Text;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>Writes a value of a template as the policy that it becomes, intrinsic functions resolved or marked as unknown text.</summary>
internal sealed class PolicyText
{
    // Functions may write much more than stands there. No policy is as long by far, so behind it nothing more is resolved.
    private const int MostCharacters = 1 << 20;

    private readonly MappedTextBuilder builder = new();
    private readonly string source;

    private readonly TemplateChoice? choice;

    /// <summary>Where the part of the document ends that is written.</summary>
    private int written;

    private PolicyText(string source, TemplateChoice? choice)
    {
        this.source = source;
        this.choice = choice;
    }

    private int Unknown { get; set; }

    /// <summary>The policy, and how many of its values are not known.</summary>
    /// <param name="value">An object, or a string that holds JSON.</param>
    /// <param name="choice">What the deployment chooses; null where <c>{"Ref": …}</c> and the like are not functions.</param>
    public static (MappedText Text, int Unknown) Of(JsonItem value, TemplateChoice? choice)
    {
        if (value.Kind == JsonKind.String)
        {
            return (Decoded(value), 0);
        }

        var text = new PolicyText(value.Document.Source.Text, choice);
        if (choice is not null)
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

    /// <summary>
    /// A policy that a function makes as a text that is JSON; null for another value, and where what is put in is not within strings. Of <c>Fn::Sub</c> each
    /// character is mapped to its own, of others to the function.
    /// </summary>
    public static (MappedText Text, int Unknown)? OfFormatted(JsonItem value, TemplateChoice choice)
    {
        if (TemplateFunctions.Of(value) is not { } function)
        {
            return null;
        }

        JsonItem argument = function.Argument;
        if (function.Name == "Fn::Sub" && (argument.Kind == JsonKind.Array && argument.Items() is [var first, ..] ? first
            : argument) is { Kind: JsonKind.String } template)
        {
            return template.Text.TrimStart().StartsWith("{", StringComparison.Ordinal)
                ? AsJson(SubstitutedText(template, argument, choice, out int unknown), unknown) : null;
        }

        string text = TemplateFunctions.TextOf(value, choice);
        return text.TrimStart().StartsWith("{", StringComparison.Ordinal)
            ? AsJson(new MappedTextBuilder().Add(text, value.Span).Build(), text.Count(UnknownText.IsMark)) : null;
    }

    private static (MappedText Text, int Unknown)? AsJson(MappedText made, int unknown) => JsonTreeReader.Read(new DocumentText(made.Text)).Problems.IsEmpty
        ? (made, unknown) : null;

    private static MappedText SubstitutedText(JsonItem template, JsonItem argument, TemplateChoice choice, out int unknown)
    {
        MappedText decoded = Decoded(template);
        var builder = new MappedTextBuilder();
        unknown = 0;
        for (int at = 0; at < decoded.Text.Length;)
        {
            int open = decoded.Text.IndexOf("${", at, StringComparison.Ordinal), close = open < 0 ? -1 : decoded.Text.IndexOf('}', open);
            for (int end = close < 0 ? decoded.Text.Length : open; at < end; at++)
            {
                builder.Add(decoded.Text[at].ToString(), decoded.SourceOf(new TextRange(at, 1)));
            }

            if (close >= 0)
            {
                string text = TemplateFunctions.Substitute(decoded.Text.Substring(open + 2, close - open - 2), argument, choice);
                unknown += UnknownText.IsIn(text) ? 1 : 0;
                builder.Add(text, decoded.SourceOf(TextRange.FromBounds(open, close + 1)));
                at = close + 1;
            }
        }

        return builder.Build();
    }

    /// <summary>The content of a string, each character mapped to its escape; percent-encoding is undone, as AWS's API answers have it.</summary>
    private static MappedText Decoded(JsonItem value)
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

            builder.Copy(source, TextRange.FromBounds(plain, i));
            if (i < end)
            {
                int length = Math.Min(i + 1 < end && source[i + 1] == 'u' ? 6 : 2, end - i);
                builder.Add(JsonTreeReader.Read(new DocumentText('"' + source.Substring(i, length) + '"')).Root.Text, new TextRange(i, length));
                i += length;
            }
        }

        return builder.Build();
    }

    /// <summary>Writes the value with all that stands before it in the document, so that the text keeps the look of it.</summary>
    private void Write(JsonItem value)
    {
        if (choice!.Chosen(value) is var chosen && chosen.Span.Start != value.Span.Start)
        {
            CopyTo(value.Span.Start);
            written = chosen.Span.Start;
            Write(chosen);
            written = value.Span.End;
            return;
        }

        if (value.Members().Any(property => choice.IsNoValue(property.Value)) || value.Items().Any(choice.IsNoValue))
        {
            WriteWithoutNoValues(value);
            return;
        }

        if (TemplateFunctions.Of(value) is not null)
        {
            CopyTo(value.Span.Start);
            Add(TemplateFunctions.Resolve(value, choice), value.Span);
            written = value.Span.End;
            return;
        }

        foreach (JsonMember property in value.Properties())
        {
            Write(property.Value);
        }

        foreach (JsonItem item in value.Elements())
        {
            Write(item);
        }

        CopyTo(value.Span.End);
    }

    /// <summary>Writes the value anew, without what <c>AWS::NoValue</c> takes away.</summary>
    private void WriteWithoutNoValues(JsonItem value)
    {
        CopyTo(value.Span.Start);
        bool isObject = value.Kind == JsonKind.Object;
        builder.Add(isObject ? "{" : "[", value.Span);
        string between = "";
        foreach ((int start, JsonItem part) in isObject ? value.Members().Select(property => (property.NameElement.Span.Start, property.Value))
            : value.Items().Select(item => (item.Span.Start, item)))
        {
            if (!choice!.IsNoValue(part))
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
            builder.Copy(source, TextRange.FromBounds(written, end));
            written = end;
        }
    }

    private void Add(TemplateValue value, TextRange span)
    {
        if (value.List is { } items && !items.Any(item => item.IsUnknownList))
        {
            builder.Add("[", span);
            for (int i = 0; i < items.Count; i++)
            {
                builder.Add(i > 0 ? "," : "", span);
                Add(items[i], span);
            }

            builder.Add("]", span);
        }
        else if (value is { Text: null, List: null, Element: { } element })
        {
            written = element.Span.Start;
            Write(element);
        }
        else
        {
            Add(builder.Length > MostCharacters ? TemplateFunctions.Unknown : value.Text ?? TemplateFunctions.Unknown, span);
        }
    }

    private void Add(string text, TextRange span)
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
}
