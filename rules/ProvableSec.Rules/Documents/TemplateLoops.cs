using System.Text;
using ProvableSec.Policy.Json;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>Expands <c>Fn::ForEach</c> of a template, which the transform AWS::LanguageExtensions does before anything else (AWS CloudFormation Template
/// Reference).</summary>
internal sealed class TemplateLoops
{
    // One million bytes are the most that CloudFormation takes; loops in loops could make a small template a huge one.
    private const int MostCharacters = 1 << 22;

    private const string Loop = "Fn::ForEach::";

    private readonly MappedTextBuilder builder = new();
    private readonly Dictionary<string, string> bound = new(StringComparer.Ordinal);
    private readonly DocumentNotes notes;
    private readonly string source;
    private bool isFull;

    private TemplateLoops(string source, DocumentNotes notes)
    {
        this.source = source;
        this.notes = notes;
    }

    /// <summary>The template with its loops expanded; null where it has none. A loop over a list that only the deployment knows is left out and
    /// noted.</summary>
    public static MappedText? Expanded(JsonItem root, DocumentNotes notes)
    {
        string source = root.Document.Source.Text;
        if (source.IndexOf('"' + Loop, StringComparison.Ordinal) < 0)
        {
            return null;
        }

        var loops = new TemplateLoops(source, notes);
        loops.Write(root);
        return loops.builder.Build();
    }

    /// <summary>True for a loop.</summary>
    public static bool Is(JsonMember property) => property.Name.StartsWith(Loop, StringComparison.Ordinal);

    private void Write(JsonItem value)
    {
        if (value.Kind is not (JsonKind.Object or JsonKind.Array or JsonKind.String))
        {
            builder.Copy(source, value.Span);
        }
        else if (value.Kind == JsonKind.String)
        {
            WriteText(value);
        }
        else if (TemplateFunctions.ReferenceOf(value) is { } name && bound.TryGetValue(name, out string? item))
        {
            builder.Add(Quoted(item), value.Span);
        }
        else if (value.Kind == JsonKind.Array)
        {
            string between = "[";
            foreach (JsonItem part in value.Elements())
            {
                builder.Add(between, part.Span);
                Write(part);
                between = ",";
            }

            builder.Add(between == "[" ? "[]" : "]", value.Span);
        }
        else
        {
            string between = "{";
            WriteMembers(value, ref between);
            builder.Add(between == "{" ? "{}" : "}", value.Span);
        }
    }

    private void WriteMembers(JsonItem value, ref string between)
    {
        foreach (JsonMember property in value.Properties())
        {
            if (Is(property))
            {
                WriteLoop(property, ref between);
                continue;
            }

            builder.Add(between, property.NameElement.Span);
            WriteText(property.NameElement);
            builder.Add(":", property.NameElement.Span);
            Write(property.Value);
            between = ",";
        }
    }

    private void WriteLoop(JsonMember loop, ref string between)
    {
        if (loop.Value.Items() is not [{ Kind: JsonKind.String } identifier, var collection, var body]
            || Collection(collection, out bool isGuess) is not { } items)
        {
            notes.AddUnjudged(loop.Value.Pointer, loop.Name);
            return;
        }

        if (isGuess)
        {
            notes.AddPartlyJudged(loop.Value.Pointer, loop.Name);
        }

        bound.TryGetValue(identifier.Text, out string? outer);
        foreach (string item in items)
        {
            if (builder.Length > MostCharacters)
            {
                if (!isFull)
                {
                    notes.AddPartlyJudged(loop.Value.Pointer, loop.Name);
                }

                isFull = true;
                break;
            }

            bound[identifier.Text] = item;
            WriteMembers(body, ref between);
        }

        bound.Remove(identifier.Text);
        if (outer is not null)
        {
            bound[identifier.Text] = outer;
        }
    }

    /// <summary>What a loop goes over; null where only the deployment knows.</summary>
    private IReadOnlyList<string>? Collection(JsonItem collection, out bool isGuess)
    {
        isGuess = false;
        if (TemplateFunctions.ReferenceOf(collection) is { } name)
        {
            if (TemplateValues.Of(collection.Document)?.TryGetValue(name, out string? given) == true)
            {
                return [.. given.Split(',').Select(item => item.Trim())];
            }

            isGuess = true;
            return TemplateParts.Of(collection).Parameters.TryGetValue(name, out JsonItem parameter)
                && new TemplateParameter(name, parameter) is { IsList: true, Default: { } items } ? [.. items.Split(',').Select(item => item.Trim())] : null;
        }

        string[] texts = [.. (TemplateFunctions.Resolve(collection, TemplateChoice.None).List ?? []).Select(item => item.Text ?? TemplateFunctions.Unknown)
            .Select(Filled)];
        return texts.Length == 0 || texts.Any(Policies.UnknownText.IsIn) ? null : texts;
    }

    private void WriteText(JsonItem text)
    {
        string filled = bound.Count > 0 ? Filled(text.Text) : text.Text;
        if (filled == text.Text)
        {
            builder.Copy(source, text.Span);
        }
        else
        {
            builder.Add(Quoted(filled), text.Span);
        }
    }

    /// <summary><c>&amp;{Name}</c> is the item without what a logical id cannot have.</summary>
    private string Filled(string text)
    {
        foreach (KeyValuePair<string, string> pair in bound)
        {
            text = text.Replace("${" + pair.Key + "}", pair.Value).Replace("&{" + pair.Key + "}", string.Concat(pair.Value.Where(char.IsLetterOrDigit)));
        }

        return text;
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder();
        JsonEscapes.AppendQuoted(quoted, text);
        return quoted.ToString();
    }
}
